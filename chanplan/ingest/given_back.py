"""Statuses of orders that say their money went back (退货退款): the order and its return are told
by one row, which is no sale, and no return of another one either.

A list of movements tells sales and returns in rows of their own: there such a word makes a return.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from chanplan.ingest import values
from chanplan.ingest.line_types import line_type, rules
from chanplan.ingest.matching import Match
from chanplan.ingest.settle_case import DIRECT, Case, rows_below

_BACK = re.compile(r"退|return|refund", re.IGNORECASE)
# What was closed or called off before it was paid is no sale whatever a refund column says.
_NEVER = re.compile(r"关闭|取消|作废|closed|cancel", re.IGNORECASE)


@dataclass(frozen=True)
class _Row:
    order: str
    status: str
    money: bool | None  # whether it is positive, None where there is none
    refund: bool


def given_back(
    case: Case, matches: Mapping[str, Match], texts: Collection[str]
) -> Mapping[str, str]:
    """Status in small letters → line type, of those of `texts` whose rows are orders given back.

    Where a refund column tells the money of each of them the order is a sale: that column makes
    its return line. Else the order is not a sale.
    """
    back = {one.strip().lower() for one in texts if _BACK.search(one) and not _NEVER.search(one)}
    kinds = {one: line_type(one, rules()) for one in back}
    back = {one for one, kind in kinds.items() if kind in ("return", "not_a_sale")}
    if not back or not {"order", "status"} <= set(matches) or case.fit.layout.wide:
        return {}
    rows = list(_rows(case, matches))
    told: dict[str, str] = {}
    for text in back:
        own = [row for row in rows if row.status == text]
        if own and all(row.refund for row in own):
            told[text] = "sale"
        elif kinds[text] == "return" and _whole_orders(own, rows):
            told[text] = "not_a_sale"
    return told


def _whole_orders(own: list[_Row], rows: list[_Row]) -> bool:
    """Whether each of these rows is positive and all that is told of its order."""
    statuses: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        statuses[row.order].add(row.status)
    return bool(own) and all(
        row.money and row.order and statuses[row.order] == {row.status} for row in own
    )


def _rows(case: Case, matches: Mapping[str, Match]) -> Iterator[_Row]:
    money = next((matches[name].at for name in ("amount", *DIRECT) if name in matches), None)
    refund = matches["refund"].at if "refund" in matches else None
    for row in rows_below(case):
        order, status = (_cell(row, matches[name].at) for name in ("order", "status"))
        number = values.money_number(_cell(row, money)) if money is not None else None
        back = values.money_number(_cell(row, refund)) if refund is not None else None
        yield _Row(order, status.lower(), number > 0 if number is not None else None, bool(back))


def _cell(row: tuple[str | None, ...], at: int) -> str:
    return (row[at] or "").strip() if at < len(row) else ""
