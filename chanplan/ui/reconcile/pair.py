"""Two sources side by side: which two, from A to B in steps, and the lines behind a step."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from chanplan.analysis.reconcile.two_sources import ALL, Difference, Pair, Side, Way
from chanplan.domain.scope import Scope
from chanplan.ui import address, figure, session
from chanplan.ui.plain import plain
from chanplan.ui.reconcile import asked, pair_drawn, pair_lines
from chanplan.ui.session import figures, say

_WAYS = ("auto", "orders", "products")
_PERCENT = Decimal(100)
# Partners offered as a filter.
MOST_PARTNERS = 3000


def show(scope: Scope) -> None:
    """The tab."""
    sides = asked.sides(scope)
    if len(sides) < 2:
        st.info(say("reconcile.one_side"))
        return
    pair, narrowed = _chosen(scope, sides)
    channels = _channels(narrowed, pair)
    way = _way()
    with st.spinner(say("reconcile.comparing"), show_time=True):
        found, used = asked.difference(narrowed, pair, way, channels)
    if found is None:
        st.info(say("reconcile.no_lines"))
        return
    _says(found, pair, used)
    pair_drawn.show(found, pair, narrowed)
    pair_lines.show(found, pair, narrowed, channels)


def named(side: Side) -> str:
    """天猫 · 下单口径 · 含税."""
    source = say("reconcile.all_sources") if side.source == ALL else side.source
    return " · ".join([source, say(f"basis.{side.basis}"), say(f"tax.{side.tax}")])


def _chosen(scope: Scope, sides: list[Side]) -> tuple[Pair, Scope]:
    known = {f"{side.basis}-{side.source}": side for side in sides}
    names = {code: named(side) for code, side in known.items()}
    usual = _usual(scope, sides)
    with st.grid(3, min_column_width=210, gap="small"):
        first = address.choice(
            "side_a", list(known), usual[0], say("reconcile.side_a"), names.__getitem__
        )
        others = [code for code in known if code != first]
        second = address.choice(
            "side_b",
            others,
            usual[1] if usual[1] in others else others[0],
            say("reconcile.side_b"),
            names.__getitem__,
        )
        partner = _partner()
    pair = Pair(known[first], known[second])
    if pair.a.tax != pair.b.tax:
        percent = st.number_input(
            say("reconcile.rate"), 0.0, 100.0, float(asked.rate() * _PERCENT), 1.0,
            key="pair_rate", format="%.2f", help=say("reconcile.rate_help"), width=210,
        )  # fmt: skip
        pair = Pair(pair.a, pair.b, Decimal(str(round(percent, 4))) / _PERCENT)
    return pair, scope.only("partner", partner) if partner else scope


def _usual(scope: Scope, sides: list[Side]) -> tuple[str, str]:
    """The two sources with most money at stake; else sell-in and sell-out, or the first two."""
    code = {side: f"{side.basis}-{side.source}" for side in sides}
    for one in asked.conflicts(scope):
        names = [f"{scope.basis}-{source}" for source in one.amounts]
        if len(names) > 1 and {*names} <= {*code.values()}:
            return names[0], names[1]
    bases: dict[str, str] = {}
    for side in sides:  # a basis as a whole stands before its sources
        bases.setdefault(side.basis, code[side])
    if len(bases) > 1:
        first, second, *_ = bases.values()
        return first, second
    alone = [code[side] for side in sides if side.source != ALL]
    return alone[0], alone[1]


def _partner() -> str:
    partners = session.members("partner")
    if not 0 < len(partners) <= MOST_PARTNERS:
        return ""
    names = session.labels("partner")
    show = {"": say("filters.all")} | {name: names.get(name, name) for name in partners}
    return address.choice(
        "side_partner", list(show), "", figure.dimension_name("partner"), show.__getitem__
    )


def _channels(scope: Scope, pair: Pair) -> tuple[str, ...] | None:
    found, _ = asked.difference(scope, pair, "orders", None)
    if found is None:
        return None
    known = sorted({str(name) for name in found.cells["channel"]})
    if len(known) < 2:
        return None
    told = figure.names_of("channel", [one or None for one in known])
    names = dict(zip(known, told, strict=True))
    chosen = address.choices(
        "side_channels", known, figure.dimension_name("channel"), names.__getitem__,
        say("filters.all"),
    )  # fmt: skip
    return tuple(chosen) or None


def _way() -> Way | None:
    shown = {way: say(f"reconcile.way_{way}") for way in _WAYS}
    found = address.switch("side_way", shown, say("reconcile.way"))
    return None if found == "auto" else "orders" if found == "orders" else "products"


def _says(found: Difference, pair: Pair, used: Way) -> None:
    """A, B and the step that says most, in one sentence; how they were joined, and what is
    unknown, below."""
    write = figures()
    values = {
        "a": write.money(found.a),
        "b": write.money(found.b),
        "change": write.signed_money(found.change),
    }
    most = max(found.steps, key=lambda step: abs(found.steps[step]), default=None)
    if most is None or not found.steps[most]:
        st.header(say("reconcile.pair_same", **values), anchor=False)
    else:
        name = say(f"reconcile.step_{used}_{most}")
        told = {"step": name, "money": write.signed_money(found.steps[most])}
        st.header(say("reconcile.pair_says", **values, **told), anchor=False)
    sides = {"first": plain(named(pair.a)), "second": plain(named(pair.b))}
    st.caption(say(f"reconcile.joined_{used}", count=write.count(found.shared), **sides))
    if any(found.unknown):
        lines = {"a": write.count(found.unknown[0]), "b": write.count(found.unknown[1])}
        st.caption(say("reconcile.unknown", **lines))
    if pair.a.basis != pair.b.basis:
        st.caption(say("reconcile.two_bases"))
