"""`close`: months whose figures stand until they are opened again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from chanplan.commands import frame, written
from chanplan.commands.spans import month_of
from chanplan.language.words import text


@click.command("close")
@click.argument("months", nargs=-1, metavar="MONTH...")
@click.option("--open", "again", is_flag=True, help="Open these months again.")
@frame.home_option
@frame.json_option
@frame.guarded
def close(months: tuple[str, ...], again: bool, home: Path | None, as_json: bool) -> None:
    """Close months such as 2024-03: an import or a switch that would move them is refused.
    Without a month, tell which ones are closed. `month close` asks whether they are over."""
    with frame.open_workspace(home) as workspace:
        workspace.closings.mark([month_of(month, "MONTH") for month in months], closed=not again)
        closed = [written.month(month) for month in workspace.closings.closed()]
    if as_json:
        click.echo(json.dumps({"closed": closed}))
        return
    click.echo(text(frame.language(), "commands.closed", months=", ".join(closed) or "—"))
