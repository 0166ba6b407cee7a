"""What a page of targets says first: how far, at what pace, where it will land, what to mind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.landing import odds_step, odds_word
from chanplan.ui import figure
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tracking.choice import Choice

Rows = list[dict[Any, Any]]
# Members named in one sentence.
MOST_NAMES = 4


def headline(choice: Choice, frame: pd.DataFrame) -> None:
    """The first sentence, and below it what must be known before anyone is blamed."""
    rows = frame.to_dict("records")
    st.header(sentence(choice, rows[0]), anchor=False)
    told = [*_revised(choice, frame), *_attributed(choice, rows), *_apart(choice, frame, rows)]
    if told:
        st.markdown(say("findings.join").join(told))
    late = _late(choice, rows)
    if late:
        st.warning(late)


def revised(frame: pd.DataFrame) -> bool:
    """Whether the targets in force are others than those of the start of the year."""
    return any(now != then for now, then in
               zip(frame["target"], frame["target_at_start"], strict=True)
               if now is not None and then is not None)  # fmt: skip


def _revised(choice: Choice, frame: pd.DataFrame) -> list[str]:
    now, then = frame["target"].iloc[0], frame["target_at_start"].iloc[0]
    if not revised(frame) or now is None or then is None:
        return []
    return [say("targets.revised", then=choice.written(then), now=choice.written(now))]


def sentence(choice: Choice, row: Mapping[Any, Any]) -> str:
    """达成 61.3 %，时间进度 64.0 %：落后 …；预计达成 97 %，悬（约三成）."""
    if row["target"] is None:
        return say("targets.said_no_target", span=choice.span)
    if row["attainment"] is None:
        return say("targets.said_no_base", span=choice.span)
    write = figures()
    values = {
        "span": choice.span,
        "attainment": write.percent(row["attainment"], 1),
        "progress": write.percent(row["progress"], 1),
        "named": say(f"targets.by_{choice.progress}").lower(),
        "gap": choice.written(None if row["gap"] is None else abs(row["gap"])),
    }
    if row["state"] == "done":
        code = "said_reached" if row["attainment"] >= 1 else "said_missed"
        missing = choice.written(abs(row["target"] - row["actual"]))
        return say(f"targets.{code}", **(values | {"gap": missing}))
    code = "said_open" if row["gap"] is None else "said_ahead" if row["gap"] >= 0 else "said_behind"
    return say("targets.and", one=say(f"targets.{code}", **values), other=landing(row))


def landing(row: Mapping[Any, Any]) -> str:
    """按当前预测 97 %，悬（约三成）."""
    if row["landing"] is None or row["p_hit"] is None:
        return say("targets.no_landing")
    rate = arithmetic.share(row["landing"], row["target"])
    return say("targets.lands", rate=figures().percent(rate, 0), odds=odds(row["p_hit"]))


def odds(chance: float | None) -> str:
    """悬（约三成）: in tenths, with their word."""
    if chance is None or pd.isna(chance):
        return say("targets.no_odds")
    step = round(odds_step(float(chance)) * 10)
    return say("targets.odds", word=say(f"targets.{odds_word(float(chance))}"),
               step=say(f"targets.step_{step}"))  # fmt: skip


def _attributed(choice: Choice, every: Rows) -> list[str]:
    """Which members make the gap, and who stands against it."""
    rows = [row for row in every[1:] if row["gap"] is not None]
    if not choice.by or len(rows) < 2:
        return []
    behind = sorted((row for row in rows if row["gap"] < 0), key=lambda row: row["gap"])
    ahead = sorted((row for row in rows if row["gap"] > 0), key=lambda row: -row["gap"])
    told = [
        say(f"targets.{code}", names=say("crumbs.join").join(_gaps(choice, part)))
        for code, part in (("behind_are", behind), ("ahead_are", ahead))
        if part
    ]
    return told


def _gaps(choice: Choice, rows: list[dict[Any, Any]]) -> list[str]:
    named = [
        say("targets.of_gap", name=name_of(choice, row), gap=choice.written(abs(row["gap"])))
        for row in rows[:MOST_NAMES]
    ]
    more = len(rows) - MOST_NAMES
    return [*named, say("targets.more", count=more)] if more > 0 else named


def _apart(choice: Choice, frame: pd.DataFrame, every: Rows) -> list[str]:
    """Sales without a target, targets without a sale, targets above this level, mismatches."""
    told = []
    for state, column in (("no_target", "actual"), ("no_sales", "target"), ("coarser", "target")):
        rows = frame[(frame["state"] == state) & ~frame["is_total"].astype(bool)]
        if len(rows):
            amount = arithmetic.total(arithmetic.numbers(rows, column)) or ZERO
            told.append(
                say(f"targets.apart_{state}", count=len(rows), amount=choice.written(amount))
            )
    outside = arithmetic.total(arithmetic.numbers(frame.iloc[1:], "outside"))
    if outside:
        told.append(say("targets.outside", amount=choice.written(outside)))
    off = [row for row in every if row["off"]]
    if off:
        names = [say("targets.whole") if row["is_total"] else name_of(choice, row) for row in off]
        told.append(say("targets.mismatch", names=say("crumbs.join").join(names[:MOST_NAMES])))
    return told


def _late(choice: Choice, every: Rows) -> str | None:
    rows = [row for row in every if row["late"] and not row["is_total"]]
    if not rows or not choice.by:
        return None
    named = [
        say("targets.until", name=name_of(choice, row), day=figures().date(row["covered_to"]))
        for row in rows[:MOST_NAMES]
    ]
    return say("targets.late", count=len(rows), names=say("crumbs.join").join(named))


def name_of(choice: Choice, row: Mapping[Any, Any]) -> str:
    """A row's member as it is called, safe in running text."""
    if not choice.by or row["is_total"]:
        return say("targets.whole")
    return plain(figure.name_of(choice.by[0], row[choice.by[0]]))
