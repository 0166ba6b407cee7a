"""Texts that name a quarter: a quarter's figure stands in no month, so it is never put in one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from chanplan.ingest import values
from chanplan.ingest.headers import normal

_YEAR = r"(?:fy)?(?:(?:19|20)?\d\d)"
_QUARTER = re.compile(
    rf"(?:{_YEAR}(?:年度?)?[-/. _]?)?(?:q[1-4]|[1-4]q|第?[一二三四1-4]季度?)(?:[-/. _']?{_YEAR})?"
)
_HEADINGS = frozenset({"季", "季度", "季别", "quarter", "qtr", "fiscalquarter"})
_BARE = re.compile(r"[1-4]")
# One quarter among a year's months is a sum beside them; several without months are all there is.
_SEVERAL = 2


def names_quarter(text: str | None) -> bool:
    """Whether a cell is a quarter: 2024Q1, 2024年一季度, 第1季度, Q1 2024."""
    plain = unicodedata.normalize("NFKC", text or "").casefold().strip()
    return bool(_QUARTER.fullmatch(plain))


def quarter_in(
    headers: Sequence[str], sample: Iterable[Sequence[str | None]]
) -> tuple[str, str] | None:
    """(heading, a quarter) of a column that tells quarters, or of columns that are each one."""
    rows = list(sample)
    for at, header in enumerate(headers):
        told = [row[at] for row in rows if at < len(row) and not values.is_none(row[at])]
        bare = normal(header) in _HEADINGS and all(_BARE.fullmatch(cell or "") for cell in told)
        if told and (bare or sum(map(names_quarter, told)) * 2 > len(told)):
            return header, str(told[0])
    named = [header for header in headers if names_quarter(header)]
    return (named[0], named[0]) if len(named) >= _SEVERAL else None
