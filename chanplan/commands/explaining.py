"""`explain`: what made the change between two periods, as figures that sum and as sentences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import click
import pandas as pd

from chanplan.analysis import (
    bridge,
    bridge_story,
    buyers,
    customer_flows,
    story,
    two_periods,
    unusual,
)
from chanplan.analysis.bridge import Bridge
from chanplan.analysis.bridge_items import NO_FATES, fates
from chanplan.analysis.story import MONTHS, PLACES, Finding
from chanplan.commands import frame, spans, written
from chanplan.commands.asking import DIMENSIONS, is_filter, scope_of, scoped
from chanplan.commands.many import Words, all_of, among, taking_many
from chanplan.domain import calendar
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.language.words import text
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.reports import findings
from chanplan.workspace import Workspace

# What a change is told by where nobody says: those of these that the data names.
USUAL = ("channel", "product")
GRAIN = [name for name in DIMENSIONS if not catalogue().dimensions[name].calendar]


@click.command("explain", cls=taking_many({"--by": among(GRAIN), "--where": is_filter}))
@scoped
@click.option(
    spans.BASE,
    metavar="2023-01:2023-12",
    help="Months, or days (2023-03-01:2023-03-20), compared with (default: a year before).",
)
@click.option("--by", multiple=True, type=Words(GRAIN), help="What makes an item.")
@frame.home_option
@frame.json_option
@frame.guarded
def explain(
    base: str | None,
    by: tuple[tuple[str, ...], ...],
    home: Path | None,
    as_json: bool,
    **narrowed: Any,
) -> None:
    """Explain a change of net sales: volume, mix, price, new, lost, gifts, other, and findings.

    --from and --to are months or days; what is unusual, and customers, are told by whole months.
    """
    with frame.open_workspace(home) as workspace:
        scope, before = _spans(workspace, base, narrowed)
        items = all_of(by) or _usual(workspace)
        found = _bridge(workspace, scope, before, items)
        told = [bridge_story.headline(found), *_story(workspace, scope, before, items)]
        told += _unusual(workspace, scope)
        told = _with_buyers(workspace, scope, before, told)
        against = two_periods.comparison(scope.period, before)
        names = {name: workspace.labels(name) for name in {*items, *unusual.DIMENSIONS}}
        sentences = [
            findings.tell(each, against, frame.language(), lambda d, m: _named(names, d, m))
            for each in told
        ]
    _print(found, told, sentences, spans.told(scope, before), as_json)


def _spans(
    workspace: Workspace, base: str | None, narrowed: dict[str, Any]
) -> tuple[Scope, Period]:
    """The scope and the base that the options say, by months or by days."""
    ends = {name: narrowed[name] for name in ("first", "last")}
    months = {name: spans.months_of(end) for name, end in ends.items()}
    scope = scope_of(workspace, **(narrowed | months))
    cut_off = workspace.settings.cut_off_day or calendar.MONTH_END
    return spans.beside(scope, ends["first"], ends["last"], base, cut_off)


def _bridge(workspace: Workspace, scope: Scope, base: Period, by: Sequence[str]) -> Bridge:
    """Raises BadQueryError where one side has no sales, or amounts cannot be added."""
    answer = workspace.ask(bridge.question(scope, base, by)).frame
    fate = bridge.fates_question(scope, by)
    known = fates(workspace.ask(fate).frame) if fate else NO_FATES
    if not answer["net_base"].notna().any():
        now, then = spans.told(scope, base)
        raise BadQueryError("nothing_to_explain", base=then, now=now)
    found = bridge.bridge(answer, by, scope.period, known)
    if found is None:
        raise BadQueryError("unlike_currencies")
    return found


def _story(
    workspace: Workspace, scope: Scope, base: Period, by: Sequence[str]
) -> tuple[Finding, ...]:
    def ask(*split: str) -> pd.DataFrame:
        asked: list[MetricQuery | Question] = [*two_periods.queries(scope, base, split)]
        now, then = (workspace.ask(each).frame for each in asked)
        return two_periods.beside(now, then, split)

    against = two_periods.comparison(scope.period, base)
    return story.story(
        ask(), [(name, ask(name)) for name in by], scope.period, against, workspace.counting.cut
    )


def _unusual(workspace: Workspace, scope: Scope) -> tuple[Finding, ...]:
    """What lies outside its ordinary range; none where nothing does, or nothing can be judged."""
    covered = workspace.periods()
    known = [name for name in unusual.DIMENSIONS if workspace.members(name)]
    if covered is None:
        return ()
    sources = unusual.asked(
        lambda each: workspace.ask(each).frame, scope.at(scope.period), covered.first, known
    )
    report = unusual.find(sources, scope.period)
    return unusual.findings(report) if report.findings else ()


def _with_buyers(
    workspace: Workspace, scope: Scope, base: Period, told: Sequence[Finding]
) -> list[Finding]:
    """Of channels that grew, where their new customers bought before, as far as that is known."""
    if not any(map(buyers.channel_of, told)) or customer_flows.blind_filters(scope):
        return list(told)
    flows, ways = (workspace.ask(each).frame for each in customer_flows.questions(scope, base))
    return list(buyers.beside(told, customer_flows.flows(flows, ways, scope)))


def _usual(workspace: Workspace) -> tuple[str, ...]:
    return tuple(name for name in USUAL if workspace.members(name)) or ("source",)


def _named(names: dict[str, Any], dimension: str, member: str | None) -> str:
    missing = text(frame.language(), "members.missing")
    return str(names[dimension].get(member, member)) if member else missing


def _print(
    found: Bridge,
    told: Sequence[Finding],
    sentences: Sequence[str],
    told_spans: tuple[str, str],
    as_json: bool,
) -> None:
    now, base = told_spans
    head = {"base": found.base, "current": found.current, "change": found.change}
    if not as_json:
        rows = {f"base {base}": found.base, f"current {now}": found.current}
        for name, money in (rows | {"change": found.change} | dict(found.steps)).items():
            click.echo(f"{name}\t{written.plain(money)}")
        click.echo("\n".join(["", *sentences]))
        return
    periods = {"period": now, "base_period": base, "by": list(found.by)}
    flags = {"unlike_units": found.unlike_units, "without_quantity": found.without_quantity}
    document = (
        {name: written.plain(money) for name, money in head.items()}
        | {"bridge": {step: written.plain(money) for step, money in found.steps.items()}}
        | {"findings": [_finding(*pair) for pair in zip(told, sentences, strict=True)]}
        | periods
        | flags
    )
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _finding(finding: Finding, sentence: str) -> dict[str, Any]:
    """Its money: that of the step or the change it tells, else the value itself."""
    values = dict(finding.values)
    for each in finding.also:
        values |= each.values
    money = next((values[name] for name in ("money", "change", "value") if name in values), None)
    evidence = {name: _evidence(name, value) for name, value in values.items()}
    told = written.plain(money) if isinstance(money, Decimal) else None
    return {"code": finding.code, "text": sentence, "money": told, "evidence": evidence}


def _evidence(name: str, value: object) -> Any:
    if name in PLACES:
        return dict(cast("tuple[tuple[str, str], ...]", value))
    return (
        written.month(value) if name in MONTHS and isinstance(value, int) else written.plain(value)
    )
