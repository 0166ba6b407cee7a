"""`month status`: what has come of a month, what is left to settle, whether it is closed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from chanplan.analysis.month_end.expected import Expected
from chanplan.analysis.month_end.steps import Step
from chanplan.commands import frame, written
from chanplan.commands.month.closing import of_snapshot
from chanplan.commands.spans import month_of
from chanplan.domain.closing import Snapshot
from chanplan.language.words import text
from chanplan.workspace.month_status import Status, status


@click.command("status")
@click.argument("month", metavar="MONTH")
@frame.home_option
@frame.json_option
@frame.guarded
def status_of(month: str, home: Path | None, as_json: bool) -> None:
    """How far a month such as 2025-06 is: files, what is left of every step, its closings."""
    asked = month_of(month, "MONTH")
    today = datetime.now().astimezone().date()
    with frame.open_workspace(home) as workspace:
        found = status(workspace, asked, today)
        kept = workspace.closings.snapshots(asked)
    if as_json:
        click.echo(json.dumps(_as_json(found, kept), ensure_ascii=False, indent=2))
        return
    for line in _lines(found, kept):
        click.echo(line)


def _as_json(found: Status, kept: list[Snapshot]) -> dict[str, Any]:
    steps = {one.code: one for one in found.steps}
    return {
        "month": written.month(found.month),
        "closed": found.closed,
        "sources": [_file(one) for one in found.files],
        "drift": [
            {"batch": batch, "file": file, "table": table, "code": one.code}
            for batch, file, table, one in found.drift
        ],
        "names_to_match": steps["names"].count,
        "set_aside": [
            {"batch": batch, "file": file, "rows": rows} for batch, file, rows in found.aside
        ],
        "reconciliation": _step(steps["reconcile"]),
        "steps": {one.code: _step(one) for one in found.steps},
        "snapshots": [of_snapshot(one) for one in kept],
    }


def _file(one: Expected) -> dict[str, Any]:
    return {
        "source": one.source,
        "basis": one.basis,
        "state": one.state,
        "late": one.state == "late",
        "due": str(one.due),
        "covered_to": str(one.covered_to) if one.covered_to else None,
    }


def _step(one: Step) -> dict[str, Any]:
    tick = one.tick
    told = {"by": tick.by, "at": tick.at, "note": tick.note} if tick else None
    return {"state": one.state, "left": one.count, "ticked": told}


def _lines(found: Status, kept: list[Snapshot]) -> list[str]:
    """One line a step, then one a closing."""
    language = frame.language()
    state = text(language, "closing.is_closed" if found.closed else "closing.is_open")
    lines = [f"{written.month(found.month)} · {state}"]
    for one in found.steps:
        name = text(language, f"month.step_{one.code}")
        to_do = one.state == "open" and not one.count  # a person's deed, nothing to be counted
        key = f"closing.state_{'to_do' if to_do else one.state}"
        lines.append(f"  {name}: {text(language, key, count=one.count)}")
    for kind in kept:
        lines.append(f"  {snapshot_named(kind)}")
    return lines


def snapshot_named(one: Snapshot) -> str:
    """A closing in a line: its number and kind, when, who, why."""
    language = frame.language()
    told = [f"#{one.id}", text(language, f"closing.kind_{one.kind}"), one.at, one.by]
    told += [one.reason] if one.reason else []
    told += [text(language, "closing.opened_again")] if one.opened else []
    told += [text(language, "closing.otherwise")] if one.otherwise else []
    return " · ".join(told)
