"""What targets and milestones are set, whatever has been sold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from chanplan.analysis.tracking_targets import Targets, chosen
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Scope
from chanplan.questions import Question
from chanplan.store import Store
from chanplan.workspace.tracking.sold import MOST_HISTORY, Ask

_LEVELS = (
    "channel", "partner", "region", "province", "product", "category", "customer", "salesperson",
)  # fmt: skip
# What a salesperson's targets add up to, by the company's word on its people.
_ABOVE = ("department", "manager")


def before(ask: Ask, scope: Scope, by: Sequence[str], measure: str) -> dict[int, Targets]:
    """What was set for earlier spans of the same length, by their first month."""
    length = len(scope.period)
    earlier = scope.at(Period(shift(scope.period.first, -MOST_HISTORY), scope.period.first))
    question = Question(
        "targets", earlier, by=tuple(by), measure=measure, basis=scope.basis, plan="in_force"
    )
    frame = ask(question)
    named = [name for name, _ in scope.where]
    spans = [scope.period.moved(-length * back) for back in range(1, MOST_HISTORY // length + 1)]
    return {span.first: chosen(frame, by, span, named) for span in spans}


def elsewhere(store: Store, scope: Scope, measure: str) -> pd.DataFrame:
    """Targets in the scope's months that name another basis or tax view, so that they stand
    beside other sales: basis, tax, rows; both may be None."""
    first, last = (date(m // 100, m % 100, 1) for m in (scope.period.first, scope.period.last))
    return store.fetch(
        "select basis, tax, count(*) as rows from targets_in_force"
        " where measure = ? and month between ? and ?"
        " and (coalesce(basis, ?) <> ? or coalesce(tax, ?) <> ?) group by basis, tax order by all",
        [measure, first, last, scope.basis, scope.basis, scope.tax, scope.tax],
    )


def levels(store: Store) -> pd.DataFrame:
    """What targets there are: measure, first and last month, rows, and how many of them name
    each level; one row per measure, the one with most rows first. Those of salespeople are their
    manager's and department's, too, where each of them has one."""
    named = ", ".join(f"count({level}) as {level}" for level in _LEVELS)
    above = ", ".join(
        f"case when count({level}) = count(salesperson) then count({level}) else 0 end as {level}"
        for level in _ABOVE
    )
    told = ", ".join(f"max(value) filter (attribute = '{level}') as {level}" for level in _ABOVE)
    return store.fetch(
        f"""
        with told as (
            select member, {told} from attribute_current
            where dimension = 'salesperson' group by member
        )
        select measure, min(month) as first, max(month) as last, count(*) as rows, {named}, {above}
        from targets_in_force left join told on told.member = salesperson
        group by measure order by rows desc, measure"""
    )


def milestones(store: Store) -> pd.DataFrame:
    """The newest word on every milestone: milestone, due, measure, value, channel, state."""
    return store.fetch(
        "select milestone, due, measure, value, channel, state from milestones_told"
        " order by due, milestone"
    )
