"""What a reorganisation moved between groups, and what grew: 当时口径 bridged to 现行口径.

A member (a partner, of 大区) sold the same under both views; where its groups differ, money was
moved from one to the other. Per group (definitions §0, attributes over time):

    base as of then + moved in − moved out = base as of now;  base as of now + organic = now

Every step sums exactly: moved in and moved out are equal over all groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.story import MEASURE, Finding
from chanplan.domain.moving import MOVING
from chanplan.domain.scope import AttributeView, Comparison, Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery

# Groups whose members can move: dimension → whose member carries it.
CARRIERS: Mapping[str, str] = {
    **dict.fromkeys(sorted(MOVING, reverse=True), "partner"),
    **{d.name: d.of for d in catalogue().dimensions.values() if d.of},
}
# The columns of `Reorganised.groups` that are money, in the order of the bridge.
STEPS = ("base_then", "moved_in", "moved_out", "base", "organic", "now")
Sums = dict[Member, dict[Member, Decimal]]


@dataclass(frozen=True)
class Move:
    """What one member took from a group to another, in the base's money."""

    member: Member
    source: Member
    target: Member
    money: Decimal


@dataclass(frozen=True)
class Reorganised:
    """moves   the largest first
    groups  one row per group, the largest now first: group, the STEPS (Decimal), `joined` and
            `left` (members that came and went), growth (of now over base_then), points (what
            moving gave of it), like (of now over base): fractions, None for a base ≤ 0
    """

    moves: tuple[Move, ...]
    groups: pd.DataFrame


def query(
    scope: Scope,
    dimension: str,
    compare: Comparison,
    view: AttributeView,
    carrier: str | None = None,
) -> MetricQuery:
    """Net sales by the members that carry a group and by group, now and in the base, under one
    view."""
    by = (carrier or CARRIERS[dimension], dimension)
    return MetricQuery((MEASURE,), replace(scope, attributes=view), by, compare)


def reorganised(then: pd.DataFrame, current: pd.DataFrame) -> Reorganised:
    """From the answers of `query` under the two views. ValueError where a member sold unlike sums
    in the base: it carries no group."""
    base = arithmetic.base_of(MEASURE)
    return _bridged(_sums(then, base), _sums(current, base), _sums(current, MEASURE))


def moves(before: pd.DataFrame, after: pd.DataFrame) -> tuple[Move, ...]:
    """What moved between two answers by carrier and group, of one period; the largest first."""
    return _all_moves(_sums(before, MEASURE), _sums(after, MEASURE))


def carries(then: pd.DataFrame, current: pd.DataFrame) -> bool:
    """Whether every member sold the same in the base under both views, so that it carries its
    groups."""
    before, after = (_sums(frame, arithmetic.base_of(MEASURE)) for frame in (then, current))
    return all(
        sum(before.get(one, {}).values()) == sum(after.get(one, {}).values())
        for one in before.keys() | after.keys()
    )


def _bridged(before: Sums, after: Sums, now: Sums) -> Reorganised:
    found = _all_moves(before, after)
    return Reorganised(found, _groups(_totals(before), _totals(after), _totals(now), found))


def _all_moves(before: Sums, after: Sums) -> tuple[Move, ...]:
    found: list[Move] = []
    for member in before.keys() | after.keys():
        found += _moves(member, before.get(member, {}), after.get(member, {}))
    found.sort(key=lambda move: (-abs(move.money), str(move.member), str(move.target)))
    return tuple(found)


def told(found: Reorganised, dimension: str) -> tuple[Finding, ...]:
    """`nothing_moved`; or `reorganised`, the group whose growth moving changed most: with how
    many points of it came by how many members; then `grew_by_itself`, what it grew by itself."""
    rows = [row for row in found.groups.to_dict("records") if row["moved_in"] != row["moved_out"]]
    if not found.moves:
        return (Finding("nothing_moved", {"dimension": dimension}),)
    if not rows:
        return (Finding("moved_evenly", {"dimension": dimension, "size": _moved(found)}),)
    most = max(
        rows, key=lambda row: (abs(row["moved_in"] - row["moved_out"]), row["growth"] is not None)
    )
    came = most["moved_in"] > most["moved_out"]
    values = {"dimension": dimension, "member": most["group"]}
    if most["growth"] is None:
        new = {**values, "value": most["now"], "size": most["moved_in"], "count": most["joined"]}
        return (Finding("reorganised_new", new),)
    values |= {
        "growth": most["growth"],
        "contribution": most["points"],
        "count": most["joined"] if came else most["left"],
    }
    like = {"dimension": dimension, "member": most["group"], "growth": most["like"]}
    first = Finding("reorganised_in" if came else "reorganised_out", values)
    return (first,) if most["like"] is None else (first, Finding("grew_by_itself", like))


def _moved(found: Reorganised) -> Decimal:
    return sum((abs(move.money) for move in found.moves), ZERO)


def _moves(
    member: Member, before: Mapping[Member, Decimal], after: Mapping[Member, Decimal]
) -> list[Move]:
    """Losses paired with gains, the largest first: each is told once and whole."""
    change = {
        group: after.get(group, ZERO) - before.get(group, ZERO)
        for group in before.keys() | after.keys()
    }
    if sum(change.values(), ZERO):
        raise ValueError(f"{member!r} sold unlike sums under the two views")
    order = sorted(change, key=lambda group: (-abs(change[group]), str(group)))
    losses = [(group, -change[group]) for group in order if change[group] < 0]
    gains = [(group, change[group]) for group in order if change[group] > 0]
    found = []
    while losses and gains:
        (source, lost), (target, gained) = losses.pop(0), gains.pop(0)
        money = min(lost, gained)
        found.append(Move(member, source, target, money))
        losses = [(source, lost - money), *losses] if lost > money else losses
        gains = [(target, gained - money), *gains] if gained > money else gains
    return found


def _sums(frame: pd.DataFrame, column: str) -> Sums:
    carrier, dimension = frame.columns[0], frame.columns[1]
    members, groups = (arithmetic.members(frame, name) for name in (carrier, dimension))
    found: Sums = {}
    for member, group, money in zip(
        members, groups, arithmetic.numbers(frame, column), strict=True
    ):
        own = found.setdefault(member, {})
        own[group] = own.get(group, ZERO) + (money or ZERO)
    return found


def _totals(sums: Sums) -> dict[Member, Decimal]:
    found: dict[Member, Decimal] = {}
    for own in sums.values():
        for group, money in own.items():
            found[group] = found.get(group, ZERO) + money
    return found


def _groups(
    then: Mapping[Member, Decimal],
    base: Mapping[Member, Decimal],
    now: Mapping[Member, Decimal],
    moves: tuple[Move, ...],
) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for group in {*then, *base, *now}:
        came = [move for move in moves if move.target == group]
        went = [move for move in moves if move.source == group]
        first, at, last = (side.get(group, ZERO) for side in (then, base, now))
        into, out = (sum((move.money for move in side), ZERO) for side in (came, went))
        rows.append(
            {
                "group": group, "base_then": first, "moved_in": into, "moved_out": out,
                "base": at, "organic": last - at, "now": last,
                "joined": len({move.member for move in came}),
                "left": len({move.member for move in went}),
                "growth": arithmetic.growth(last, first),
                "points": arithmetic.contribution(into - out, first),
                "like": arithmetic.growth(last, at),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: (-row["now"], str(row["group"])))
    columns = ["group", *STEPS, "joined", "left", "growth", "points", "like"]
    return pd.DataFrame(rows, columns=columns, dtype=object)
