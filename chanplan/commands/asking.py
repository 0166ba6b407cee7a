"""`ask`: measures by dimensions, as a table, JSON or CSV."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click
import pandas as pd

from chanplan.analysis import derived, moneys
from chanplan.analysis.derived import DERIVED
from chanplan.commands import frame, spans, written
from chanplan.commands.many import Words, all_of, among, taking_many
from chanplan.domain import calendar
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import (
    ATTRIBUTE_VIEWS,
    BASES,
    COMPARISONS,
    AttributeView,
    Basis,
    Comparison,
    Scope,
)
from chanplan.language.words import text
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.needed import beside_measures
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from chanplan.workspace.masking import mask_frame

_MEASURES = [*(measure.name for measure in catalogue().shown()), *DERIVED]
DIMENSIONS = list(catalogue().dimensions)
C = TypeVar("C", bound=Callable[..., Any])


def is_filter(word: str) -> bool:
    """Whether a word of the command line is DIMENSION=MEMBER."""
    return word.partition("=")[0] in DIMENSIONS


def scoped(command: C) -> C:
    """The options that say which part of the business: see `scope_of`."""
    month = "Month or day, such as 2024-01 or 2024-01-15"
    for option in (
        frame.tax_option,
        click.option(
            "--attributes",
            type=click.Choice(ATTRIBUTE_VIEWS),
            default=ATTRIBUTE_VIEWS[0],
            help="Members where they belong now (default), or where they belonged then.",
        ),
        click.option("--basis", type=click.Choice(BASES), help="Default: the one with most lines."),
        click.option(
            "--where", multiple=True, metavar="DIMENSION=MEMBER", help="Keep these (repeatable)."
        ),
        click.option(
            "--to", "last", metavar="2024-12", help=f"{month} (default: the last loaded)."
        ),
        click.option("--from", "first", metavar="2024-01", help=f"{month} (default: the first)."),
    ):
        command = option(command)
    return command


@click.command(
    "ask",
    cls=taking_many(
        {"--by": among(DIMENSIONS), "--measures": among(_MEASURES), "--where": is_filter}
    ),
)
@click.argument("measures", nargs=-1, type=Words(_MEASURES))
@click.option("--measures", "more", multiple=True, type=Words(_MEASURES), help="Measures, too.")
@click.option("--by", multiple=True, type=Words(DIMENSIONS), help="Split by (repeatable).")
@scoped
@click.option("--compare", type=click.Choice([c for c in COMPARISONS if c != "none"]))
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@frame.home_option
@frame.json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--unmasked", is_flag=True, help="Phone and ID numbers and e-mail addresses whole.")
@frame.guarded
def ask(
    measures: tuple[tuple[str, ...], ...],
    more: tuple[tuple[str, ...], ...],
    by: tuple[tuple[str, ...], ...],
    compare: str | None,
    limit: int | None,
    home: Path | None,
    as_json: bool,
    as_csv: bool,
    unmasked: bool,
    **narrowed: Any,
) -> None:
    """Ask for measures, in the words of the catalogue.

    share, share_change and contribution are those of the first measure that adds up, else of
    net sales, in all rows of the answer.
    """
    asked = all_of((*measures, *more))
    if not asked:
        raise click.UsageError(f"Missing argument 'MEASURES': {', '.join(_MEASURES)}")
    with frame.open_workspace(home) as workspace:
        found = _answer(workspace, asked, all_of(by), compare, limit, narrowed)
        empty = bool(found[list(asked)].isna().to_numpy().any())
        unlike = empty and _unlike(workspace, days_of(workspace, "none", narrowed))
        silent = empty or found.empty
        untold = _untold(workspace, found, asked, all_of(by), narrowed) if silent else []
    shown = found if unmasked else mask_frame(found)
    rows = [
        {name: written.member(name, row[name]) for name in found.columns}
        for row in shown.to_dict("records")
    ]
    _print(rows, list(found.columns), as_json, as_csv)
    if shown is not found and not shown.equals(found):
        frame.say(text(frame.language(), "commands.masked"))
    if unlike:
        frame.say(text(frame.language(), "errors.unlike_currencies"))
    for name, code in untold:
        frame.say(text(frame.language(), f"actuals.{code}"), name)


def _untold(
    workspace: Workspace,
    found: pd.DataFrame,
    asked: tuple[str, ...],
    by: tuple[str, ...],
    narrowed: dict[str, Any],
) -> list[tuple[str, str]]:
    """The measures beside the lines of which nothing is known, and why, as a code."""
    scope = days_of(workspace, "none", narrowed)
    known = [name for name in asked if name not in DERIVED and beside_measures([name])]
    return [(n, workspace.why(n, scope, by)) for n in known if found[n].isna().all()]


def _unlike(workspace: Workspace, scope: Scope) -> bool:
    """Whether money is left out because it is in several currencies."""
    return len(moneys.of_sources(workspace.ask(moneys.query(scope)).frame)) > 1


def _answer(
    workspace: Workspace,
    asked: tuple[str, ...],
    by: tuple[str, ...],
    compare: str | None,
    limit: int | None,
    narrowed: dict[str, Any],
) -> pd.DataFrame:
    """Shares are of all rows: the limit comes after them."""
    against = cast(Comparison, compare or "none")
    measures = derived.needed(asked, against)
    bounded = limit if measures == asked else None
    scope = days_of(workspace, against, narrowed)
    query = MetricQuery(measures, scope, by=by, compare=against, limit=bounded)
    found = workspace.ask(query).frame
    return (
        found if measures == asked else derived.derived(found, by, asked).head(limit or len(found))
    )


def days_of(workspace: Workspace, against: Comparison, narrowed: dict[str, Any]) -> Scope:
    """The asked scope, by months or by days; days are compared with those of the year before."""
    ends = narrowed["first"], narrowed["last"]
    if not any(map(spans.is_day, ends)):
        return scope_of(workspace, **narrowed)
    if against == "previous":
        raise click.BadParameter(
            "days are compared with last_year here; for others: explain --base",
            param_hint="--compare",
        )
    first, last = map(spans.months_of, ends)
    scope = scope_of(workspace, **(narrowed | {"first": first, "last": last}))
    cut_off = workspace.settings.cut_off_day or calendar.MONTH_END
    return spans.beside(scope, *ends, None, cut_off)[0]


def scope_of(
    workspace: Workspace,
    first: str | None,
    last: str | None,
    where: tuple[str, ...],
    basis: str | None,
    tax: str | None,
    attributes: str = ATTRIBUTE_VIEWS[0],
) -> Scope:
    """The asked scope; what is not said is everything that has been loaded."""
    covered = workspace.periods()
    if covered is None:
        raise BadQueryError("store_empty")
    start = spans.month_of(first, "--from", 1) if first else covered.first
    end = spans.month_of(last, "--to", 12) if last else covered.last
    if start > end:
        raise click.BadParameter(f"{first or start} comes after {last or end}", param_hint="--from")
    counted = cast(Basis, basis or workspace.bases()[0])
    side = frame.side(workspace, counted, tax)
    scope = Scope(Period(start, end), counted, side, cast(AttributeView, attributes))
    for name, members in _filters(where).items():
        scope = scope.only(name, *members)
    return scope


def _filters(where: tuple[str, ...]) -> dict[str, list[str]]:
    filters: dict[str, list[str]] = {}
    for condition in where:
        name, found, member = condition.partition("=")
        if not found or name not in DIMENSIONS:
            raise click.BadParameter(
                f"{condition!r} is not DIMENSION=MEMBER; dimensions: {', '.join(DIMENSIONS)}",
                param_hint="--where",
            )
        filters.setdefault(name, []).append(_spelled(name, member))
    return filters


def _spelled(dimension: str, member: str) -> str:
    """A month or quarter may be written as it is printed: 2024-03, 2024-Q1."""
    if dimension in ("month", "quarter", "fiscal_quarter"):
        return re.sub(r"[-Q]", "", member)
    return member


def _print(rows: list[dict[str, Any]], names: list[str], as_json: bool, as_csv: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        _print_table(rows, names)


def _print_table(rows: list[dict[str, Any]], names: list[str]) -> None:
    """Columns set apart by tabs, so that a terminal and a spreadsheet both can read it."""
    click.echo("\t".join(names))
    for row in rows:
        click.echo("\t".join("" if row[name] is None else str(row[name]) for name in names))
