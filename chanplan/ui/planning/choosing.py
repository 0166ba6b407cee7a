"""Which plan: the year, what is planned, for whom, how it is split, and from what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import cast

import streamlit as st

from chanplan.domain.scope import TAX_VIEWS, Basis, TaxView
from chanplan.domain.targets import target_measures
from chanplan.metrics.catalogue import catalogue
from chanplan.plans.splitting import HOWS, How
from chanplan.ui import address, session, tables
from chanplan.ui.planning import asked
from chanplan.ui.session import language, say
from chanplan.workspace.planning import Wish

# Rows that a plan may have, in the order in which one goes down.
ROWS = {
    "channel": ("channel",),
    "region": ("region",),
    "partner": ("partner",),
    "category": ("category",),
    "salesperson": ("salesperson",),
    "channel_region": ("channel", "region"),
    "channel_partner": ("channel", "partner"),
    "company": (),
}
# Pixels below which inputs stand under each other.
_NARROWEST = 150
_DECEMBER = 12
_FROM = ("growth", "total", "forecast")


def wish() -> Wish:
    """The choices as a wish; what it starts from is asked in `amount`."""
    with st.grid(5, min_column_width=_NARROWEST, gap="small"):
        years = _years()
        shown = {one: session.figures().year(int(one)) for one in years}
        year = address.choice(
            "plan_year", years, _usual_year(), say("planning.year"), shown.__getitem__
        )
        measure = _chosen("measure", {one: named(one) for one in target_measures()})
        by = _chosen("rows", {code: rows_named(code) for code in _rows()})
        bases = session.bases() or ["order"]
        basis = _chosen("basis", {one: say(f"basis.{one}") for one in bases})
        usual = session.workspace().company.usual_tax(cast(Basis, basis))
        sides = sorted(TAX_VIEWS, key=lambda view: view != usual)
        tax = _chosen("tax", {one: say(f"tax.{one}") for one in sides})
    tables.under(f"{say(f'basis.{basis}')} · {say(f'tax.{tax}')}")
    return Wish(int(year), ROWS[by], measure, basis=cast(Basis, basis), tax=cast(TaxView, tax))


def amount(wish: Wish) -> Wish:
    """The same with its way of splitting, and last year's growth or a total."""
    with st.grid(3, min_column_width=_NARROWEST, gap="small"):
        start = _chosen("from", {one: say(f"planning.from_{one}") for one in _FROM})
        if start == "growth":
            chosen = replace(wish, growth=_number("growth", -90.0, 8.0, 0.5, "%.1f") / 100)
        elif start == "total":
            chosen = replace(wish, total=_number("total", 0.0, 0.0, 10_000.0, "%.0f"))
        else:
            return replace(wish, forecast=True)
        how = _chosen("how", {one: say(f"planning.how_{one}") for one in HOWS})
        return replace(chosen, how=cast(How, how))


def _chosen(name: str, shown: Mapping[str, str]) -> str:
    """One of the options, the first by default, in the address as plan_<name>."""
    options = list(shown)
    label = say(f"planning.{name}")
    return address.choice(f"plan_{name}", options, options[0], label, shown.__getitem__)


def _number(name: str, least: float, usual: float, step: float, form: str) -> Decimal:
    found = st.number_input(
        say(f"planning.{name}"),
        least,
        None,
        usual,
        step,
        key=f"plan_{name}",
        format=form,
        persist_state="session",
    )
    return Decimal(str(round(found, 2)))


def named(measure: str) -> str:
    """A measure by the name the catalogue gives it, else by the word of targets."""
    known = catalogue().measures.get(measure)
    if known is not None:
        return known.zh if language() == "zh" else known.en
    return say(f"target_measures.{measure}") if measure in target_measures() else measure


def rows_named(code: str) -> str:
    """ "channel_region" → 渠道 → 区域."""
    return " → ".join(dimension_named(one) for one in ROWS[code]) or say("planning.company")


def dimension_named(dimension: str) -> str:
    """A dimension by the reader's word."""
    known = catalogue().dimensions[dimension]
    return known.zh if language() == "zh" else known.en


def _rows() -> list[str]:
    """Those whose members the store knows."""
    return [code for code, by in ROWS.items() if all(session.members(one) for one in by)]


def _usual_year() -> str:
    """The year after the last whole one; without sales, the last that has targets."""
    covered = session.coverage()
    if covered is None:
        return str(max((one.year for one in asked.versions()), default=2000))
    whole = covered.last % 100 == _DECEMBER
    return str(covered.last // 100 + int(whole))


def _years() -> list[str]:
    usual = int(_usual_year())
    told = {one.year for one in asked.versions()}
    return [str(one) for one in sorted({*told, usual - 1, usual, usual + 1}, reverse=True)]
