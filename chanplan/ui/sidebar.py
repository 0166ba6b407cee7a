"""The sidebar of every page that reads sales: period, comparison, filters, basis, tax view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

import streamlit as st

from chanplan.domain.period import Period
from chanplan.domain.scope import TAX_VIEWS, Basis, Comparison, Days, Scope, TaxView
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.ui import address, comparing, crumbs, exchanged, notes, periods, session, tables
from chanplan.ui.session import figures, language, say
from chanplan.ui.view import View, base_of, covers
from chanplan.workspace import Coverage

# In the order a planner narrows down; those in view first, the others behind "more".
FILTERS = ("channel", "region", "category")
MORE_FILTERS = (
    "channel_kind", "channel_group", "partner", "brand", "series", "product", "department",
    "manager", "salesperson", "source",
)  # fmt: skip
# A list longer than this is no choice any more, and slows every run of the page.
LONGEST_LIST = 3000
# How the catalogue writes "not stated" in a filter.
NOT_STATED = ""


def view(coverage: Coverage) -> View:
    """Draw the sidebar and resolve what it says.

    The basis comes first: it decides which months there are to choose from.
    """
    everything = Period(coverage.first, coverage.last)
    with st.sidebar:
        basis = asked_basis()
        taxes = _taxes(everything, basis)
        tax = _tax(taxes)
        covered = _months(everything, basis, tax) or list(everything)
        kind, period, days = _period(covered, coverage)
        compare = _comparison(kind, period, covered)
        if days is None:
            days = comparing.same(period, compare, coverage)
        attributes = comparing.attributes()
        where = _filters()
        _masking()
    scope = Scope(period, basis, tax, attributes, where, days=days)
    told = _told(scope, compare, coverage)
    tables.under(" · ".join(told))
    noted = notes.of(scope, compare, coverage, covered)
    if len(taxes) > 1:
        noted += notes.of_tax(scope)
    return View(scope, compare, told, noted, comparing.base_told(period, compare, days))


def stretch(coverage: Coverage, most: int = 12) -> Scope:
    """Basis, tax view and a run of months, the last `most` by default: for pages that hold
    sources against each other and filter in their own way."""
    everything = Period(coverage.first, coverage.last)
    with st.sidebar:
        basis = asked_basis()
        tax = _tax(_taxes(everything, basis))
        covered = _months(everything, basis, tax) or list(everything)
        months = {code: figures().month(periods.month_of(code)) for code in periods.months(covered)}
        newest = next(iter(months))
        usual = list(months)[min(most, len(months)) - 1]
        first = _month("since", months, usual, say("period.from"))
        last = _month("until", months, newest, say("period.to"))
    return Scope(periods.span([first, last]), basis, tax)


def _masking() -> None:
    """Asked only where a customer is called by a phone number, an ID number or an address."""
    if session.workspace().customers.masks("customer"):
        st.toggle(
            say("masking.unmasked"),
            key=session.UNMASKED_KEY,
            help=say("masking.help"),
            persist_state="session",
        )


def _period(covered: list[int], coverage: Coverage) -> tuple[str, Period, Days | None]:
    """The kind of period, its months, and its days where it is an event."""
    held = comparing.holdings(coverage, covered)
    kinds = [kind for kind in periods.KINDS if held or kind != "event"]
    show = {kind: say(f"period.{kind}") for kind in kinds}
    default = periods.default_kind(covered)
    kind = address.choice("period", kinds, default, say("period.label"), show.__getitem__)
    if kind == "event":
        return kind, *comparing.event(coverage, held)
    return kind, _of_months(kind, covered), None


def _of_months(kind: str, covered: list[int]) -> Period:
    """A period of whole months."""
    months = {code: figures().month(periods.month_of(code)) for code in periods.months(covered)}
    newest, oldest = next(iter(months)), next(reversed(months))
    if kind == "quarter":
        return _quarter(covered)
    if kind == "custom":
        return periods.span([_month("from", months, oldest), _month("to", months, newest)])
    label = say("period.month" if kind == "month" else "period.until")
    last = _month("month", months, newest, label)
    if kind == "month":
        return Period(last, last)
    if kind == "year_to_date":
        return periods.year_to_date(last, session.settings().fiscal_year_start_month)
    return periods.last_12(last)


def _month(key: str, months: dict[str, str], default: str, label: str | None = None) -> int:
    """One of the covered months."""
    label = label or say(f"period.{key}")
    chosen = address.choice(key, list(months), default, label, months.__getitem__)
    return periods.month_of(chosen)


def _quarter(covered: list[int]) -> Period:
    codes = periods.quarters(covered)
    show = {code: figures().quarter(periods.quarter_of(code)) for code in codes}
    label = say("period.quarter")
    return periods.of_quarter(address.choice("quarter", codes, codes[0], label, show.__getitem__))


def _comparison(kind: str, period: Period, covered: list[int]) -> Comparison:
    """Last year where it is covered; the span before a year-to-date, or before an event, is no
    comparison."""
    options = ["last_year", "previous", "none"]
    if kind in ("year_to_date", "event"):
        options.remove("previous")
    whole = (name for name in options if name != "none" and _is_covered(name, period, covered))
    show = {name: say(f"compare.{name}") for name in options}
    default = next(whole, "none")
    chosen = address.choice("compare", options, default, say("compare.label"), show.__getitem__)
    return cast(Comparison, chosen)


def _is_covered(compare: str, period: Period, covered: list[int]) -> bool:
    base = base_of(period, cast(Comparison, compare))
    return covers(covered, base) == len(period)


def asked_basis() -> Basis:
    """Asked only where the data has more than one; no number ever adds two."""
    bases = session.bases()
    if len(bases) < 2:
        return cast(Basis, bases[0] if bases else "order")
    show = {basis: say(f"basis.{basis}") for basis in bases}
    return cast(
        Basis, address.choice("basis", bases, bases[0], say("basis.label"), show.__getitem__)
    )


def _taxes(everything: Period, basis: Basis) -> list[str]:
    """The tax views that hold amounts."""
    return [tax for tax in TAX_VIEWS if _months(everything, basis, tax)]


def _tax(known: list[str]) -> TaxView:
    """Asked only where both views hold amounts, the company's own by default; else the one that
    does."""
    if len(known) < 2:
        return cast(TaxView, known[0] if known else "with_tax")
    show = {tax: say(f"tax.{tax}") for tax in known}
    usual = session.workspace().company.said.tax or known[0]
    return cast(TaxView, address.choice("tax", known, usual, say("tax.label"), show.__getitem__))


def _months(everything: Period, basis: Basis, tax: TaxView) -> list[int]:
    """Months with known net sales."""
    scope = Scope(period=everything, basis=basis, tax=tax)
    monthly = session.ask(MetricQuery(("net_sales",), scope, by=("month",)))
    cells = zip(monthly["month"], monthly["net_sales"], strict=True)
    return [int(month) for month, value in cells if value is not None]


def _filters() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Dimension → chosen members, for every dimension that has at least two."""
    chosen = [(name, _filter(name)) for name in FILTERS]
    with st.expander(say("filters.more")):
        chosen += [(name, _filter(name)) for name in MORE_FILTERS]
    return tuple((name, members) for name, members in chosen if members)


