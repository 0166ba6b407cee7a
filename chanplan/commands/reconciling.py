"""`reconcile`: whether a month's numbers agree with each other and with finance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from chanplan.analysis import cells
from chanplan.analysis.reconcile.ruling import Conflict
from chanplan.commands import frame, written
from chanplan.commands.spans import month_of
from chanplan.domain.period import Period
from chanplan.domain.scope import BASES, Scope
from chanplan.language.words import text
from chanplan.workspace import reconciling
from chanplan.workspace.reconciling import states


@click.command("reconcile")
@click.argument("month")
@click.option("--basis", type=click.Choice(BASES), help="Only this basis.")
@frame.home_option
@frame.json_option
@frame.guarded
def reconcile(month: str, basis: str | None, home: Path | None, as_json: bool) -> None:
    """Tell of a month such as 2024-03: where several sources count and nobody has said which
    one should, and finance's figures beside ours."""
    period = Period(month_of(month, "MONTH"), month_of(month, "MONTH"))
    chosen = tuple(one for one in BASES if basis in (None, one))
    with frame.open_workspace(home) as workspace:
        told = reconciling.state(workspace, period.first)
        side = states.usual_tax(workspace)
        pairs = {one: states.conflicts(workspace, Scope(period, one, side)) for one in chosen}
        ties = cells.records(states.ties(workspace, period, chosen))
    if as_json:
        click.echo(json.dumps(_json(month, told, pairs, ties), ensure_ascii=False))
        return
    language = frame.language()
    for one, conflicts in pairs.items():
        for each in conflicts:
            amounts = ", ".join(f"{n} {written.plain(m)}" for n, m in each.amounts.items())
            values = {"basis": text(language, f"basis.{one}"), "channel": each.channel or "—"}
            click.echo(text(language, "reconcile.cmd_pair", amounts=amounts, **values))
    for row in ties:
        click.echo(text(language, "reconcile.cmd_tie", **_tie_told(row)))
    if not ties and not any(pairs.values()):
        click.echo(text(language, "reconcile.cmd_none"))


def _tie_told(row: dict[str, Any]) -> dict[str, str]:
    language = frame.language()
    place = [row["source"] or text(language, "reconcile.all_sources"), row["channel"]]
    return {
        "source": " · ".join(one for one in place if one),
        "basis": text(language, f"basis.{row['basis']}"),
        "tax": text(language, f"tax.{row['tax']}"),
        "state": text(language, f"reconcile.tie_{row['state']}"),
        "reason": row["reason"] or "",
        **{name: _amount(row[name]) for name in ("book", "ours", "difference")},
    }


def _amount(value: Any) -> str:
    return "—" if value is None else str(written.plain(value))


def _json(
    month: str, told: states.State, pairs: dict[Any, list[Conflict]], ties: list[dict[str, Any]]
) -> dict[str, Any]:
    money = ("book", "ours", "difference")
    return {
        "month": month,
        "state": told.state,
        "open": told.left,
        "money": written.plain(told.money),
        "pairs": [
            {
                "basis": basis,
                "channel": each.channel,
                "amounts": {name: written.plain(money) for name, money in each.amounts.items()},
                "stake": written.plain(each.stake),
            }
            for basis, conflicts in pairs.items()
            for each in conflicts
        ],
        "ties": [
            {name: row[name] for name in ("basis", "source", "channel", "tax", "state", "reason")}
            | {name: written.plain(row[name]) for name in money}
            for row in ties
        ],
    }
