"""Columns of numbers that a sheet has beside what is read of it, told so that nobody misses them:
sales beside targets, targets beside sales, rates of growth among months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from chanplan.ingest import values
from chanplan.ingest.headers import normal
from chanplan.ingest.matching import Match, cells_of
from chanplan.ingest.month_words import PLANNED
from chanplan.ingest.settle_case import Case
from chanplan.ingest.sum_words import RATE, RATE_WORDS
from chanplan.ingest.told import Note

_ACTUAL = re.compile(
    r"^(?:\d{1,2}月份?)?(?:本[月年期]|当[月期])?(?:实际|实绩|完成|达成|已完成)"
    r"(?!率|比|度|进度|情况|说明|日期|时间|人)|^(?:actuals?|achieved|achievement|realised|realized)(?!rate|%)"
)
_RATE = re.compile(rf"^(?:{RATE}|{RATE_WORDS}|mom)[%％]?$")
_MOST = 0.5


def left_out(case: Case, matches: Mapping[str, Match], unused: Sequence[str]) -> Iterator[Note]:
    """What to tell of columns that nothing was read of."""
    heads = [head for head in unused if head and _numbers(case, head)]
    planned = case.fit.table.name == "targets"
    if planned and (found := [head for head in heads if _ACTUAL.match(normal(head))]):
        yield Note("sales_beside_targets", {"headers": found, "header": found[0]})
    if case.sales and (found := [head for head in heads if PLANNED.search(normal(head))]):
        yield Note("targets_beside_sales", {"headers": found, "header": found[0]})
    if (case.fit.layout.wide or planned or case.sales) and (
        rates := [head for head in heads if _RATE.match(normal(head))]
    ):
        yield Note("rates_left_out", {"headers": rates})


def _numbers(case: Case, head: str) -> bool:
    """Whether most cells under a heading that say something are numbers or rates."""
    at = case.fit.headers.index(head)
    told = [cell for cell in cells_of(case.fit.sample, at) if not values.is_none(cell)]
    return bool(told) and sum(values.rate_of(cell) is not None for cell in told) >= _MOST * len(
        told
    )
