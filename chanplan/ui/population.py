"""Which customers a page is about, and at which day: chosen before anything is shown."""

from __future__ import annotations

from datetime import date

import streamlit as st

from chanplan.analysis.customers.facts import Asked, PopulationCount
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ui import address, comparing, navigation, session
from chanplan.ui.session import figures, say
from chanplan.ui.view import View

KEY, AT = "population", "at"
# Quarter ends offered as earlier days.
MOST_DAYS = 20
_OPEN = ""


def asked(view: View) -> Asked:
    """The population and the day chosen; stops the page where nobody can be told, or where there
    are several populations and none is chosen."""
    known = session.workspace().customers.populations(view.scope)
    if not known:
        st.info(say("populations.none"))
        navigation.link(navigation.IMPORTS)
        st.stop()
    day = session.workspace().customers.data_date(view.scope)
    population = _population(known)
    scope = view.scope.at(_everything(view.scope))
    return Asked(population, scope, day)


def at_day(one: Asked) -> Asked:
    """The same at the day that a choice says: the data date, or an earlier quarter's end. The
    period of the sidebar does not matter where customers are judged by their whole history."""
    days = earlier(one)
    codes = ["", *(day.isoformat() for day in days)]
    show = {day.isoformat(): figures().date(day) for day in days}
    show[""] = say("populations.data_date", day=figures().date(one.as_of))
    chosen = address.choice(AT, codes, "", say("populations.at"), show.__getitem__)
    return Asked(one.population, one.scope, date.fromisoformat(chosen)) if chosen else one


def earlier(one: Asked) -> list[date]:
    """The ends of the quarters before the day, the latest first, while there are lines."""
    covered = session.coverage()
    if covered is None:
        return []
    return ends_of_quarters(one.as_of, covered.first)[:MOST_DAYS]


def ends_of_quarters(day: date, first: int) -> list[date]:
    """The quarter ends before a day and not before the month `first` (202301), latest first."""
    found, year, month = [], day.year, (day.month - 1) // 3 * 3
    while (year * 100 + month if month else (year - 1) * 100 + 12) >= first:
        year, month = (year, month) if month else (year - 1, 12)
        found.append(date(year, month, 31 if month in (3, 12) else 30))
        month -= 3
    return found


def name(population: str) -> str:
    """What a population is called."""
    return say(f"populations.{population}")


def _population(known: tuple[PopulationCount, ...]) -> str:
    options = [one.population for one in known]
    if len(options) == 1:
        return options[0]
    counts = {one.population: figures().count(one.customers) for one in known}
    show = {p: say("populations.one", name=name(p), count=counts[p]) for p in options}
    now = address.current(KEY, [_OPEN, *options], _OPEN)
    if now == _OPEN:
        st.session_state[KEY] = None
    chosen = st.segmented_control(
        say("populations.label"),
        options,
        key=KEY,
        format_func=show.__getitem__,
        persist_state="session",
    )
    address.write(KEY, chosen or _OPEN, _OPEN)
    if chosen is None:
        _tell(known)
        st.stop()
    return chosen


def _tell(known: tuple[PopulationCount, ...]) -> None:
    lines = [
        f"- **{name(one.population)}** · {figures().count(one.customers)} ·"
        f" {figures().money(one.net)} · {say(f'populations.why_{one.why}')}"
        for one in known
    ]
    st.info(say("populations.choose"))
    st.markdown("\n".join(lines))


def _everything(scope: Scope) -> Period:
    covered = session.coverage()
    return Period(covered.first, covered.last) if covered else scope.period


def head(one: Asked) -> str:
    """Whose figures these are and at which day, for the names of downloads."""
    return f"{name(one.population)} · {figures().date(one.as_of)}"


def about(one: Asked) -> str:
    """The same with basis, side of the tax and where members belong, for what a download says of
    itself."""
    scope = one.scope
    told = [say(f"basis.{scope.basis}"), say(f"tax.{scope.tax}")]
    return " · ".join([head(one), *told, *comparing.attributes_told(scope)])
