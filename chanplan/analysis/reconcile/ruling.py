"""Which source counts for a channel and month, and where several do without anyone's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import pandas as pd

from chanplan.analysis import cells
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.period import ordinal
from chanplan.domain.scope import Scope, TaxView
from chanplan.questions import Question

# one    a single source tells it
# ruled  several do, and one is said to count
# both   several do, and each of them is said to count
# open   several count, and nobody has said so
STATES: Final = ("one", "ruled", "both", "open")
Row = Mapping[str, Any]
COLUMNS: Final = (
    "channel",
    "month",
    "state",
    "counting",
    "aside",
    "amounts",
    "counted",
    "told",
    "stake",
)


@dataclass(frozen=True)
class Conflict:
    """Sources that tell the same channel in months in a row, and no word which counts.

    amounts  of each source in these months, the largest first; stake: what would no longer count
             if only the largest did
    """

    channel: Member
    first: int
    last: int
    amounts: Mapping[str, Decimal]
    stake: Decimal


def question(scope: Scope) -> Question:
    """What every source tells of each channel and month in the scope's basis."""
    return Question("source_cells", scope)


def ruled(frame: pd.DataFrame, tax: TaxView) -> pd.DataFrame:
    """One row per channel and month: COLUMNS.

    In: the answer to `question`. Out: `state` is one of STATES; `counting` and `aside` are tuples
    of sources, the largest first; `amounts` holds source → amount on this side of the tax (on
    the other where only that is known of all), `counted` and `told` the sums of those that count
    and of those aside; `stake` is what would no longer count if only the largest did. What is
    adjusted by hand is no source that another one could stand against.
    """
    rows = [row for row in cells.records(frame) if row["source"] != ADJUSTED]
    rows.sort(key=lambda row: (row["channel"] or "", row["month"], row["source"]))
    made = [
        _cell(channel, int(month), list(told), tax)
        for (channel, month), told in groupby(rows, lambda row: (row["channel"], row["month"]))
    ]
    return cells.table(COLUMNS, made)


def ruled_channels(told: pd.DataFrame) -> list[Member]:
    """Channels that several sources tell in any month, those with most at stake first."""
    stakes: dict[Member, Decimal] = {}
    for row in cells.records(told):
        if row["state"] != "one":
            stakes[row["channel"]] = stakes.get(row["channel"], ZERO) + abs(row["stake"])
    return sorted(stakes, key=lambda name: (-stakes[name], name or ""))


def sources_of(told: pd.DataFrame, channel: Member) -> list[str]:
    """Every source that tells a channel, the one with most money first."""
    sums: dict[str, Decimal] = {}
    for row in cells.records(told):
        if row["channel"] == channel:
            for name, money in row["amounts"].items():
                sums[name] = sums.get(name, ZERO) + abs(money)
    return sorted(sums, key=lambda name: (-sums[name], name))


def conflicts(told: pd.DataFrame) -> list[Conflict]:
    """Cells without a word, the months in a row of one channel and the same sources together;
    most money at stake first."""
    rows = [row for row in cells.records(told) if row["state"] == "open"]
    rows.sort(key=lambda row: (row["channel"] or "", sorted(row["counting"]), row["month"]))
    found = []
    for _, alike in groupby(enumerate(rows), _run):
        found.append(_conflict([row for _, row in alike]))
    return sorted(found, key=lambda one: (-abs(one.stake), one.channel or "", one.first))


def _run(place: tuple[int, Row]) -> tuple[object, ...]:
    """The same for months in a row of one channel and the same sources."""
    at, row = place
    return row["channel"], tuple(sorted(row["counting"])), ordinal(int(row["month"])) - at


def _cell(channel: Member, month: int, rows: Sequence[Row], tax: TaxView) -> tuple[object, ...]:
    side = _side(rows, tax)
    amounts = {str(row["source"]): row[side] or ZERO for row in rows}
    counting = _by_size([row for row in rows if row["counts"]], amounts)
    aside = _by_size([row for row in rows if not row["counts"]], amounts)
    said = all(row["said"] for row in rows if row["counts"])
    state = "one"
    if len(counting) > 1:
        state = "both" if said else "open"
    elif counting and aside:
        state = "ruled"
    stake = sum((amounts[name] for name in counting[1:]), ZERO) if state == "open" else ZERO
    counted = sum((amounts[name] for name in counting), ZERO)
    told = sum((amounts[name] for name in aside), ZERO) if aside else None
    return channel, month, state, counting, aside, amounts, counted, told, stake


def _side(rows: Sequence[Row], tax: TaxView) -> TaxView:
    """The side asked for, but the other where only that one is known of every source."""
    other: TaxView = "without_tax" if tax == "with_tax" else "with_tax"
    known = {side: all(row[side] is not None for row in rows) for side in (tax, other)}
    return other if known[other] and not known[tax] else tax


def _by_size(rows: Sequence[Row], amounts: Mapping[str, Decimal]) -> tuple[str, ...]:
    names = [str(row["source"]) for row in rows]
    return tuple(sorted(names, key=lambda name: (-abs(amounts[name]), name)))


def _conflict(rows: Sequence[Row]) -> Conflict:
    sums: dict[str, Decimal] = {}
    for row in rows:
        for name in row["counting"]:
            sums[name] = sums.get(name, ZERO) + row["amounts"][name]
    ordered = dict(sorted(sums.items(), key=lambda pair: (-abs(pair[1]), pair[0])))
    stake = sum((row["stake"] for row in rows), ZERO)
    months = [int(row["month"]) for row in rows]
    return Conflict(rows[0]["channel"], months[0], months[-1], ordered, stake)
