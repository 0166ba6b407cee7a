"""How a sheet lies: its months and years, cells that stand for those below, rows told in groups."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import SplitDate
from chanplan.ingest import values
from chanplan.ingest.carrying import FEWEST_GROUPS, in_groups
from chanplan.ingest.matching import Match
from chanplan.ingest.meanings import open_table
from chanplan.ingest.over_years import over_year
from chanplan.ingest.settle_case import DIRECT, LONE, Case, rows_below, titles
from chanplan.ingest.told import Note, Question
from chanplan.ingest.wide import differing, open_year

# Members whose names sheets tell once for a group of rows.
_TOLD_ONCE = ("date", "channel", "partner", "region", "province", "city")
# 渠道：天猫 in a line of its own names a group, too.
_LABELLED = re.compile(
    r"^(?:渠道|经销商|门店|店铺|客户|区域|大区|省份|城市|平台|月份|日期|产品|品类|channel|partner|dealer|store|customer"
    r"|region|month|date|product|category)\s*[:：]\s*(\S.{0,30})$",
    re.IGNORECASE,
)
# Longer ones are remarks.
_LONGEST_NAME = 12


def wide_months(case: Case) -> tuple[list[Question], list[Note]]:
    """What a sheet with its months side by side leaves open: its year, what its cells are."""
    layout = case.fit.layout
    if layout.split is not None:
        return _split(case, layout.split)
    if layout.wide is None:
        return _named_otherwise(case), []
    heads = [layout.headers[at] for at, _ in layout.wide.months]
    notes = [Note("wide_months", {"first": heads[0], "last": heads[-1], "count": len(heads)})]
    below = case.sheet.top[case.fit.header_line :]
    if wrong := differing(layout, below):
        header = layout.headers[layout.totals or 0]
        notes.append(Note("wide_totals_differ", {"rows": wrong, "header": header}))
    questions = []
    if open_year(layout.wide):
        questions.append(Question("year", "year", layout.years or recent_years(case.today)))
        if over_year(layout.wide.months):
            notes.append(Note("months_over_year", {"first": heads[0], "last": heads[-1]}))
    elif layout.wide.year and not case.hints.year:
        notes.append(Note("year_from_around", {"year": layout.wide.year}))
    if not (layout.kinds or case.hints.table or case.old):
        questions.append(Question("table", "table", ("sales", "targets")))
    return questions, notes


def _named_otherwise(case: Case) -> list[Question]:
    """Whether a list whose names and titles say plan, returns or purchases tells sales at all."""
    known = case.hints.table or case.old or case.fit.shape
    if known or not case.sales:
        return []
    money = [case.fit.matches[n] for n in ("amount", *DIRECT) if n in case.fit.matches]
    signs = any((values.number_of(cell) or 0) < 0 for m in money for cell in case.cells(m))
    types = {"status", "line_type", "refund"} & set(case.fit.matches)
    texts = (*titles(case), case.sheet.name or "", case.name.rsplit(".", 1)[0])
    options = open_table(texts, bool(types) or signs)
    return [Question("table", "table", options)] if options else []


def _split(case: Case, split: SplitDate) -> tuple[list[Question], list[Note]]:
    """What a date told in parts leaves open: the year of bare months."""
    headers = [header for at, header in enumerate(case.fit.headers) if at in split.ats]
    notes = [Note("date_in_parts", {"headers": headers})]
    if split.year_at is not None:
        return [], notes
    if split.year is None:
        years = case.fit.layout.years or recent_years(case.today)
        return [Question("year", "year", years)], notes
    if not case.hints.year:
        notes.append(Note("year_from_around", {"year": split.year}))
    return [], notes


def one_month(case: Case) -> tuple[dict[str, str], list[Question], list[Note]]:
    """The month of a sheet that dates no row, as its name or a person says; a title's or a
    file's is asked once, and taken from then on."""
    day, told = case.fit.undated, case.fit.layout.month
    if day is None or told is None:
        return {}, [], []
    known = told.certain or (case.old is not None and day in case.old.constants)
    if known and told.whole:
        notes = [] if case.hints.month else [Note("month_from_around", {"month": told.month})]
        return {day: told.month}, [], notes
    years = () if told.whole else tuple(f"{year}-{told.month}" for year in recent_years(case.today))
    proposal = told.month if told.whole else None
    constants = {day: told.month} if told.whole else {}
    return constants, [Question("month", "month", years or (told.month,), proposal)], []


def filled_down(case: Case, matches: Mapping[str, Match]) -> tuple[int, ...]:
    """Columns of names and dates in which a merged cell speaks for the rows it covers."""
    kinds = case.fit.table.columns
    named = {m.at for name, m in matches.items() if kinds[name].kind in ("text", "date", "flag")}
    named |= case.fit.layout.split.ats if case.fit.layout.split else frozenset()
    return tuple(sorted(named & set(case.sheet.covered)))


def told_in_groups(
    case: Case, matches: Mapping[str, Match]
) -> tuple[tuple[int, ...], list[Question]]:
    """Whether names are told once for a group of rows, which is asked and never guessed."""
    split = case.fit.layout.split
    found = [*(sorted(split.ats) if split else ())]
    # A date put together from its parts stands in no column of the file.
    found += [matches[n].at for n in _TOLD_ONCE if n in matches and not (split and n == "date")]
    open_columns = tuple(
        at for at in found if at not in case.sheet.covered and in_groups(rows_below(case), at)
    )
    known = case.hints.fill_down
    if not known and case.old is not None:
        known = "yes" if case.old.carried else "no"
    if not open_columns or known == "no":
        return (), []
    if known == "yes":
        return open_columns, []
    header = case.fit.headers[open_columns[0]]
    return (), [Question("fill_down", header, ("yes", "no"), "yes")]


def check_groups(case: Case) -> None:
    """UnrecognisedTableError where lines of their own tell whose the rows below are, and these do
    not: what stands there would be lost."""
    if not case.sales or case.fit.layout.wide or case.hints.channel:
        return
    named = [m.at for n, m in case.fit.matches.items() if n in _TOLD_ONCE and n != "date"]
    rows = rows_below(case)[: len(case.fit.sample)]
    heads = {head for head, row in zip(map(_group, rows), rows[1:], strict=False)
             if head and len([cell for cell in row if cell]) > LONE}  # fmt: skip
    full = [row for row in rows if len([cell for cell in row if cell]) > LONE]
    told = any(at < len(row) and row[at] for row in full for at in named)
    if len(heads) >= FEWEST_GROUPS and not told:
        raise UnrecognisedTableError("groups_in_rows", name=case.name, heads=sorted(heads)[:5])


def _group(row: Sequence[str | None]) -> str | None:
    """What the only cell of a row says, where it is a short name."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    if len(cells) == 1 and (labelled := _LABELLED.match(cells[0])):
        return labelled[1]
    if len(cells) != 1 or len(cells[0]) > _LONGEST_NAME or not cells[0].isalpha():
        return None
    return cells[0]


def recent_years(today: date) -> tuple[str, ...]:
    return tuple(str(today.year - back) for back in (-1, 0, 1, 2, 3, 4))
