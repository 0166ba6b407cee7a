"""What a reader must know before believing a page: gaps in the base, the period, the tax view."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from chanplan.analysis import missing, moved_events, reach
from chanplan.domain import calendar
from chanplan.domain.period import Period
from chanplan.domain.scope import Comparison, Scope
from chanplan.ui import comparing, figure, session
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.view import base_of, covers
from chanplan.workspace import Coverage

# Sources told by name; more of them are counted.
MOST_SOURCES = 3


def of(
    scope: Scope, compare: Comparison, coverage: Coverage, covered: Collection[int]
) -> tuple[str, ...]:
    """The notes below the head line, as sentences in the reader's language.

    covered  the months with net sales in this basis and tax view
    """
    return (
        *_base(scope.period, compare, covered),
        *_missing_sources(scope, compare, coverage),
        *_short_month(scope, compare, coverage),
        *_events(scope, compare),
    )


def of_tax(scope: Scope) -> tuple[str, ...]:
    """Sources whose files give no amounts in this tax view; asked only where there are two."""
    shown, other = reach.tax_queries(scope)
    silent = reach.without_amounts(session.ask(shown), session.ask(other))
    names = [plain(figure.name_of("source", source)) for source in silent[:MOST_SOURCES]]
    if not names:
        return ()
    told = say("reach.no_tax_view", tax=say(f"tax.{scope.tax}"), sources=names)
    return (told, *_and_more(len(silent)))


def _base(period: Period, compare: Comparison, covered: Collection[int]) -> tuple[str, ...]:
    base = base_of(period, compare)
    known = covers(covered, base)
    if base is None or known == len(base):
        return ()
    code = "compare.base_missing" if known == 0 else "compare.base_partly"
    told = figures().span(base.first, base.last)
    return (say(code, base=told, known=known, months=len(base)),)


def _missing_sources(scope: Scope, compare: Comparison, coverage: Coverage) -> tuple[str, ...]:
    """Sources that stop before the period does, with what they sold in the base."""
    base = base_of(scope.period, compare)
    if base is None:
        return ()
    everything = Period(coverage.first, coverage.last)
    back = missing.months_back(scope.period, compare)
    sold = session.ask(missing.query(scope, everything))
    files = session.ask(missing.query(replace(scope, where=()), everything))
    gaps = missing.missing(sold, scope.period, back, files)
    told = [
        say(
            f"reach.missing_{compare}",
            source=plain(figure.name_of("source", gap.source)),
            months=figures().span(gap.first, gap.last),
            sold=figures().money(gap.sold),
        )
        for gap in gaps[:MOST_SOURCES]
    ]
    return (*told, *_and_more(len(gaps)))


def _and_more(count: int) -> tuple[str, ...]:
    return (say("reach.and_more", count=count - MOST_SOURCES),) if count > MOST_SOURCES else ()


def _events(scope: Scope, compare: Comparison) -> tuple[str, ...]:
    """The company's own events that only one of the two periods holds."""
    base = base_of(scope.period, compare)
    own = [event for event in session.events() if not event.cancelled]
    if base is None or scope.days is not None or not own:
        return ()
    cut_off = session.settings().cut_off_day or calendar.MONTH_END
    found = moved_events.one_sided(scope.period, base, own, cut_off)
    told = [
        say(
            "events.only_now" if one.now else "events.only_base",
            name=comparing.event_name(one.event),
            first=figures().date(one.event.start),
            last=figures().date(one.event.last),
        )
        for one in found[:MOST_SOURCES]
    ]
    return (*told, *_and_more(len(found)))


def _short_month(scope: Scope, compare: Comparison, coverage: Coverage) -> tuple[str, ...]:
    cut_off = session.settings().cut_off_day or calendar.MONTH_END
    month = reach.short_month(scope.period, coverage.data_date, cut_off)
    if month is None or coverage.data_date is None:
        return ()
    day = figures().date(coverage.data_date)
    code = "reach.short_month" if compare == "none" else "reach.short_month_compared"
    code = "reach.same_days" if scope.days is not None else code
    return (say(code, month=figures().month(month), day=day),)
