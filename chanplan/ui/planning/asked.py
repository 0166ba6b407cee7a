"""What the page asks of the store, kept until the data changes."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.domain import calendar
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Basis, Scope, TaxView
from chanplan.plans.mismatch import Mismatch, mismatches
from chanplan.plans.nodes import Told, told_of
from chanplan.plans.smart import Check, checked
from chanplan.ui import session
from chanplan.ui.session import worked_out, workspace
from chanplan.workspace import plan_files, planning, targeting
from chanplan.workspace.planning import Proposal, Wish
from chanplan.workspace.targeting import Unheard, Version

COMPANY: tuple[tuple[str, str], ...] = ()


def any_told() -> bool:
    """Whether any target counts."""
    return bool(versions())


def proposal(wish: Wish) -> Proposal:
    """A wish come true. TargetError where it cannot be."""
    return worked_out(_proposal, wish)


def versions() -> list[Version]:
    """Every version of every year."""
    return worked_out(_versions)


def unheard() -> list[Unheard]:
    """What was told of locked versions, and does not count."""
    return worked_out(_unheard)


def _unheard() -> list[Unheard]:
    return targeting.unheard(workspace().store)


def told(year: int) -> list[Told]:
    """The targets in force in a year, by measure and place."""
    return worked_out(_told, year)


def gaps(year: int) -> list[Mismatch]:
    """Wholes that do not agree with their parts."""
    return worked_out(_gaps, year)


def checks(year: int, basis: Basis, tax: TaxView) -> list[Check]:
    """Every target of a year beside its history, and the company as what its parts come to."""
    return worked_out(_checks, year, basis, tax)


def changes() -> pd.DataFrame:
    """Who has changed targets, when and why."""
    return worked_out(_changes)


def milestones() -> pd.DataFrame:
    """Every milestone by its date."""
    return worked_out(_milestones)


def _proposal(wish: Wish) -> Proposal:
    return planning.proposed(workspace().actuals, wish, _last_whole())


def _versions() -> list[Version]:
    return targeting.versions(workspace().store)


def _told(year: int) -> list[Told]:
    return told_of(targeting.in_force(workspace().store), year)


def _gaps(year: int) -> list[Mismatch]:
    return mismatches(told(year))


def _checks(year: int, basis: Basis, tax: TaxView) -> list[Check]:
    known = told(year)
    places = [(one.measure, one.place) for one in known]
    companies = {(one.measure, COMPANY) for one in known}
    wanted = [*dict.fromkeys([*places, *companies])]
    history = planning.actuals(workspace().actuals, wanted, year, basis, tax)
    computed = {measure for measure, _ in companies if _computed(measure, year, basis, tax)}
    return checked(known, year, history, computed, _with_milestones(year))


def _computed(measure: str, year: int, basis: Basis, tax: TaxView) -> bool:
    """Whether the store can tell what has come in of a measure."""
    scope = Scope(Period(year * 100 + 1, year * 100 + 12), basis, tax)
    return workspace().actuals(measure, scope, (), scope.period).reason is None


def _last_whole() -> int | None:
    """The last month that the data covers to its end."""
    covered = session.coverage()
    if covered is None:
        return None
    day = covered.data_date
    whole = day is None or day >= calendar.last_day(covered.last)
    return covered.last if whole else shift(covered.last, -1)


def _with_milestones(year: int) -> set[str]:
    found = milestones()
    return {
        str(row.measure or "net_sales")
        for row in found.itertuples()
        if pd.Timestamp(str(row.due)).year == year
    }


def _changes() -> pd.DataFrame:
    return targeting.changes(workspace())


def _milestones() -> pd.DataFrame:
    return plan_files.milestones(workspace())


def history(wish: Wish) -> dict[int, Decimal]:
    """Month → actual of everything together, in the years before."""
    return worked_out(_history, wish)


def _history(wish: Wish) -> dict[int, Decimal]:
    place = [(wish.measure, COMPANY)]
    found = planning.actuals(workspace().actuals, place, wish.year, wish.basis, wish.tax)
    return found.get((wish.measure, COMPANY), {})
