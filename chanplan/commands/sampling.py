"""`sample`: the sample company into the store, through the same import path as any file."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from chanplan.commands import frame, progress, written
from chanplan.language.words import text
from chanplan.workspace import sample_company


@click.command("sample")
@frame.home_option
@click.option("--leave", is_flag=True, help="Make the sample company's files not count any more.")
@frame.json_option
@frame.quiet_option
@frame.guarded
def sample(home: Path | None, leave: bool, as_json: bool, quiet: bool) -> None:
    """Load the sample company: 122 exports of three years, in one commit."""
    with frame.open_workspace(home) as workspace:
        if leave:
            gone = len(sample_company.taken_in(workspace))
            sample_company.leave(workspace)
            if not quiet:
                click.echo(text(frame.language(), "commands.sample_left", files=gone))
            return
        started = time.monotonic()
        outcomes = sample_company.take_in(workspace, progress.shown(quiet or as_json))
        seconds = round(time.monotonic() - started, 1)
    new = [made for made in outcomes if not made.already]
    facts = {
        "files": len(new),
        "already_imported": len(outcomes) - len(new),
        "rows": sum(made.counts.loaded for made in new),
        "set_aside": sum(made.counts.set_aside for made in new),
    }
    if as_json:
        sales = sum(made.counts.sum_loaded for made in new if made.table == "sales")
        told = {**facts, "sum_of_sales_files": written.plain(sales), "seconds": seconds}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not quiet:
        click.echo(text(frame.language(), "commands.sample_loaded", seconds=seconds, **facts))
