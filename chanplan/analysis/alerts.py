"""Which targets need somebody now: one alert per target and cause, the most money first.

In: rows of `tracking_rows.frame` and of `tracking_rates.rates`, and milestones. Rules, of which the
first that holds is told: missed (over and short), unlikely (odds below two tenths), behind (pace
below nine tenths, once a tenth of the time has gone). A mismatch of a year with its months is told
beside them. A rate is told by its newest period of each kind: missed, or short while under way.
What is no money (pieces, orders, rates) stands below what is, by the part of the target it lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.landing import odds_word

Rule = Literal[
    "missed", "unlikely", "behind", "mismatch", "milestone", "milestone_ahead", "rate_missed",
    "rate_short",
]  # fmt: skip
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
    values   attainment, rate, p_hit, pace, due, milestone, target, actual: those its rule tells
    measure  what the target is of; level: the dimension of `member`, "" for the whole
    lacks    the part of the target that is at stake
    """

    rule: Rule
    key: str
    member: Member
    is_total: bool
    money: Decimal
    values: Mapping[str, Any]
    measure: str = "net_sales"
    level: str = ""
    lacks: Decimal = ZERO


def ranked(found: Iterable[Alert], moneys: Collection[str]) -> list[Alert]:
    """Each once: those of measures that are money by it, then the others by the part they lack."""
    once = {alert.key: alert for alert in found}.values()
    return sorted(
        once,
        key=lambda a: (a.measure not in moneys, -(a.money if a.measure in moneys else a.lacks),
                       a.key),
    )  # fmt: skip


def alerts(frame: pd.DataFrame, by: tuple[str, ...], measure: str) -> list[Alert]:
    """Of every target under way or over, by the money at stake."""
    found = [alert for row in frame.to_dict("records") for alert in _of(row, by, measure)]
    return sorted(found, key=lambda alert: (-alert.money, alert.key))


def rates(frame: pd.DataFrame, by: str, measure: str) -> list[Alert]:
    """Of every target of a rate or distinct count: its newest period that has begun, where it is
    not met. In: `tracking_rates.rates`."""
    newest: dict[tuple[Any, ...], dict[Any, Any]] = {}
    for row in frame.to_dict("records"):
        if row["state"] != "ahead" and row["met"] is not None:
            member = None if row["is_total"] or not by else row[by]
            newest[bool(row["is_total"]), member, row["period"]] = row
    found = []
    for (total, member, _), row in newest.items():
        if not row["met"]:
            rule: Rule = "rate_missed" if row["state"] == "done" else "rate_short"
            level = "" if total or not by else by
            place = f"{level}={member}" if level else ""
            key = f"{rule}|{measure}|{place}|{row['first']}-{row['last']}"
            off = abs(row["difference"])
            told = {name: row[name] for name in ("first", "last", "target", "actual")}
            lacks = arithmetic.share(off, abs(row["target"])) or ZERO
            found.append(Alert(rule, key, member, not level, off, told, measure, level, lacks))
    return found


def milestones(frame: pd.DataFrame, as_of: date) -> list[Alert]:
    """Those that were due and are not reached, and those ahead that will hardly be.

    In: milestone, due, value, channel, state, and (where they can be told) measure and chance,
    that its value is reached by its day: 1 or 0 once that day is covered.
    """
    found = []
    for row in frame.to_dict("records"):
        due = pd.Timestamp(row["due"]).date() if not pd.isna(row["due"]) else None
        said = row.get("chance")
        chance = None if said is None or pd.isna(said) else float(said)
        done = str(row["state"] or "").strip().lower() in DONE
        ahead = due is not None and due > as_of
        if due is None or done or (not ahead and chance == 1) or (ahead and not _unsure(chance)):
            continue
        channel = None if pd.isna(row["channel"]) else str(row["channel"])
        [value] = arithmetic.numbers(pd.DataFrame([row]), "value")
        rule: Rule = "milestone_ahead" if ahead else "milestone"
        told = {"milestone": str(row["milestone"]), "due": due, "p_hit": chance, "target": value}
        key = f"milestone|{row['milestone']}|{due}"
        measure = row.get("measure")
        of = "net_sales" if measure is None or pd.isna(measure) else str(measure)
        level = "" if channel is None else "channel"
        lacks = Decimal(repr(round(1 - (chance or 0), 6)))
        found.append(
            Alert(rule, key, channel, channel is None, value or ZERO, told, of, level, lacks)
        )
    return sorted(found, key=lambda alert: (-alert.money, alert.key))


def _unsure(chance: float | None) -> bool:
    return chance is not None and odds_word(chance) in ("hard", "open")


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
    level = by[0] if place else ""

    def alert(which: Rule, money: Decimal) -> Alert:
        lacks = arithmetic.share(money, row["target"]) or ZERO
        return Alert(which, f"{which}|{span}", member, total, money, values, measure, level, lacks)

    found = [alert(rule, money)] if rule is not None and money > 0 else []
    return [*found, alert("mismatch", abs(row["off"]))] if row["off"] else found


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
