"""The company's calendar: where its year begins, how its months are cut, and its own events."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from chanplan.domain import calendar, weeks
from chanplan.domain.company import weeks_from
from chanplan.domain.period import MONTHS_A_YEAR
from chanplan.ui import session
from chanplan.ui.company import deciding, events
from chanplan.ui.session import figures, say, workspace

KEYS = ("fiscal_year_start_month", "cut_off_day", "week")
_UNSAID = "unsaid"
_CUTS = (_UNSAID, "end", "day", "weeks")
# The day most companies that cut by a day close on: 26–25.
USUAL_CUT = 25


def show() -> None:
    """The settings with what they would move, then the events."""
    st.header(_told(), anchor=False)
    st.markdown(say("company.calendar_how"))
    deciding.stands(KEYS)
    left, right = st.columns(2)
    with right:
        cut, week = _months()
    with left:
        fiscal = _fiscal(week)
    deciding.change({"fiscal_year_start_month": fiscal, "cut_off_day": cut, "week": week}, "cal")
    events.show()


def _told() -> str:
    """What holds today, in one sentence."""
    counting, write = workspace().counting, figures()
    start = say("company.year_starts", month=say(f"company.month_{counting.fiscal_start}"))
    first = weeks_from(counting.week)
    if first is not None:
        year = _year(first)
        begins = weeks.starts(first, year)
        told = say("company.cut_weeks", first=write.date(begins),
                   count=weeks.weeks_of(first, year))  # fmt: skip
    elif counting.cut_off_day is None:
        told = say("company.cut_end")
    else:
        told = say("company.cut_day", first=counting.cut_off_day + 1, last=counting.cut_off_day)
    return say("company.calendar_told", start=start, cut=told)


def _fiscal(week: str | None) -> str | None:
    """The fiscal year's first month, as it is to be said."""
    said = workspace().company.said.fiscal_year_start_month
    options = [_UNSAID, *(str(month) for month in range(1, MONTHS_A_YEAR + 1))]
    names = {month: say(f"company.month_{month}") for month in options[1:]}
    plain = workspace().environment.fiscal_year_start_month
    names[_UNSAID] = say("company.unsaid_as", told=say(f"company.month_{plain}"))
    of_weeks = week is not None and weeks_from(week) is not None
    chosen = st.selectbox(
        say("company.fiscal"),
        options,
        index=options.index(str(said) if said else _UNSAID),
        format_func=names.__getitem__,
        key=f"company_fiscal_{workspace().version}",
        disabled=of_weeks,
        help=say("company.fiscal_weeks" if of_weeks else "company.fiscal_help"),
    )
    return None if chosen == _UNSAID else chosen


def _months() -> tuple[str | None, str | None]:
    """The words on the cut-off day and on weeks."""
    company, version = workspace().company.said, workspace().version
    first = weeks_from(company.week or "none")
    stands = "weeks" if first else _cut_of(company.cut_off_day)
    names = {code: say(f"company.cut_of_{code}") for code in _CUTS}
    chosen = st.radio(
        say("company.cut"),
        _CUTS,
        index=_CUTS.index(stands),
        format_func=names.__getitem__,
        key=f"company_cut_{version}",
        help=say("company.cut_help"),
    )
    if chosen == "weeks":
        begins = st.date_input(
            say("company.weeks_first"),
            first or _monday(),
            key=f"company_weeks_{version}",
            format="YYYY-MM-DD",
            help=say("company.weeks_help"),
        )
        cut = None if company.cut_off_day is None else str(company.cut_off_day)
        return cut, f"445:{begins.isoformat()}" if isinstance(begins, date) else company.week
    counted = st.checkbox(
        say("company.iso"),
        company.week == "iso",
        key=f"company_iso_{version}",
        help=say("company.iso_help"),
    )
    week = "iso" if counted else None if company.week is None else "none"
    if chosen == "day":
        day = st.number_input(
            say("company.cut_last"),
            1,
            calendar.MONTH_END - 1,
            value=company.cut_off_day if stands == "day" and company.cut_off_day else USUAL_CUT,
            key=f"company_day_{version}",
            help=say("company.cut_last_help"),
        )
        return str(int(day)), week
    return (str(calendar.MONTH_END) if chosen == "end" else None), week


def _cut_of(day: int | None) -> str:
    if day is None:
        return _UNSAID
    return "end" if day == calendar.MONTH_END else "day"


def _monday() -> date:
    """The first day of the ISO year of the newest data."""
    return date.fromisocalendar(_year(None), 1, 1)


def _year(first: date | None) -> int:
    """The calendar year of the newest data, of weeks that in which their year began."""
    covered = session.coverage()
    newest = covered.last if covered else int(f"{datetime.now(UTC):%Y%m}")
    begins = (weeks.first_month(first) if first else None) or 1
    return newest // 100 - (newest % 100 < begins)
