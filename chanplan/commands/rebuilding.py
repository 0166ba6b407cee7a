"""`rebuild`: the database made anew from the kept originals and the journal."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

import click

from chanplan.commands import frame, progress
from chanplan.language.words import text
from chanplan.reports import opening
from chanplan.workspace import rebuild


@click.command("rebuild")
@frame.home_option
@frame.json_option
@frame.guarded
def rebuild_store(home: Path | None, as_json: bool) -> None:
    """Make the database anew from originals and journal.

    Every import is loaded again by the recipe in the journal: nothing is recognised anew, so
    that a newer chanplan gives the same figures. The old database stays until the new one is
    complete, and is kept aside when any table should differ.
    """
    started = time.monotonic()
    made = rebuild(frame.settings(home), progress.shown())
    seconds = round(time.monotonic() - started, 1)
    if as_json:
        click.echo(json.dumps({**asdict(made), "seconds": seconds}, ensure_ascii=False, indent=2))
        return
    said = text(frame.language(), "commands.rebuilt", batches=made.batches, seconds=seconds)
    beside, *more = opening.compared(made, frame.language())
    click.echo(f"{said} {beside}")
    for sentence in more:
        frame.say(sentence)
