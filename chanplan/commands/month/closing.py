"""`month close` and `month reopen`: a month's figures are kept, and stand until someone says why
they should not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from chanplan.commands import frame, written
from chanplan.commands.spans import month_of
from chanplan.domain.closing import SNAP_KINDS, SnapKind, Snapshot
from chanplan.language.words import text


@click.command("close")
@click.argument("month", metavar="MONTH")
@click.option("--kind", type=click.Choice(SNAP_KINDS), default="final", show_default=True,
              help="flash keeps the figures of today, final locks the month as well.")  # fmt: skip
@click.option("--reason", help="Why, for whoever reads the history.")
@click.option("--force", is_flag=True, help="Even if the month is not over by the data date.")
@frame.home_option
@frame.json_option
@frame.guarded
def close_month(
    month: str, kind: SnapKind, reason: str | None, force: bool, home: Path | None, as_json: bool
) -> None:
    """Close a month such as 2025-06: every figure is kept as it is reported."""
    with frame.open_workspace(home) as workspace:
        made = workspace.closings.close(month_of(month, "MONTH"), kind, reason, force)
    if as_json:
        click.echo(json.dumps(of_snapshot(made), ensure_ascii=False, indent=2))
        return
    named = written.month(made.month)
    click.echo(text(frame.language(), f"closing.made_{kind}", month=named, number=made.id))


@click.command("reopen")
@click.argument("month", metavar="MONTH")
@click.option("--reason", required=True, help="Why the month has to change.")
@frame.home_option
@frame.json_option
@frame.guarded
def reopen_month(month: str, reason: str, home: Path | None, as_json: bool) -> None:
    """Open a closed month again; what was reported stays on record."""
    asked = month_of(month, "MONTH")
    with frame.open_workspace(home) as workspace:
        workspace.closings.reopen([asked], reason)
        closed = [written.month(one) for one in workspace.closings.closed()]
    if as_json:
        told = {"month": written.month(asked), "reason": reason, "closed": closed}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(text(frame.language(), "closing.reopened", month=written.month(asked)))


def of_snapshot(one: Snapshot) -> dict[str, Any]:
    """A closing as JSON."""
    return {
        "number": one.id,
        "month": written.month(one.month),
        "kind": one.kind,
        "at": one.at,
        "by": one.by,
        "reason": one.reason,
        "checksum": one.checksum,
        "replayed_otherwise": one.otherwise,
        "opened_again": one.opened is not None,
    }
