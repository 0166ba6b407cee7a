"""Dates told in several columns: 年 and 月 (and 日), or a month alone whose year stands elsewhere.

Such a sheet keeps its own columns; one more is laid beside them, the date that they make
together. Everything after that treats the sheet as any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from chanplan.domain.recipe import SplitDate
from chanplan.domain.tables import all_tables
from chanplan.ingest import cells_sql, values
from chanplan.ingest.cells_sql import bound, literal
from chanplan.ingest.headers import fallbacks, normal, words
from chanplan.ingest.reading.plain import UNKNOWN
from chanplan.ingest.reading.sheet import Relation

YEARS = frozenset(
    {
        *(
            "年",
            "年份",
            "年度",
            "销售年份",
            "销售年度",
            "所属年份",
            "所属年度",
            "业务年度",
            "会计年度",
        ),
        *("year", "salesyear", "orderyear", "calendaryear", "yr"),
    }
)
MONTHS = frozenset(
    {
        *(
            "月",
            "月份",
            "月度",
            "销售月份",
            "销售月",
            "所属月份",
            "业务月份",
            "会计月份",
            "统计月份",
        ),
        *("month", "salesmonth", "ordermonth", "calendarmonth", "monthno", "monthnumber"),
        *("monthname", "mth", "mon"),
    }
)
QUARTERS = frozenset({"季", "季度", "季别", "quarter", "qtr", "fiscalquarter"})
DAYS = frozenset({"日", "日期", "day", "dayofmonth"})
# Excel keeps 3 as 3.0 in some exports.
_YEAR_RE2 = r"^((?:19|20)\d\d)(?:\.0)?(?:年度?)?$"
_SHORT_YEAR_RE2 = r"^(\d\d)年度?$"
_MONTH_RE2 = r"^m?(0?[1-9]|1[0-2])(?:\.0)?(?:月份?)?$"
_QUARTER_RE2 = r"^(?:q([1-4])|([1-4])q|第?([1-4])(?:\.0)?季?度?)$"
_NUMERALS = ("一二三四", "1234")
_PLANNED = re.compile(r"目标|任务|指标|预算|计划|target|budget|quota|plan")
_DAY_RE2 = r"^(0?[1-9]|[12]\d|3[01])(?:\.0)?[日号]?$"
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAME_RE2 = (
    r"^(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august"
    r"|september|october|november|december)\.?$"
)
# So many of the cells that say anything must be of the kind; the others are set aside.
_MOST = 0.5
_YEAR_AROUND = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")
ANY_YEAR = "2000"

Cells = Sequence[Sequence[str | None]]


def split_date(
    headers: Sequence[str], sample: Cells, around: Iterable[str]
) -> tuple[SplitDate, tuple[str, ...]] | None:
    """(how the date is told in parts, the years it may be of); None where a column tells it whole.

    around  title, sheet and file name, the nearest first, which may tell the year of bare months
    """
    near = list(around)
    month = _column(headers, sample, MONTHS, month_of)
    if month is None:
        return _of_quarters(headers, sample, near)
    year = _column(headers, sample, YEARS, year_of)
    day = _column(headers, sample, DAYS, _day_of)
    if day == month or told_whole(headers, sample, {month, year, day}):
        return None
    if year is not None:
        return SplitDate(month, year, None, day), ()
    only, years = _years(near)
    return SplitDate(month, None, only, day), years


def _of_quarters(
    headers: Sequence[str], sample: Cells, near: Sequence[str]
) -> tuple[SplitDate, tuple[str, ...]] | None:
    """年份 and 季度 of a sheet of targets: nothing else is told by quarters."""
    at = _column(headers, sample, QUARTERS, quarter_of)
    if at is None or not any(map(_PLANNED.search, map(str.casefold, (*near, *headers)))):
        return None
    year = _column(headers, sample, YEARS, year_of)
    if told_whole(headers, sample, {at, year}):
        return None
    if year is not None:
        return SplitDate(at, year, quarters=True), ()
    only, years = _years(near)
    return SplitDate(at, None, only, quarters=True), years


def _years(near: Iterable[str]) -> tuple[str | None, tuple[str, ...]]:
    """(the one year that titles and names tell, every year they may mean)."""
    years = next((found for text in near if (found := _YEAR_AROUND.findall(text))), [])
    return years[0] if len(set(years)) == 1 else None, tuple(dict.fromkeys(years))


def together(parts: SplitDate, row: Sequence[str | None]) -> str | None:
    """The date of one row as text; what cannot be put together, as it stands."""
    cells = [row[at] if at is not None and at < len(row) else None for at in _ats(parts)]
    year, month, day = cells
    told = year_of(year) if parts.year_at is not None else parts.year or ANY_YEAR
    if parts.quarters and told and (quarter := quarter_of(month)):
        return f"{told}-Q{quarter}"
    number = None if parts.quarters else month_of(month)
    last = _day_of(day) if parts.day_at is not None else ""
    if told and number and last is not None:
        return f"{told}-{number:0>2}" + (f"-{last:0>2}" if last else "")
    return " ".join(cell for cell in cells if cell) or None


def laid(below: Relation, parts: SplitDate, width: int) -> Relation:
    """The rows with their date as the last of `width` columns; twin of `together`."""
    own = width - 1
    kept = ", ".join(f"c{at}" for at in range(own))
    year, month, day = (f"c{at}" if at is not None else None for at in _ats(parts))
    told = _year_sql(year) if year else literal(parts.year or ANY_YEAR)
    last = f" || '-' || lpad({_day_sql(day)}, 2, '0')" if day else ""
    made = f"{told} || '-' || lpad({_month_sql(str(month))}, 2, '0'){last}"
    if parts.quarters:
        made = f"{told} || '-Q' || {_quarter_sql(str(month))}"
    listed = ", ".join(f"nullif({cell}, '')" for cell in (year, month, day) if cell)
    date = f"coalesce({made}, nullif(concat_ws(' ', {listed}), ''))"
    sql = f"(select line, {kept}, {date} as c{own}, extra from {below.sql})"
    return replace(below, sql=sql, width=width, plain=UNKNOWN)


def heading(parts: SplitDate, headers: Sequence[str]) -> str:
    """The heading of the date: those of its parts, so that a line of headings is known again."""
    return " ".join(headers[at] for at in _ats(parts) if at is not None)


def year_of(cell: str | None) -> str | None:
    """2024, 2024年 and 24年 → "2024"."""
    text = values.tidy(cell)
    if found := re.match(_YEAR_RE2, text):
        return found[1]
    found = re.match(_SHORT_YEAR_RE2, text)
    return f"20{found[1]}" if found else None


def month_of(cell: str | None) -> str | None:
    """3, 03, 3月, 三月, M03 and March → "3"."""
    text = values.digits_of_months(values.tidy(cell))
    if found := re.match(_MONTH_RE2, text):
        return str(int(found[1]))
    found = re.match(_NAME_RE2, text)
    return str(_ENGLISH.index(found[1][:3]) + 1) if found else None


def quarter_of(cell: str | None) -> str | None:
    """1, Q1, 1Q, 一季度 and 第1季度 → "1"."""
    plain = values.tidy(cell).translate(str.maketrans(*_NUMERALS))
    found = re.match(_QUARTER_RE2, plain)
    return next(filter(None, found.groups()), None) if found else None


def _day_of(cell: str | None) -> str | None:
    found = re.match(_DAY_RE2, values.tidy(cell))
    return str(int(found[1])) if found else None


def _ats(parts: SplitDate) -> tuple[int | None, int | None, int | None]:
    return parts.year_at, parts.month_at, parts.day_at


def _year_sql(cell: str) -> str:
    long = f"nullif(regexp_extract(y, {literal(_YEAR_RE2)}, 1), '')"
    short = f"nullif(regexp_extract(y, {literal(_SHORT_YEAR_RE2)}, 1), '')"
    return bound(cells_sql.tidy(cell), "y", f"coalesce({long}, '20' || {short})")


def _month_sql(cell: str) -> str:
    number = f"nullif(regexp_extract(m, {literal(_MONTH_RE2)}, 1), '')"
    name = f"nullif(regexp_extract(m, {literal(_NAME_RE2)}, 1), '')"
    whens = " ".join(f"when {literal(word)} then '{at}'" for at, word in enumerate(_ENGLISH, 1))
    named = f"case left({name}, 3) {whens} end"
    text = cells_sql.digits_of_months(cells_sql.tidy(cell))
    return bound(text, "m", f"coalesce({number}, {named})")


def _quarter_sql(cell: str) -> str:
    text = f"translate({cells_sql.tidy(cell)}, {', '.join(map(literal, _NUMERALS))})"
    number = " || ".join(f"regexp_extract(q, {literal(_QUARTER_RE2)}, {at})" for at in (1, 2, 3))
    return bound(text, "q", f"nullif({number}, '')")


def _day_sql(cell: str) -> str:
    found = f"nullif(regexp_extract(d, {literal(_DAY_RE2)}, 1), '')"
    return bound(cells_sql.tidy(cell), "d", found)


def _column(
    headers: Sequence[str],
    sample: Cells,
    known: frozenset[str],
    read: Callable[[str | None], str | None],
) -> int | None:
    """The first column called so whose cells are bare parts of a date."""
    for at, header in enumerate(headers):
        told = _told(sample, at) if normal(header) in known else []
        if told and sum(read(cell) is not None for cell in told) >= _MOST * len(told):
            return at
    return None


def told_whole(headers: Sequence[str], sample: Cells, parts: Iterable[int | None] = ()) -> bool:
    """Whether a column that is none of the parts is called a date and holds dates."""
    used = set(parts)
    for at, header in enumerate(headers):
        if at in used or normal(header) not in _date_words():
            continue
        told = _told(sample, at)
        dates = sum(values.shape_of(cell) not in (None, "year") for cell in told)
        if told and dates >= _MOST * len(told):
            return True
    return False


@cache
def _date_words() -> frozenset[str]:
    dates = (one for each in all_tables().values() for one in each.columns.values())
    named = [one for one in dates if one.kind == "date" and one.name in ("date", "month")]
    return frozenset(word for one in named for word in (*words(one), *fallbacks(one)))


def _told(sample: Cells, at: int) -> list[str | None]:
    return [row[at] for row in sample if at < len(row) and not values.is_none(row[at])]
