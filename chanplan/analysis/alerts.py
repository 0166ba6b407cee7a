"""Which targets need somebody now: one alert per target and cause, the most money first.

In: rows of `tracking_rows.frame`, and milestones. Rules, of which the first that holds is told:
missed (over and short), unlikely (odds below two tenths), behind (pace below nine tenths, once a
tenth of the time has gone). A mismatch of a year with its months is told beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.landing import odds_word

Rule = Literal["missed", "unlikely", "behind", "mismatch", "milestone"]
# Before a tenth of the time has gone a pace says little.
EARLY: Final = Decimal("0.1")
BEHIND: Final = Decimal("0.9")
# States of a milestone that say it is reached, compared in lower case.
DONE: Final = frozenset({"完成", "已完成", "达成", "已达成", "是", "done", "complete", "completed",
                         "reached", "yes"})  # fmt: skip


@dataclass(frozen=True)
class Alert:
    """One thing to look at.

    key      names it for muting: the same cause of the same target in the same months
    money    what is at stake, in the measure's unit
    values   attainment, rate, p_hit, pace, due, milestone: those that its rule tells
    """

    rule: Rule
    key: str
    member: Member
    is_total: bool
    money: Decimal
    values: Mapping[str, Any]


def alerts(frame: pd.DataFrame, by: tuple[str, ...], measure: str) -> list[Alert]:
    """Of every target under way or over, by the money at stake."""
    found = [alert for row in frame.to_dict("records") for alert in _of(row, by, measure)]
    return sorted(found, key=lambda alert: (-alert.money, alert.key))


def milestones(frame: pd.DataFrame, as_of: date) -> list[Alert]:
    """Those that were due and are not reached. In: milestone, due, value, channel, state."""
    found = []
    for row in frame.to_dict("records"):
        due = pd.Timestamp(row["due"]).date() if not pd.isna(row["due"]) else None
        done = str(row["state"] or "").strip().lower() in DONE
        if due is None or due > as_of or done:
            continue
        channel = None if pd.isna(row["channel"]) else str(row["channel"])
        [value] = arithmetic.numbers(pd.DataFrame([row]), "value")
        told = {"milestone": str(row["milestone"]), "due": due}
        key = f"milestone|{row['milestone']}|{due}"
        found.append(Alert("milestone", key, channel, channel is None, value or ZERO, told))
    return sorted(found, key=lambda alert: (-alert.money, alert.key))


def waking(found: list[Alert], muted: Collection[str]) -> tuple[list[Alert], list[Alert]]:
    """(those to be seen, those that are muted)."""
    awake = [alert for alert in found if alert.key not in muted]
    return awake, [alert for alert in found if alert.key in muted]


def _of(row: Mapping[Any, Any], by: tuple[str, ...], measure: str) -> list[Alert]:
    if row["attainment"] is None:
        return []
    rule, money = _rule(row)
    total = bool(row["is_total"])
    member = None if total or not by else row[by[0]]
    place = "" if total or not by else f"{by[0]}={member}"
    span = f"{measure}|{place}|{row['first']}-{row['last']}"
    values = {
        "attainment": row["attainment"],
        "pace": row["pace"],
        "p_hit": row["p_hit"],
        "rate": arithmetic.share(row["landing"], row["target"]),
        "first": row["first"],
        "last": row["last"],
    }
    found = []
    if rule is not None and money > 0:
        found.append(Alert(rule, f"{rule}|{span}", member, total, money, values))
    if row["off"]:
        off = abs(row["off"])
        found.append(Alert("mismatch", f"mismatch|{span}", member, total, off, values))
    return found


def _rule(row: Mapping[Any, Any]) -> tuple[Rule | None, Decimal]:
    """The first rule that holds, and the money at stake."""
    if row["state"] == "done":
        return "missed", row["target"] - row["actual"]
    if row["p_hit"] is not None and odds_word(float(row["p_hit"])) == "hard":
        return "unlikely", row["at_risk"] or ZERO
    early = row["progress"] is None or row["progress"] < EARLY
    if not early and row["pace"] is not None and row["pace"] < BEHIND:
        return "behind", -(row["gap"] or ZERO)
    return None, ZERO
