"""渠道贡献: what channel profit calls contribution, by channel and time (definitions §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd

from chanplan.analysis import profit
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.workspace.beside.asking import CALENDAR, Ask, Figures, Key, Way, keys, those

_OWNERS = frozenset(profit.KNOWN_TO_COSTS)
_ZERO = Decimal(0)


def tell(measure: str, scope: Scope, by: tuple[str, ...], ask: Ask) -> Figures:
    """Over channel-months with costs and cost of goods. What no channel bears stands beside the
    channels as a row without one, so that the rows sum to the company."""
    times = tuple(name for name in by if name in CALENDAR)
    owners = tuple(name for name in by if name in _OWNERS)
    split = dict.fromkeys((*times, *owners, profit.DIMENSION, "month"))
    sales = ask(MetricQuery(profit.MEASURES, scope, by=tuple(split)))
    costs = ask(Question("channel_costs", scope))
    spans = dict(zip(_months(sales), keys(sales, times), strict=True))
    told: dict[Key, Decimal] = {}
    for span in dict.fromkeys(spans.values()):
        sold = those(sales, (spans[month] == span for month in _months(sales)))
        spent = those(costs, (spans.get(month) == span for month in _months(costs)))
        for key, value in _of_span(sold, spent, owners).items():
            members = dict(zip((*times, *owners), (*span, *key), strict=True))
            told[tuple(members[name] for name in by)] = value
    return told


def _of_span(
    sold: pd.DataFrame, spent: pd.DataFrame, owners: Sequence[str]
) -> Mapping[Key, Decimal]:
    """Contribution of the owners in one span of time; under () that of the company."""
    stated = profit.statement(sold, spent)
    company = stated.company["contribution"]
    if not owners:
        return {} if company is None else {(): company}
    belongs = dict(zip(keys(sold, (profit.DIMENSION,)), keys(sold, owners), strict=True))
    sums: dict[Key, Decimal] = defaultdict(lambda: _ZERO)
    channels = stated.channels
    for channel, value in zip(keys(channels, ("member",)), channels["contribution"], strict=True):
        if value is not None:
            sums[belongs.get(channel, (None,) * len(owners))] += value
    alone = (stated.company["unallocated"] or _ZERO) + (stated.company["left_out"] or _ZERO)
    if alone:
        sums[(None,) * len(owners)] -= alone
    return sums


def _months(frame: pd.DataFrame) -> list[int]:
    return [int(month) for month in frame["month"]]


WAY = Way(_OWNERS | CALENDAR, "costs", tell)