def offers(name: str) -> bool:
    """Whether a dimension is among the filters and has members to choose between."""
    known = name in (*FILTERS, *MORE_FILTERS)
    return known and 2 <= len(session.members(name)) <= LONGEST_LIST


def narrowing(name: str) -> Callable[[str | None], None] | None:
    """What a click on a member in a chart does: keep only it, where a filter offers that."""
    return partial(crumbs.keep, name) if offers(name) else None


def _filter(name: str) -> tuple[str, ...]:
    if not offers(name):
        return ()
    members = session.members(name)
    names = session.labels(name)
    show = {member: names.get(member, member) for member in members}
    show[NOT_STATED] = say("members.missing")
    dimension = catalogue().dimensions[name]
    label = dimension.zh if language() == "zh" else dimension.en
    return tuple(address.choices(name, list(show), label, show.__getitem__, say("filters.all")))


def _told(scope: Scope, compare: Comparison, coverage: Coverage) -> tuple[str, ...]:
    said = [
        say(f"basis.{scope.basis}"),
        say(f"tax.{scope.tax}"),
        comparing.told(scope.period, scope.days),
    ]
    if rates := exchanged.told(scope.period):
        said.append(rates)
    base = comparing.base_told(scope.period, compare, scope.days)
    if base:
        said.append(say(f"compare.told_{compare}", base=base))
    said += comparing.attributes_told(scope)
    if coverage.data_date:
        said.append(say("head.data_date", day=figures().date(coverage.data_date)))
    if coverage.latest and coverage.latest != coverage.data_date:
        said.append(say("head.latest", day=figures().date(coverage.latest)))
    return tuple(said)
