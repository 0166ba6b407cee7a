"""`targets`: import them, split them; each word is a file of this folder."""

from __future__ import annotations

import click

from chanplan.commands.targets_cmd import importing, splitting

# A further word is one more line here.
WORDS = (
    importing.import_targets,
    splitting.split_targets,
)


@click.group("targets")
def targets() -> None:
    """Targets: import them, split a year over months and members."""


for _word in WORDS:
    targets.add_command(_word)
