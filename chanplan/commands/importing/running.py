"""`import` at work: the store is opened, the files come in, and what became of each is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from chanplan.commands import frame
from chanplan.commands.importing.as_json import result
from chanplan.commands.importing.doing import Says, import_all, names_alike
from chanplan.commands.importing.report import report
from chanplan.ingest.recognise import Hints
from chanplan.language.words import text
from chanplan.workspace.early import Early


def run(
    early: Early,
    paths: Sequence[Path],
    told: dict[str, Any],
    says: Says,
    as_json: bool,
    quiet: bool,
) -> None:
    """Ends the process with 1 where a file could not come in."""
    with frame.open_workspace(early.holding.home, early) as workspace:
        done = import_all(workspace, paths, Hints(**told), says, quiet or as_json, early)
        alike = [] if as_json or quiet else names_alike(workspace, done)
    if as_json:
        click.echo(json.dumps([result(one) for one in done], ensure_ascii=False, indent=2))
    for one in done:
        report(one, quiet=as_json or quiet)
    if alike:
        click.echo(text(frame.language(), "commands.match_after", count=len(alike)))
    if any(one.fault for one in done):
        sys.exit(frame.FAULT)
