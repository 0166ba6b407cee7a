"""`month`: how far a month is, close it, open it again, what has changed since; a word a file."""

from __future__ import annotations

import click

from chanplan.commands.month import closing, diff, status

# A further word is one more line here.
WORDS = (status.status_of, closing.close_month, closing.reopen_month, diff.diff)


@click.group("month")
def month() -> None:
    """A month's end: how far it is, close it, open it again, what has changed since."""


for _word in WORDS:
    month.add_command(_word)
