"""At which rates foreign money is told in the company's, where the figures of a page hold any."""

from __future__ import annotations

from chanplan.domain.company import constant_month
from chanplan.domain.period import Period
from chanplan.ui import session
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.workspace import foreign


def told(period: Period) -> str | None:
    """A part of the head line: the currencies and their rates; None where no line is told so."""
    names = session.worked_out(_told_in, period.first, period.last)
    if not names:
        return None
    counting = session.workspace().counting
    month = constant_month(counting.fx)
    values = {"currencies": [plain(name) for name in names], "money": counting.currency}
    if month is None:
        return say("exchanged.current", **values)
    return say("exchanged.constant", month=figures().month(month), **values)


def lacking(period: Period) -> str:
    """The way out where money is missing for want of rates: which, of which months; "" for none."""
    rests = [
        (one.currency, [month for month in one.months if month in period])
        for one in session.worked_out(_lacking)
    ]
    named = [
        say("exchanged.lacking_of", currency=plain(currency),
            months=say("company.comma").join(figures().month(month) for month in months[:6]))
        for currency, months in rests
        if months
    ]  # fmt: skip
    return say("exchanged.lacking", currencies=named) if named else ""


def _lacking() -> list[foreign.Lacking]:
    return foreign.lacking(session.workspace())


def _told_in(first: int, last: int) -> tuple[str, ...]:
    return tuple(foreign.told_in(session.workspace(), first, last))
