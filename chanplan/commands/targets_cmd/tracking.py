"""`targets track`: how far along every target is, and where it is expected to land."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any, Final, cast

import click
import pandas as pd

from chanplan.analysis.tracking import PROGRESSES, Progress
from chanplan.commands import frame, written
from chanplan.commands.asking import is_filter
from chanplan.commands.many import Words, all_of, among, taking_many
from chanplan.commands.spans import month_of
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import BASES, Basis, Scope
from chanplan.language.words import has, text
from chanplan.metrics.catalogue import catalogue
from chanplan.workspace import Workspace
from chanplan.workspace.tracking.targets import year_of

LEVELS: Final = [
    name
    for name, known in catalogue().dimensions.items()
    if not known.calendar and name != "source"
]
_MONEY: Final = (
    "target", "target_at_start", "target_to_date", "actual", "gap", "needed_daily",
    "needed_plain", "current_daily", "landing", "low80", "high80", "at_risk",
)  # fmt: skip
_RATES: Final = ("attainment", "time_progress", "season_progress", "pace", "p_hit")
_TOLD: Final = (
    "target", "actual", "attainment", "time_progress", "season_progress", "landing", "low80",
    "high80", "p_hit", "pace", "gap", "needed_daily", "needed_plain", "current_daily",
    "target_to_date", "target_at_start", "at_risk", "state", "late", "covered_to",
)  # fmt: skip
_CENTS: Final = Decimal("0.01")
_MILLIONTHS: Final = Decimal("0.000001")
_PLACES: Final = dict.fromkeys(_MONEY, _CENTS) | dict.fromkeys(_RATES, _MILLIONTHS)


@click.command("track", cls=taking_many({"--by": among(LEVELS), "--where": is_filter}))
@click.option("--by", multiple=True, type=Words(LEVELS), help="Split by (repeatable).")
@click.option("--as-of", metavar="2024-08-20", help="Judge up to this day (default: the data's).")
@click.option("--year", type=int, help="Fiscal year (default: the one of the day judged).")
@click.option("--from", "first", metavar="2024-04", help="First month, instead of a year.")
@click.option("--to", "last", metavar="2024-06", help="Last month.")
@click.option("--measure", default="net_sales", show_default=True, help="What the targets are of.")
@click.option("--progress", type=click.Choice(PROGRESSES), default="calendar", show_default=True)
@click.option("--where", multiple=True, metavar="DIMENSION=MEMBER", help="Keep these (repeatable).")
@click.option("--basis", type=click.Choice(BASES), help="Default: the one with most lines.")
@frame.tax_option
@frame.home_option
@frame.json_option
@frame.guarded
def track(
    by: tuple[tuple[str, ...], ...],
    as_of: str | None,
    year: int | None,
    first: str | None,
    last: str | None,
    measure: str,
    progress: Progress,
    where: tuple[str, ...],
    basis: str | None,
    tax: str | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """Track targets: the total first, then members by the money that is at risk."""
    day = _day(as_of)
    with frame.open_workspace(home) as workspace:
        period = _period(workspace, day, year, first, last)
        known = workspace.bases()
        counted = cast(Basis, basis or (known[0] if known else "order"))
        scope = Scope(period, counted, frame.side(workspace, counted, tax))
        for name, member in (_condition(each) for each in where):
            scope = scope.only(name, member)
        names = all_of(by)
        found = workspace.targets.tracked(scope, names, day, measure, progress).frame
    if found["target"].isna().all():
        _nothing(period, measure, as_json)
        return
    rows = [_row(row, names) for row in found.to_dict("records")]
    _print(rows, as_json)


def _nothing(period: Period, measure: str, as_json: bool) -> None:
    """No target in the scope: a sentence, or no rows with the reason."""
    span = f"{written.month(period.first)} – {written.month(period.last)}"
    if as_json:
        told = {"rows": [], "reason": "no_target", "measure": measure, "period": span}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    known = f"target_measures.{measure}"
    name = text(frame.language(), known) if has(known) else measure
    click.echo(text(frame.language(), "targets_cmd.no_target", span=span, measure=name))


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        told = f"{text!r} is not a day such as 2024-08-20"
        raise click.BadParameter(told, param_hint="--as-of") from None


def _period(
    workspace: Workspace, day: date | None, year: int | None, first: str | None, last: str | None
) -> Period:
    """The months asked; else the fiscal year of the day judged."""
    start = workspace.settings.fiscal_year_start_month
    if first or last:
        begin = month_of(first or last or "", "--from", 1)
        end = month_of(last, "--to", 12) if last else shift(begin, 11)
        if begin > end:
            raise click.BadParameter(f"{begin} comes after {end}", param_hint="--from")
        return Period(begin, end)
    if year is not None:
        return year_of(year, start)
    covered = workspace.periods()
    if day is None and covered is None:
        raise BadQueryError("store_empty")
    month = day.year * 100 + day.month if day else (covered.last if covered else 0)
    return next(span for at in (0, 1) if month in (span := year_of(month // 100 + at, start)))


def _condition(text: str) -> tuple[str, str]:
    name, found, member = text.partition("=")
    if not found or name not in LEVELS:
        told = f"{text!r} is not DIMENSION=MEMBER; dimensions: {', '.join(LEVELS)}"
        raise click.BadParameter(told, param_hint="--where")
    return name, member


def _row(row: dict[Any, Any], by: tuple[str, ...]) -> dict[str, Any]:
    """Decimals as text, exact; what is not known is null."""
    told = {name: row[name] for name in by}
    return told | {"is_total": bool(row["is_total"])} | {n: _plain(n, row[n]) for n in _TOLD}


def _plain(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if pd.isna(value):
        return None
    return str(Decimal(str(value)).quantize(_PLACES[name], ROUND_HALF_EVEN))


def _print(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    names = list(rows[0]) if rows else []
    click.echo("\t".join(names))
    for row in rows:
        click.echo("\t".join("" if row[name] is None else str(row[name]) for name in names))
