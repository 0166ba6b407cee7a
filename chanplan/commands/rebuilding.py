"""`rebuild`: the database made anew from the kept originals and the journal."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

import click

from chanplan.commands import frame, progress
from chanplan.language.words import text
from chanplan.workspace import Rebuilt, rebuild

# A sentence names so many files; of more it says how many.
MOST_NAMED = 5


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
    click.echo(f"{said} {text(frame.language(), _compared(made), **_named(made))}")
    if made.recleaned:
        frame.say(text(frame.language(), "commands.recleaned", **_named(made)))


def _compared(made: Rebuilt) -> str:
    if made.identical is None:
        return "commands.rebuilt_alone" if made.kept is None else "commands.rebuilt_unread"
    return "commands.rebuilt_same" if made.identical else "commands.rebuilt_differs"


def _named(made: Rebuilt) -> dict[str, object]:
    few = made.recleaned[:MOST_NAMED]
    return {
        "tables": ", ".join(made.differing),
        "kept": made.kept,
        "count": len(made.recleaned),
        "files": ", ".join(few) + (" …" if len(made.recleaned) > MOST_NAMED else ""),
    }
