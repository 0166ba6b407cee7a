"""What the plan of the year says, in one sentence: total, growth, how far it reaches, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from chanplan.domain.targets import target_measures
from chanplan.plans import summary
from chanplan.plans.smart import Check, beside
from chanplan.ui.planning import asked, choosing
from chanplan.ui.session import figures, say

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from chanplan.workspace.planning import Wish


def show(place: DeltaGenerator, wish: Wish) -> None:
    """The sentence, as a header above the choices that it follows."""
    told, gaps = asked.told(wish.year), asked.gaps(wish.year)
    found = summary.summed(told, _company(wish), gaps, wish.measure)
    measure, year = choosing.named(wish.measure), figures().year(wish.year)
    with place:
        if found is None:
            key = "head_none" if target_measures()[wish.measure].additive else "head_blank"
            st.header(say(f"planning.{key}", year=year, measure=measure), anchor=False)
            return
        unit = target_measures()[wish.measure].kind
        total = figures().by_unit(found.total, unit)
        parts = [say("planning.head_total", year=year, measure=measure, total=total)]
        if found.growth is not None:
            parts.append(say("planning.head_growth", growth=figures().change(found.growth)))
        parts.append(say(f"planning.reach_{found.reach}", best=figures().change(found.best)))
        if found.gaps:
            gap = figures().by_unit(found.widest, unit)
            parts.append(say("planning.head_gaps", count=found.gaps, gap=gap))
        st.header(say("planning.join").join(part for part in parts if part), anchor=False)


def _company(wish: Wish) -> Check | None:
    """The whole beside its history, also where only its parts are planned."""
    checks = asked.checks(wish.year, wish.basis, wish.tax)
    known = next((one for one in checks if one.measure == wish.measure and not one.place), None)
    total = summary.whole(asked.told(wish.year), wish.measure)
    if known is not None or total is None:
        return known
    return beside(wish.measure, total, wish.year, asked.history(wish))
