"""Names that are another name of the sheet and a word for its sum, and columns that no row leaves
empty: what tells that a row with a date sums up others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from chanplan.ingest import values
from chanplan.ingest.matching import Match, cells_of
from chanplan.ingest.settle_case import Case, Scan, rows_below

MEMBERS = (
    "channel", "partner", "region", "province", "city", "product", "product_name", "category",
    "customer", "customer_name", "salesperson",
)  # fmt: skip
# What stands before or behind a name to say that its row is the sum of the name's others.
_BEFORE = re.compile(
    r"^(?:(?:sub-?\s?)?totale?s?(?: (?:for|of))?|sum (?:of|for)|summe|gesamt|somme|all|overall"
    r"|合计|小计|总计|汇总|[*∑σ]+)[\s:：-]*(?P<name>.+)$"
)
_BEHIND = re.compile(
    r"^(?P<name>.+?)[\s:：(（-]*(?:(?:sub-?\s?)?totale?s?|summe|gesamt|overall|\(all\)|all|计|共|汇总|累计|总额|总和|总量|[*∑σ]+)[)）]?$"
)
# A name that is one only where its row leaves empty what all others fill: 温度计, Total Wine.
WITH_GAPS = (
    r"^\s*(totale?s?\s[^\x1f]+|[^\x1f]+\stotale?s?|[^\x1f]+计|[*]+[^\x1f]*|[^\x1f]+[*]+)"
    r"\s*[:：]?\s*$"
)
# A longer cell is no name.
_LONGEST = 60
# Alone they are all of a column's others, where there are others.
_ALL = frozenset({"all", "overall", "整体", "总体", "全体", "全部渠道", "total company"})
# So few cells of a column are empty where every row of data fills it.
_FEW_EMPTY = 0.4
_SEPARATOR = "\x1f"


def told_sums(
    case: Case, matches: Mapping[str, Match], scan: Scan | None, looked_through: int
) -> dict[str, str]:
    """`sums` and `whole` of `Recipe.formats`, where there is something to say."""
    ats = sorted({matches[name].at for name in MEMBERS if name in matches})
    width = len(case.sheet.top[case.fit.header_line - 1]) if case.fit.header_line else len(ats)
    ats = [at for at in ats if at < max(width, 1)]
    seen = rows_below(case)
    names = {at: {cell for cell in cells_of(seen, at) if cell} for at in ats}
    beyond = case.sheet.line_count > len(case.sheet.top)
    if scan and beyond and case.sheet.line_count <= looked_through:
        for at in ats:
            names[at] |= {one for one in scan(case.sheet, case.fit.header_line, at) if one}
    found = sums_among(names.values())
    may = any(may_leave_gaps(one) for column in names.values() for one in column)
    full = _whole(case.fit.sample, ats) if may else []
    told = {"sums": _SEPARATOR.join(found)} if found else {}
    return told | ({"whole": ",".join(map(str, full))} if len(full) > 1 else {})


def may_leave_gaps(name: str) -> bool:
    """Whether a name may be that of a sum where its row leaves a column of names empty."""
    return len(name) <= _LONGEST and re.match(WITH_GAPS, name.lower()) is not None


def sums_among(columns: Iterable[set[str]]) -> list[str]:
    """Of the names in a sheet's columns those that are another one and a word for its sum: beside
    京东 it is 京东计, beside Export it is Total Export; Total Wine beside no Wine is a name."""
    found: set[str] = set()
    plain = [{one: _plain(one) for one in texts} for texts in columns]
    names = {text for one in plain for text in one.values()}
    for column in plain:
        found |= {one for one, text in column.items() if _sum_of(text, names)}
        if len(set(column.values())) > 1:
            found |= {one for one, text in column.items() if text in _ALL}
    return sorted(found)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _sum_of(text: str, names: set[str]) -> bool:
    if len(text) > _LONGEST:
        return False
    told = (found["name"].strip() for one in (_BEFORE, _BEHIND) if (found := one.match(text)))
    return any(name in names and name != text for name in told)


def _whole(sample: Sequence[Sequence[str | None]], ats: Sequence[int]) -> list[int]:
    """Columns of names that hardly any row with something in it leaves empty."""
    rows = [row for row in sample if sum(1 for cell in row if cell and cell.strip()) > 2]
    return [
        at
        for at in ats
        if rows
        and sum(at >= len(row) or values.is_none(row[at]) for row in rows) <= _FEW_EMPTY * len(rows)
    ]


def listed(recipe_formats: Mapping[str, str]) -> list[str]:
    """The names that are sums, as the recipe keeps them."""
    told = recipe_formats.get("sums")
    return told.split(_SEPARATOR) if told else []


def whole_columns(recipe_formats: Mapping[str, str]) -> list[int]:
    """The positions that every row of data fills, as the recipe keeps them."""
    told = recipe_formats.get("whole")
    return [int(at) for at in told.split(",")] if told else []
