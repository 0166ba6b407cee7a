"""`forget`: personal columns, or a whole import, out of the store and its originals."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from chanplan.commands import frame, progress
from chanplan.language.words import text
from chanplan.workspace.forgetting import forget_batch, forget_column
from chanplan.workspace.starting import named


@click.command("forget")
@click.argument("what", metavar="COLUMN|BATCH")
@click.option("--yes", is_flag=True, help="Do not ask.")
@frame.home_option
@frame.json_option
@frame.guarded
def forget(what: str, yes: bool, home: Path | None, as_json: bool) -> None:
    """Delete a personal column, or the import with a number, for good.

    A COLUMN is named by its heading, such as 收货人手机: its cells are emptied in every kept
    original that has it, as long as no figure needs them. A BATCH goes with its rows and its
    original. Of xls, xlsb and workbooks with charts, pivots or remarks an xlsx with the values
    of all sheets is kept instead; it is told which. The database is made anew without them and
    copies set aside are deleted; the journal keeps the sha256 of each file before and after.
    Backups made before still hold them.
    """
    if not yes:
        click.confirm(
            text(frame.language(), "commands.forget_ask", what=what), abort=True, err=True
        )
    settings, shown = frame.settings(home), progress.shown()
    if what.isdecimal():
        done = forget_batch(settings, int(what), shown)
    else:
        done = forget_column(settings, what, shown)
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False, indent=2))
        return
    kind = "commands.forgot_batch" if what.isdecimal() else "commands.forgot_column"
    told = {"what": what, "files": named(done.files), "cells": done.cells}
    click.echo(text(frame.language(), kind, **told))
    if done.as_values:
        click.echo(text(frame.language(), "commands.forgot_anew", files=named(done.as_values)))
    frame.say(text(frame.language(), "commands.forget_backups"))
