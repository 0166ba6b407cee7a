"""What the name or the title of a sheet makes of its numbers: returns, gifts, a plan, last year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from chanplan.ingest import currencies
from chanplan.ingest.fitting import Fit
from chanplan.ingest.naming import tax_word
from chanplan.ingest.read import Sheet

SALES = "sales"
# The first that fits says it; what says nothing is sales.
_WORDS = (
    ("planned", r"预算|目标|指标|计划|预测|预估|budget|target|forecast|plan(?:ned)?\b|quota"),
    ("before", r"上年|去年|前年|同期|上期|上月|last year|prior|previous"),
    ("returns", r"退货|退款|退回|refunds?|returns?"),
    (
        "no_sale",
        r"赠品|样品|作废|调拨|领用|报损|采购|入库|盘点|库存|samples?\b|gifts?\b|void|transfers?\b|purchases?",
    ),
    ("pieces", r"销量|数量|件数|箱数|quantity|units|volume"),
    ("cost", r"成本|费用|支出|costs?\b|expenses?\b"),
    ("profit", r"毛利|利润|margin|profit"),
)  # fmt: skip
_MEANINGS = tuple((code, re.compile(words)) for code, words in _WORDS)
# A name that says both is of sales: 销售退货 are lines that say themselves what they are.
_BOTH = re.compile(r"销售|订单|流水|出货|sales|orders?")
_OWN_TELLING = ("returns", "no_sale", "pieces", "cost", "profit")
_REACHED = re.compile(r"达成|完成|实际|实绩|actual")
# A title that says nothing of its numbers is longer than that, or stands in several cells.
_LONGEST = 30


def meaning(texts: Sequence[str]) -> str:
    """What names and titles say, the first that says anything: a code, or SALES."""
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).casefold()
        found = next((code for code, words in _MEANINGS if words.search(plain)), None)
        if found and not (found in _OWN_TELLING and _BOTH.search(plain)):
            return found
    return SALES


def unlike(sheets: Mapping[int, Sheet], fits: Mapping[int, Fit]) -> frozenset[int]:
    """The sheets of one shape whose names or titles say that their numbers are other ones than
    those of the rest; of two moneys or sides of the tax the first stays."""
    said = {at: _said(one, fits[at]) for at, one in sheets.items()}
    told = {at: meaning(texts) for at, texts in said.items()}
    plain = SALES if SALES in told.values() else next(iter(told.values()), SALES)
    gone = {at for at, code in told.items() if code != plain}
    for tell in (_money, _tax):
        every = {at: tell(said[at]) for at in told if at not in gone}
        first = next((one for one in every.values() if one), None)
        gone |= {at for at, one in every.items() if one and one != first}
    return frozenset(gone)


def open_table(texts: Sequence[str], told_by_rows: bool) -> tuple[str, ...]:
    """The tables that a list of amounts may be, where its names and titles say that it tells no
    sales: () where nothing says so. Last year's file is one of sales.

    told_by_rows  whether a column or the signs of the amounts tell returns and the like apart
    """
    plain = [unicodedata.normalize("NFKC", text).casefold() for text in texts]
    if any(_REACHED.search(text) for text in plain):
        return ()
    codes = {meaning([text]) for text in texts}
    if "planned" in codes:
        return ("sales", "targets")
    other = codes & set(_OWN_TELLING) - {"pieces"}
    return ("sales",) if other and not told_by_rows and not any(map(_BOTH.search, plain)) else ()


def _said(sheet: Sheet, fit: Fit) -> list[str]:
    """The name of a sheet, then the title above its headings."""
    top = sheet.top[: max(fit.header_line - fit.header_rows, 0)]
    cells = [[cell for cell in row if cell and cell.strip()] for row in top]
    lone = [row[0].strip() for row in cells if len(row) == 1]
    return [sheet.name or "", *(text for text in lone if len(text) <= _LONGEST)]


def _money(texts: Sequence[str]) -> str | None:
    return next((code for text in texts if (code := currencies.in_heading(text))), None)


def _tax(texts: Sequence[str]) -> str | None:
    return next((side for text in texts if (side := tax_word(text))), None)
