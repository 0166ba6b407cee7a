"""Why a target is behind or ahead: what it asks beyond last year, and price, volume and mix."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic, gap_bridge
from chanplan.analysis.gap_bridge import GAP_STEPS, UNCOUNTED, Gap, GapPart
from chanplan.analysis.tracking import Progress
from chanplan.analysis.tracking_targets import Key
from chanplan.charts.gap_steps import GapWords, gap_steps
from chanplan.domain.period import shift
from chanplan.domain.scope import Scope
from chanplan.ui import figure, session, tables
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.ui.tracking.choice import Choice

# The bridge is of net sales, as definitions §3 has it.
MEASURE: Final = "net_sales"
BESIDE: Final = [1, 1]


def show(choice: Choice, key: Key | None, name: str) -> None:
    """The waterfall under its finding, and the table of members and steps; nothing for other
    measures, nor before anything was due."""
    if choice.measure != MEASURE:
        return
    with st.spinner(say("targets.working"), show_time=True):
        found = session.worked_out(_found, choice.scope, choice.by, choice.as_of, choice.progress)
    part = None if found is None else found.of(key)
    if found is None or part is None:
        return
    st.header(_title(choice, part, name), anchor=False)
    if not part.steps:
        st.caption(say("gap.no_base"))
    else:
        st.caption(" ".join([say("gap.says"), *_short(choice)]))
    left, right = st.columns(BESIDE, gap="medium")
    with left:
        if part.steps:
            drawn = gap_steps(part, figures(), _words(), figure.look())
            where = "of" if key else "all"
            figure.show(drawn, f"target_gap_{where}", say("gap.alt", told=_told(part), name=name))
    with right:
        _table(choice, found, part, key)


def _found(scope: Scope, by: tuple[str, ...], day: date | None, progress: Progress) -> Gap | None:
    return workspace().targets.gap(scope, by, day, progress)


def _title(choice: Choice, part: GapPart, name: str) -> str:
    """合计落后 …，最大的一块是目标比去年多要（…）."""
    values = {"name": name, "gap": choice.written(abs(part.gap))}
    side = "behind" if part.gap < 0 else "ahead"
    most = gap_bridge.largest(part)
    if most is None:
        return say(f"gap.{side}", **values)
    step, money = most
    return say(f"gap.{side}_by", **values, step=say(f"gap.said.{step}"),
               money=choice.written(abs(money)))  # fmt: skip


def _short(choice: Choice) -> list[str]:
    """Last year's months before the data begins are no sales lost."""
    coverage, base = session.coverage(), shift(choice.period.first, -12)
    if coverage is None or coverage.first <= base:
        return []
    return [say("gap.short_base", month=figures().month(coverage.first))]


def _words() -> GapWords:
    return GapWords(
        say("gap.due"),
        say("gap.base"),
        say("gap.actual"),
        {step: say(f"gap.steps.{step}") for step in GAP_STEPS},
        {step: say(f"gap.means.{step}") for step in GAP_STEPS},
    )


def _told(part: GapPart) -> str:
    return say("crumbs.join").join(
        f"{say(f'gap.steps.{step}')} {figures().signed_money(part.steps[step])}"
        for step in part.told
    )


def _table(choice: Choice, found: Gap, part: GapPart, key: Key | None) -> None:
    """The whole with its parts, or one member alone; every row sums to its gap."""
    parts = [part] if key is not None else [found.whole, *found.parts]
    rows = [
        {"name": _name(choice, each), "gap": each.gap, "due": each.due, "base": each.base,
         "actual": each.actual, **{step: each.steps.get(step) for step in GAP_STEPS}}
        for each in parts
    ]  # fmt: skip
    names = list(rows[0])
    frame = pd.DataFrame({n: arithmetic.column(row[n] for row in rows) for n in names})
    level = figure.dimension_name(choice.level) if choice.level else say("targets.company")
    drawn = [step for step in GAP_STEPS if any(each.steps.get(step) for each in parts)]
    one = tables.one_scale(frame, ("gap", "actual"))  # small gaps must not end as 0.0
    columns = [
        Column("name", level, width=130),
        Column("gap", say("targets.gap"), "money", signed=True, scale=one),
        *(
            Column(
                step, say(f"gap.steps.{step}"), "money", signed=True,
                hidden=step == UNCOUNTED, scale=one,
            )
            for step in drawn
        ),
        Column("due", say("gap.due"), "money", hidden=True, scale=one),
        Column("base", say("gap.base"), "money", hidden=True, scale=one),
        Column("actual", say("gap.actual"), "money", hidden=True, scale=one),
    ]  # fmt: skip
    saved = say("download.name", what=say("gap.file"), period=choice.span)
    about = [(say("download.about"), " · ".join(choice.view.told))]
    where = "of" if key else "all"
    tables.show(frame, columns, f"target_gap_table_{where}", say("gap.table_alt"), about, saved)


def _name(choice: Choice, part: GapPart) -> str:
    if part.kind != "member":
        return say("targets.whole") if part.kind == "whole" else say(f"gap.{part.kind}")
    assert part.key is not None
    return plain(figure.name_of(choice.level, part.key[0]))
