"""Texts that name a quarter: its figure stands in no month. A target may be one of a quarter or a
year; of everything else such a sheet is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from chanplan.ingest import cells_sql, values
from chanplan.ingest.cells_sql import literal
from chanplan.ingest.headers import normal

_YEAR = r"(?:fy)?(?:(?:19|20)?\d\d)"
_QUARTER = re.compile(
    rf"(?:{_YEAR}(?:年度?)?[-/. _]?)?(?:q[1-4]|[1-4]q|第?[一二三四1-4]季度?)(?:[-/. _']?{_YEAR})?"
)
# What stands around a quarter in a heading of a plan.
_AROUND = re.compile(
    r"目标值?|任务额?|指标|预算|计划|target|quota|budget|plan|[(][^)]*[)]|万元|千元|[\s_:]+"
)
_HEADINGS = frozenset({"季", "季度", "季别", "quarter", "qtr", "fiscalquarter"})
_BARE = re.compile(r"[1-4]")
_WEEK = re.compile(
    rf"(?:{_YEAR}(?:年度?)?[-/. _]?)?(?:(?:w|wk|week)[-. _]?\d{{1,2}}|第?\d{{1,2}}周)"
    rf"(?:[-/. _']?{_YEAR})?"
)
_WEEK_HEADINGS = frozenset({"周", "周次", "周别", "第几周", "week", "wk", "weekno", "weeknumber",
                            "wmweek", "fiscalweek", "isoweek", "yearweek"})  # fmt: skip
_BARE_WEEK = re.compile(r"(?:(?:19|20)\d\d)?(?:0?[1-9]|[1-4]\d|5[0-3])")
# A quarter or a year that says its year, with Chinese numerals as digits; both for `re` and RE2.
# Groups: year, then one of three ways to write the number of the quarter.
_WHOLE_YEAR = r"((?:19|20)\d\d)"
_NUMBER = r"(?:q([1-4])|([1-4])q|第?([1-4])季度?)"
_PERIODS = (
    (rf"^(?:fy)?{_WHOLE_YEAR}(?:年度?)?[-/. _]?{_NUMBER}$", (1, 2, 3, 4)),
    (rf"^{_NUMBER}[-/. _']?(?:fy)?{_WHOLE_YEAR}(?:年度?)?$", (4, 1, 2, 3)),
)
YEAR_ALONE = r"^(?:fy)?((?:19|20)\d\d)(?:\.0)?(?:年度?|全年|年全年)?$"
_NUMERALS = ("一二三四", "1234")
# One quarter among a year's months is a sum beside them; several without months are all there is.
_SEVERAL = 2


def names_quarter(text: str | None) -> bool:
    """Whether a cell is a quarter: 2024Q1, 2024年一季度, 第1季度, Q1 2024."""
    plain = unicodedata.normalize("NFKC", text or "").casefold().strip()
    return bool(_QUARTER.fullmatch(plain))


def quarter_heading(header: str) -> str | None:
    """The quarter that a heading names, beside words for a plan and a unit: "2025-Q1" of
    2025年一季度目标（万元）, "Q1" of Q1 or 第一季度; None for any other."""
    plain = values.tidy(_AROUND.sub("", unicodedata.normalize("NFKC", header).casefold()))
    if not names_quarter(plain):
        return None
    digits = plain.translate(str.maketrans(*_NUMERALS))
    year = re.search(r"(?:19|20)\d\d", digits)
    rest = digits.replace(year[0], "", 1) if year else digits
    number = re.search(r"q([1-4])|([1-4])q|([1-4])", rest)
    if number is None:
        return None
    told = f"Q{next(part for part in number.groups() if part)}"
    return f"{year[0]}-{told}" if year else told


def quarter_headings(headers: Sequence[str]) -> dict[int, str]:
    """Position → its quarter, where several columns are one each; {} where one quarter is told
    twice, so that nobody knows which counts, or by several measures."""
    found = {at: told for at, one in enumerate(headers) if (told := quarter_heading(one))}
    alone = len(set(found.values())) == len(found)
    return found if alone and len(found) >= _SEVERAL else {}


def coarse(text: str | None) -> Literal["quarter", "year"] | None:
    """What a cell that names no month names, with its year: 2024Q1, 2024年一季度; 2024年."""
    plain = values.tidy(text).translate(str.maketrans(*_NUMERALS))
    if any(re.match(pattern, plain) for pattern, _ in _PERIODS):
        return "quarter"
    return "year" if re.match(YEAR_ALONE, plain) else None


def first_day(cell: str) -> str:
    """SQL of the first day of the quarter or year that a cell names; NULL for another text."""
    plain = f"translate({cells_sql.tidy(cell)}, {', '.join(map(literal, _NUMERALS))})"
    whens = [f"when regexp_matches(t, {literal(pattern)}) then {_quarter_sql(pattern, at)}"
             for pattern, at in _PERIODS]  # fmt: skip
    year = f"try_cast(regexp_extract(t, {literal(YEAR_ALONE)}, 1) || '-01-01' as date)"
    whens.append(f"when regexp_matches(t, {literal(YEAR_ALONE)}) then {year}")
    return cells_sql.bound(plain, "t", f"case {' '.join(whens)} end")


def _quarter_sql(pattern: str, at: Sequence[int]) -> str:
    year, *number = (f"regexp_extract(t, {literal(pattern)}, {one})" for one in at)
    month = f"(try_cast(concat({', '.join(number)}) as integer) * 3 - 2)"
    return f"try_cast({year} || '-' || {month} || '-1' as date)"


def week_in(
    headers: Sequence[str], sample: Iterable[Sequence[str | None]]
) -> tuple[str, str] | None:
    """(heading, a week) of a column that tells weeks and no days: 2024-W05, 第5周, Week 5."""
    rows = list(sample)
    for at, header in enumerate(headers):
        told = [row[at] for row in rows if at < len(row) and not values.is_none(row[at])]
        plain = [unicodedata.normalize("NFKC", cell or "").casefold().strip() for cell in told]
        bare = normal(header) in _WEEK_HEADINGS and all(map(_BARE_WEEK.fullmatch, plain))
        if told and (bare or sum(map(bool, map(_WEEK.fullmatch, plain))) * 2 > len(told)):
            return header, str(told[0])
    return None


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
