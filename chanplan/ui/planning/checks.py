"""Targets held against history and each other: what is missing, too far, or does not sum."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.plans.mismatch import Mismatch
from chanplan.plans.nodes import Place
from chanplan.plans.smart import Check
from chanplan.ui import tables
from chanplan.ui.plain import plain
from chanplan.ui.planning import asked
from chanplan.ui.planning.choosing import dimension_named, named
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.workspace.planning import Wish

# Gaps told in words; the table has all.
MOST_TOLD = 5
_TEXT_WIDTH = 420


def show(wish: Wish) -> None:
    """Gaps between wholes and parts first, then every target's SMART check."""
    checks = asked.checks(wish.year, wish.basis, wish.tax)
    if not checks:
        st.markdown(say("planning.no_checks"))
        return
    gaps = asked.gaps(wish.year)
    if not gaps:
        st.markdown(say("planning.no_gaps"))
    for gap in gaps[:MOST_TOLD]:
        st.warning(gap_told(gap), icon=":material/difference:")
    if len(gaps) > MOST_TOLD:
        st.caption(say("planning.more_gaps", count=len(gaps) - MOST_TOLD))
    _smart(checks)


def gap_told(gap: Mismatch) -> str:
    """天猫：目标 300 万，各大区合计 280 万，差 20 万 …"""
    write = figures().money
    values = {
        "place": plain(place_named(gap.place)),
        "measure": named(gap.measure),
        "top": write(gap.top),
        "bottom": write(gap.bottom),
        "gap": write(abs(gap.gap)),
    }
    if gap.periods:
        finer, coarser = (say(f"planning.period_{one}") for one in gap.periods)
        return say("planning.gap_in_time", finer=finer, coarser=coarser, **values)
    by = say("planning.comma").join(dimension_named(one) for one in gap.by)
    if gap.other:
        other = say("planning.comma").join(dimension_named(one) for one in gap.other)
        return say("planning.gap_either", by=by, other=other, **values)
    way = "less" if gap.gap > 0 else "more"
    return say(f"planning.gap_{gap.mover}_{way}", by=by, **values)


def place_named(place: Place) -> str:
    """A place by its members."""
    return " · ".join(member for _, member in place) or say("planning.company")


def _smart(checks: list[Check]) -> None:
    frame = pd.DataFrame(
        [
            (
                place_named(one.place),
                named(one.measure),
                one.target,
                one.base,
                one.growth,
                one.best,
                say(f"planning.verdict_{one.reach}"),
                say("planning.comma").join(say(f"planning.missing_{m}") for m in one.missing),
            )
            for one in checks
        ],
        columns=["place", "measure", "target", "base", "growth", "best", "verdict", "missing"],
        dtype=object,
    )
    columns = [
        Column("place", say("planning.place")),
        Column("measure", say("planning.measure")),
        Column("target", say("planning.target"), "price"),
        Column("base", say("planning.base"), "price"),
        _signed("growth", "needs"),
        _signed("best", "best"),
        Column("verdict", say("planning.verdict")),
        Column(
            "missing",
            say("planning.missing"),
            width=_TEXT_WIDTH,
            help=say("planning.missing_help"),
        ),
    ]
    name = say("planning.checks")
    tables.show(frame, columns, "plan_checks", say("planning.checks_alt"), (), name)


def _signed(name: str, word: str) -> Column:
    help_ = say(f"planning.{word}_help")
    return Column(name, say(f"planning.{word}"), "rate", signed=True, help=help_)
