"""Lines of their own within a table that say that the rows below them tell something else: returns,
a budget, another currency."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest import currencies, values
from chanplan.ingest.matching import Match
from chanplan.ingest.meanings import SALES, meaning
from chanplan.ingest.scales import stated
from chanplan.ingest.settle_case import DIRECT, LONE, LONGEST_TITLE, Case, rows_below

# Orders that are none yet, or no more.
_NO_SALES = re.compile(
    r"作废|废单|未(?:发货|付款|支付|审核|成交|确认)|已?取消|已?关闭|void|cancell?ed|unpaid|unshipped|pending"
)
_MONEY = ("amount", *DIRECT)


def check(case: Case, matches: Mapping[str, Match]) -> None:
    """UnrecognisedTableError where rows of sales go on below such a line. What a person said of the
    lines that count stands."""
    money = {matches[name].at for name in _MONEY if name in matches}
    if not case.sales or case.hints.rows is not None or not money:
        return
    if wide := case.fit.layout.wide:
        money = {at for at, _ in wide.months}
    before, found = False, None
    for line, row in enumerate(rows_below(case), case.fit.header_line + 1):
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        if len(cells) > LONE and _counts(row, money):
            if found is not None:
                at, text = found
                raise UnrecognisedTableError(
                    "sections_in_rows", name=case.name, line=at, text=text, before=at - 1
                )
            before = True
        elif before and len(cells) == 1 and _other(cells[0], case.company):
            found = found or (line, cells[0])


def _counts(row: Sequence[str | None], money: set[int]) -> bool:
    return any(at < len(row) and values.number_of(row[at]) is not None for at in money)


def _other(text: str, company: str) -> bool:
    """Whether a line says what no sales of the company's own money are, or how large they are."""
    if len(text) > LONGEST_TITLE or values.number_of(text) is not None:
        return False
    money = currencies.in_heading(text)
    if _NO_SALES.search(text.casefold()):
        return True
    return meaning([text]) != SALES or money not in (None, company) or stated([text]) != 1
