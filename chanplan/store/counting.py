"""How the company counts, as the database holds it: its calendar, its cut-off, foreign money."""

from __future__ import annotations

from chanplan.domain import calendar
from chanplan.domain.company import Counting
from chanplan.domain.ports import Writer
from chanplan.store import company, exchange, matched, schema
from chanplan.store.joining import MonthOf
from chanplan.store.sales import SALES


def told(writer: Writer, settings: Counting) -> Counting:
    """The company's own words above what the settings say."""
    return settings.with_words(company.words(writer))


def lay_calendar(writer: Writer, counting: Counting) -> None:
    """Lay the months of its fiscal years anew, as they are cut."""
    schema.lay_calendar(writer, calendar.months(counting.fiscal_start, counting.cut))


def exchange_anew(writer: Writer, settings: Counting) -> set[int]:
    """Lay the rates of foreign money anew; the months in which lines are told otherwise."""
    if not exchange.is_needed(writer):
        return set()
    said = told(writer, settings)
    moved = exchange.rebuild(writer, said.currency, said.fx)
    matched.create(writer)
    return moved


def cut_off(writer: Writer) -> int | None:
    """How months are cut in what the database holds."""
    return next((day for (day,) in writer.rows("select cut_off_day from position")), None)


def month_of(cut_off_day: int | None) -> MonthOf:
    """SQL of a date → SQL of the month that a day-grain line counts in."""

    def month(day: str) -> str:
        plain = f"year({day}) * 100 + month({day})"
        if cut_off_day is None:
            return plain
        if calendar.weeks_from(cut_off_day):
            return (
                "coalesce((select told.month::integer from calendar as told"
                f" where {day} between told.first_day and told.last_day), {plain})"
            )
        following = f"(year({day}) + month({day}) // 12) * 100 + month({day}) % 12 + 1"
        return f"case when day({day}) <= {cut_off_day:d} then {plain} else {following} end"

    return month


def move(cut_off_day: int | None) -> str:
    """The update that tells a day-grain line's month."""
    month = month_of(cut_off_day)("date")
    return f"update {SALES.kept} set month = {month} where grain = 'day'"
