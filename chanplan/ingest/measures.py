"""A column that says of each row what its number measures: 实际, 预算, 销售额, 数量."""

from __future__ import annotations

import re
from functools import cache

from chanplan.domain.tables import table
from chanplan.ingest.fitting import Fit
from chanplan.ingest.headers import spellings, words

# What a column of measures holds beside the words that mean money and pieces.
_MEASURES = re.compile(
    r"^(?:实际|目标|预算|计划|预测|滚动预测|本期|上期|本年|上年|完成|达成率?|完成率|同比|环比|占比|增长率?"
    r"|去年|今年|借方?|贷方?|[+＋]|[-－]|debit|credit|dr\.?|cr\.?|去年同期|同期|毛利率?|利润|成本|费用|单价|均价|客单价|订单数|客户数|actuals?|targets?"
    r"|budget(?:ed)?|plan(?:ned)?|forecast|estimate|outlook|ly|ty|prior year|current year"
    r"|previous year|last year|this year|growth|margin|yoy|mom)$"
)


def measures_in_rows(fit: Fit) -> tuple[str, str] | None:
    """(heading, what its cells say) of a column that tells what its row's number measures.

    Money, pieces and rates in one column of numbers would be added to each other.
    """
    if fit.table.name not in ("sales", "targets"):
        return None
    said = fit.matches.get("measure")
    if said is not None:  # the sheet says of each row what it is of, and is read so
        return None
    rows = [row for row in fit.sample if sum(1 for cell in row if cell and cell.strip()) > 2]
    for at, header in enumerate(fit.layout.headers):
        told = {(row[at] or "").strip() for row in rows if at < len(row)} - {""}
        if len(told) > 1 and at not in fit.layout.spread and all(map(_is_measure, told)):
            return header, ", ".join(sorted(told)[:5])
    return None


@cache
def _measured() -> frozenset[str]:
    columns = table("sales").columns.values()
    kinds = ("amount", "quantity", "rate")
    return frozenset(word for one in columns if one.kind in kinds for word in words(one))


def _is_measure(cell: str) -> bool:
    bare = cell.strip().casefold()
    return bool(_MEASURES.match(bare)) or not _measured().isdisjoint(spellings(cell))
