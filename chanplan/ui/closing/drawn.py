"""The change of a closed month, drawn and listed: by deed, and by member."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.charts import waterfall
from chanplan.charts.waterfall import BridgeWords, Row
from chanplan.metrics.catalogue import catalogue
from chanplan.reports.month_change import part_named
from chanplan.reports.tables import Kind
from chanplan.ui import figure, history, tables
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say
from chanplan.ui.tables import Column
from chanplan.workspace.closing import Difference

# Deeds drawn one by one; the rest are one step, told whole in the table.
MOST_STEPS = 8
# As much of a file's name as stands beside a bar.
LONGEST_FILE = 12
_SIDES = ("reported", "change", "now")


def named(part: Mapping[Any, Any]) -> str:
    """What a deed is, in a sentence."""
    return plain(part_named(part, language()))


def chart(found: Difference) -> None:
    """From what was reported to what stands today, a step for each deed. Money alone is drawn."""
    if catalogue().measures[found.measure].unit != "money" or not found.change:
        return
    if not found.splits:
        return
    rows = _rows(found)
    words = BridgeWords(
        say("closing.reported"), say("closing.now"), {row.step: row.name for row in rows}, {}, {}
    )
    st.caption(say("closing.drawn"))
    drawn = waterfall.of_rows(rows, found.reported, figures(), words, None, figure.look())
    figure.show(drawn, "closing_bridge", say("closing.drawn"))


def _rows(found: Difference) -> list[Row]:
    level: Decimal = found.reported
    rows = [Row("", say("closing.reported"), Decimal(0), level, total=True)]
    every = [
        (_short(one), one["change"]) for one in found.parts.to_dict("records") if one["change"]
    ]
    drawn, rest = every[:MOST_STEPS], every[MOST_STEPS:]
    if rest:
        others = (
            say("crumbs.more", names=rest[0][0], count=len(rest) - 1) if rest[1:] else rest[0][0]
        )
        drawn = [*drawn, (others, sum((money for _, money in rest), Decimal(0)))]
    for at, (name, money) in enumerate(drawn):
        rows.append(Row(f"part{at}", name, level, level + money))
        level += money
    return [*rows, Row("", say("closing.now"), Decimal(0), found.now, total=True)]


def _short(part: Mapping[Any, Any]) -> str:
    """The same beside a bar, where a phone has little room; the table has it whole."""
    file = str(part["file"] or "")
    cut = f"{file[:LONGEST_FILE]}…" if len(file) > LONGEST_FILE else file
    if part["code"] == "posted":
        return say("closing.step_posted", file=cut)
    return part_named({**part, "file": cut or None}, language())


def parts(found: Difference) -> None:
    """Every deed with file, author, time and reason."""
    if not found.splits:
        st.caption(say("closing.unsplit"))
        return
    if found.parts.empty:
        st.caption(say("closing.no_change"))
        return
    records = found.parts.to_dict("records")
    frame = pd.DataFrame(
        {
            "part": [part_named(one, language()) for one in records],
            "change": [one["change"] for one in records],
            "by": [one["by"] or "—" for one in records],
            "at": [history.moment(one["at"]) if one["at"] else "—" for one in records],
            "reason": [one["reason"] or "—" for one in records],
        },
        dtype=object,
    )
    columns = [
        Column("part", say("closing.part"), width=360),
        Column("change", say("closing.change"), _kind(found), signed=True),
        Column("by", say("closing.who")),
        Column("at", say("closing.when")),
        Column("reason", say("closing.reason"), width=280),
    ]
    tables.show(
        frame, columns, "closing_parts", say("closing.parts_alt"), (), say("closing.file_parts")
    )


def members(found: Difference) -> None:
    """Reported, change and now of every member, the largest change first."""
    frame = found.members.copy()
    for one in found.by:
        frame[one] = figure.names_of(one, frame[one])
    if not found.by:
        frame.insert(0, "whole", say("closing.whole"))
    first = [
        *([] if found.by else [Column("whole", figure.measure_name(found.measure))]),
        *(Column(one, figure.dimension_name(one)) for one in found.by),
    ]
    shared = tables.one_scale(frame, _SIDES) if _kind(found) == "money" else None
    told = [
        Column(one, say(f"closing.{one}"), _kind(found), signed=one == "change", scale=shared)
        for one in _SIDES
    ]
    tables.show(
        frame, [*first, *told], "closing_members", say("closing.members_alt"), (),
        say("closing.file_members"),
    )  # fmt: skip


def _kind(found: Difference) -> Kind:
    unit = catalogue().measures[found.measure].unit
    return unit
