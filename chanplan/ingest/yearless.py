"""Days told without their year (3月5日, 03-05, 5-Mar): it is that of the title, of the sheet's or
the file's name, or a person's; never a guess, and never the one said of an earlier file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chanplan.ingest import values
from chanplan.ingest.bare_days import IN_SIGNS, SHAPE, is_bare
from chanplan.ingest.matching import Match
from chanplan.ingest.settle_case import Case, titles
from chanplan.ingest.told import Note, Question

_CHINESE = re.compile("[\u4e00-\u9fff]")
_MOST = 0.5
_LAST_MONTH = 12
# A year by itself, or before its month: 2025, 202503, 20250305.
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=$|\D|(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?:$|\D))")
# What tells when the file was made, and not of when it tells.
_MADE = re.compile(r"导出|打印|生成|制表|下载|export|print|generat|download|creat", re.IGNORECASE)


def settled(
    case: Case, matches: Mapping[str, Match], recent: Sequence[str]
) -> tuple[dict[str, str], list[Question], list[Note]]:
    """The words of `Recipe.formats` for the sheet's first date, what to ask, what to tell; nothing
    where it has its years."""
    kinds = case.fit.table.columns
    name = next((one for one in kinds if kinds[one].kind == "date" and one in matches), None)
    cells = [c for c in case.cells(matches[name]) if not values.is_none(c)] if name else []
    texts = [values.digits_of_months(values.tidy(cell)) for cell in cells]
    bare = [text for text in texts if is_bare(text)]
    if name is None or not bare or len(bare) < _MOST * len(texts):
        return {}, [], []
    order, asked = _order(case, name, matches[name].header, bare)
    told = _years(case)
    year = case.hints.year or (told[0] if len(told) == 1 else None)
    formats = {name: SHAPE, **({"year": year} if year else {})}
    formats |= {"date_order": order} if order else {}
    if year is None:
        return formats, [*asked, Question("year", "year", told or tuple(recent))], []
    notes = [] if case.hints.year else [Note("year_from_around", {"year": year})]
    return formats, asked, notes


def _order(
    case: Case, name: str, header: str, texts: Sequence[str]
) -> tuple[str | None, list[Question]]:
    """Which of 3/5 is the month: as the rows say, as a Chinese heading says, or asked."""
    pairs = [(int(m[1]), int(m[2])) for text in texts if (m := IN_SIGNS.match(text))]
    known = case.hints.date_order
    if not pairs or known:
        return known, []
    first, second = (any(pair[at] > _LAST_MONTH for pair in pairs) for at in (0, 1))
    if first != second:
        return "dmy" if first else "mdy", []
    if _CHINESE.search(header):
        return "mdy", []
    return None, [Question("date_order", name, ("mdy", "dmy"))]


def _years(case: Case) -> tuple[str, ...]:
    names = (case.sheet.name or "", case.name.rsplit(".", 1)[0])
    texts = (text for text in (*titles(case), *names) if not _MADE.search(text))
    return tuple(dict.fromkeys(year for text in texts for year in _YEAR.findall(text)))
