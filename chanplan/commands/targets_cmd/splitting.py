"""`targets split`: a year over its months and members, shown or saved as a version."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from chanplan.commands import frame, written
from chanplan.commands.targets_cmd import wishing
from chanplan.domain import calendar
from chanplan.domain.period import shift
from chanplan.domain.scope import BASES
from chanplan.domain.targets import BUDGET, PLAIN_MEASURE, target_measures
from chanplan.language.words import text
from chanplan.plans.splitting import HOWS
from chanplan.workspace import Workspace, plan_files, planning
from chanplan.workspace.plan_files import Saving
from chanplan.workspace.planning import Proposal, Wish

_ADDITIVE = ", ".join(one.key for one in target_measures().values() if one.additive)


@click.command("split")
@click.option("--year", type=int, required=True, help="The year to plan.")
@click.option("--total", help="Of the year: 12000000 or 1200万 (default: last year + growth).")
@click.option("--growth", default="0%", show_default=True, help="Over last year, without --total.")
@click.option("--forecast", is_flag=True, help="In the proportions of the forecast, not of --how.")
@click.option("--by", default="month,channel", show_default=True, help="month, then members.")
@click.option("--how", type=click.Choice(HOWS), default="season", show_default=True)
@click.option("--measure", default=PLAIN_MEASURE, show_default=True, help=f"Of {_ADDITIVE}.")
@click.option("--lock", "locks", multiple=True, metavar="NAME=MEMBER:AMOUNT", help="Stays so.")
@click.option("--basis", type=click.Choice(BASES), default="order", show_default=True)
@frame.tax_option
@click.option("--save", is_flag=True, help="Keep it as a version of the year's targets.")
@click.option("--version", default=BUDGET, show_default=True, help="Its name.")
@click.option("--reason", help="Why, for the change log.")
@frame.home_option
@frame.json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated rows.")
@frame.guarded
def split_targets(
    home: Path | None, as_json: bool, as_csv: bool, save: bool, version: str, reason: str | None,
    **said: Any,
) -> None:  # fmt: skip
    """Split a year's target over months and members; every sum is exact."""
    with frame.open_workspace(home) as workspace:
        side = frame.side(workspace, said["basis"], said["tax"])
        wish = _wish(**{**said, "tax": side})
        made = planning.proposed(workspace.actuals, wish, _last_whole(workspace))
        saving = Saving(version, reason, locks=wish.locks)
        kept = plan_files.save(workspace, wish, made.split, saving) if save else None
    rows = list(_rows(made))
    if as_json:
        told = {**_told(made), "rows": rows, "batch": kept.batch if kept else None}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    else:
        _say(made, rows)
        if kept:
            click.echo(_text("saved", version=version, batch=kept.batch))


def _wish(
    year: int, total: str | None, growth: str, forecast: bool, by: str, how: Any, measure: str,
    locks: tuple[str, ...], basis: Any, tax: Any,
) -> Wish:  # fmt: skip
    down = wishing.members(by)
    whole = wishing.amount(total, "--total") if total else None
    held = tuple(wishing.lock(one, down, year) for one in locks)
    return Wish(year, down, measure, how, whole, wishing.rate(growth), held, basis, tax, forecast)


def _last_whole(workspace: Workspace) -> int | None:
    covered = workspace.periods()
    if covered is None:
        return None
    whole = covered.data_date is None or covered.data_date >= calendar.last_day(covered.last)
    return covered.last if whole else shift(covered.last, -1)


def _told(made: Proposal) -> dict[str, Any]:
    wish, total = made.wish, made.split.sum_of()
    return {
        "year": wish.year,
        "measure": wish.measure,
        "basis": wish.basis,
        "tax": wish.tax,
        "how": wish.how,
        "total": written.plain(total),
        "last_year": written.plain(made.base),
        "growth": written.plain(round(total / made.base - 1, 6)) if made.base > 0 else None,
        "months_of_the_year_before": [written.month(month) for month in made.stand_ins],
        "defaults": [
            {**_named(wish.by, node), "why": why} for node, why in made.split.defaults.items()
        ],
    }


def _named(by: Iterable[str], node: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(by, node, strict=False))


def _rows(made: Proposal) -> Iterable[dict[str, Any]]:
    for node in made.split.leaves:
        for month in made.split.months:
            yield {
                "month": written.month(month),
                **dict.fromkeys(made.wish.by),
                **_named(made.wish.by, node),
                "target": written.plain(made.split.cells[month, node]),
            }


def _say(made: Proposal, rows: Iterable[Mapping[str, Any]]) -> None:
    """The whole, then a line for each member with its twelve months."""
    wish, total = made.wish, made.split.sum_of()
    growth = f"{total / made.base - 1:+.1%}" if made.base > 0 else "—"
    click.echo(_text("split", year=wish.year, total=written.plain(total), growth=growth))
    for node in made.split.leaves:
        months = [written.plain(made.split.cells[month, node]) for month in made.split.months]
        name = " · ".join(node) or _text("company")
        why = made.split.defaults.get(node)
        mark = f"\t{_text(f'default_{why}')}" if why else ""
        whole: Decimal = made.split.sum_of(node)
        click.echo("\t".join([name, str(written.plain(whole)), *map(str, months)]) + mark)


def _text(key: str, **told: object) -> str:
    return text(frame.language(), f"targets_cmd.{key}", **told)
