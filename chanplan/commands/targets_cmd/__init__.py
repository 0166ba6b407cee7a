"""`targets`: import them, split them, track them; each word is a file of this folder."""

from __future__ import annotations

import click

from chanplan.commands.targets_cmd import importing, splitting, tracking

# A further word is one more line here.
WORDS = (
    importing.import_targets,
    splitting.split_targets,
    tracking.track,
)


@click.group("targets")
def targets() -> None:
    """Targets: import them, split a year over months and members, track how far along they are."""


for _word in WORDS:
    targets.add_command(_word)
