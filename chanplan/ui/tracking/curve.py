"""One target over its months: the curve with its fan, what would change it, how right we were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic
from chanplan.analysis.landing import Course, replayed
from chanplan.analysis.pace_season import day
from chanplan.analysis.tracking_changed import changed
from chanplan.analysis.tracking_course import Curve
from chanplan.analysis.tracking_landing import Landing
from chanplan.analysis.tracking_milestones import on_curve
from chanplan.analysis.tracking_targets import Key
from chanplan.charts import fan
from chanplan.charts.fan import FanWords, Mark
from chanplan.domain.calendar import MONTH_END
from chanplan.language.numbers import UNKNOWN
from chanplan.ui import figure, session, tables
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.ui.tracking import said
from chanplan.ui.tracking.choice import Choice
from chanplan.ui.tracking.state import Shown

STEP: Final = 5
# From here on a target is called likely to be reached.
EVEN: Final = 0.5
FARTHEST: Final = 50
SLIDER_WIDTH: Final = 420


def show(choice: Choice, shown: Shown, key: Key | None, name: str, row: dict[Any, Any]) -> None:
    """The curve of a member or of the whole, below what it says in a sentence."""
    curve = shown.curves.get(key)
    st.header(say("targets.curve", name=name), anchor=False)
    if key is not None:
        st.caption(said.sentence(choice, row))
    if curve is None:
        return
    words = FanWords(
        say("targets.target"),
        say("targets.actual"),
        say("targets.expected"),
        {share: say("targets.interval", share=share) for share in ("50", "80", "95")},
    )
    drawn = fan.fan(curve, figures(), words, figure.look(), _marks(choice, curve, key))
    figure.show(
        drawn, f"target_curve_{'of' if key else 'all'}", say("targets.curve_alt", name=name)
    )
    if not curve.set_by_month:
        st.caption(say("targets.spread"))
    if row["method"] not in (None, "done"):
        st.caption(say("targets.made_by", method=say(f"targets.method_{row['method']}")))


def _marks(choice: Choice, curve: Curve, key: Key | None) -> list[Mark]:
    """Milestones of the whole or of this channel."""
    if key is not None and choice.level != "channel":
        return []
    cut_off = session.settings().cut_off_day or MONTH_END
    member = None if key is None else key[0]
    told = session.worked_out(_milestones)
    found = on_curve(told, curve, choice.measure, member, cut_off)
    return [
        Mark(
            one.at,
            float(one.value),
            say(
                "targets.milestone_reached" if one.reached else "targets.milestone_open",
                name=escape(one.name),
                day=figures().date(one.due),
                amount=choice.written(one.value),
            ),
            one.reached,
        )
        for one in found
    ]


def _milestones() -> pd.DataFrame:
    return workspace().targets.milestones()


def what_if(choice: Choice, shown: Shown, key: Key | None, name: str) -> None:
    """A slider for the days still to come, and what it would make of the landing."""
    part, whole = shown.landings.get(key), shown.landings.get(None)
    if part is None or part.outlook is None:
        return
    st.header(say("targets.what_if"), anchor=False)
    with st.container(width=SLIDER_WIDTH):
        change = st.slider(
            say("targets.what_if_says", name=name), -FARTHEST, FARTHEST, 0, STEP,
            format="%+d%%", key="target_change", persist_state="session",
        )  # fmt: skip
    told = [_changed(choice, name, part, part, _target(choice, shown, key), change)]
    if key is not None and whole is not None:
        of_all = shown.total["target"]
        told.append(_changed(choice, say("targets.whole"), whole, part, of_all, change))
    st.markdown("  \n".join(told))


def _changed(
    choice: Choice, name: str, whole: Landing, part: Landing, target: Decimal | None, change: int
) -> str:
    if target is None or target <= 0:
        return ""
    after = changed(whole, part, target, change / 100)
    return say(
        "targets.would_land",
        name=name,
        amount=choice.written(after.landing),
        rate=figures().percent(arithmetic.share(after.landing, target), 0),
        odds=said.odds(after.p_hit),
    )


def _target(choice: Choice, shown: Shown, key: Key | None) -> Decimal | None:
    row = shown.total if key is None else shown.row(choice.level, str(key[0]))
    return row["target"] if row else None


def back_test(choice: Choice, shown: Shown, key: Key | None, name: str) -> None:
    """What would have been said at this time of earlier periods, beside what came."""
    course, landing = shown.courses.get(key), shown.landings.get(key)
    if course is None or landing is None or landing.outlook is None:
        return  # what is over needs no forecast to be judged
    first, last = day(choice.period.first), day(choice.period.last)
    past = _replayed(course, first, last, shown.before.get(key, {}))
    st.header(say("targets.back_test", name=name), anchor=False)
    if past.empty:
        st.caption(say("targets.back_none"))
        return
    within = (past["low80"] <= past["outcome"]) & (past["outcome"] <= past["high80"])
    off = ((past["landing"] - past["outcome"]).abs().sum()) / past["outcome"].abs().sum()
    st.caption(say("targets.back_says", count=len(past), within=int(within.sum()),
                   off=figures().percent(off)))  # fmt: skip
    judged = past[past["hit"].notna()]
    if len(judged):
        right = (judged["p_hit"].astype(float) >= EVEN) == judged["hit"].astype(bool)
        st.caption(say("targets.back_odds", count=len(judged), right=int(right.sum())))
    table = past.assign(
        odds=[UNKNOWN if pd.isna(p) else said.odds(float(p)) for p in past["p_hit"]],
        met=[UNKNOWN if pd.isna(hit) else say("targets.rate_met" if hit else "targets.rate_short")
             for hit in past["hit"]],
        span=[figures().span(_month(a), _month(b))
              for a, b in zip(past["first"], past["last"], strict=True)],
        right=[say("targets.within" if each else "targets.beyond") for each in within],
    )  # fmt: skip
    one = tables.one_scale(table, ("landing", "outcome"))
    columns = [
        Column("span", say("targets.period")),
        Column("landing", say("targets.said_then"), "money", scale=one),
        Column("low80", say("targets.low80"), "money", scale=one),
        Column("high80", say("targets.high80"), "money", scale=one),
        Column("outcome", say("targets.outcome"), "money", scale=one),
        Column("right", say("targets.right")),
        Column("target", say("targets.target"), "money", scale=one),
        Column("odds", say("targets.odds_then")),
        Column("met", say("targets.met")),
    ]
    saved = say("download.name", what=say("targets.back_test", name=name), period=choice.span)
    tables.show(table, columns, "target_back", say("targets.back_alt"), (), saved, whole=True)


def _replayed(
    course: Course, first: date, last: date, targets: Mapping[int, float]
) -> pd.DataFrame:
    return replayed(
        course, last, since=first, target_of=lambda begin, _: targets.get(_month(begin))
    )


def _month(told: date) -> int:
    return told.year * 100 + told.month
