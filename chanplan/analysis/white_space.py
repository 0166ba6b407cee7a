"""What a channel does not sell, or sells far less of than channels like it, sized in money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.fit import FLOOR

COLUMNS: Final = (
    "channel", "item", "value", "share", "peers", "peer_share", "sales", "size", "low", "high",
)  # fmt: skip
# Channels are alike from this overlap of their mixes on.
LIKE_FROM: Final = 0.6
# A channel is sized by so many channels like it at most, and at least.
PEERS: Final = 3
FEWEST_PEERS: Final = 2
# Far below: less than this part of what the channels like it have.
FAR_BELOW: Final = Decimal("0.5")
# Among how many of the largest channels those alike are looked for.
MOST_CHANNELS: Final = 40

Mix = Mapping[str | None, Decimal]


@dataclass(frozen=True)
class Peer:
    """A channel like another: how much their mixes overlap (0 to 1), and its share of the item."""

    channel: str
    overlap: float
    share: Decimal


def white_space(
    table: pd.DataFrame, mixes: Mapping[str, Mix], within: Mapping[str, str | None]
) -> pd.DataFrame:
    """空白机会 (definitions §4), largest first.

    In: `fit_judging.judged`; channel → category → net sales; item → the category it belongs to
    (a category: itself). Out: COLUMNS. A cell is white space when it sells nothing, or surely
    below its index of 100, and less than FAR_BELOW of what its peers have. `peers` (a tuple of
    Peer) are the channels that sell the item and whose mix of the *other* categories overlaps
    most; `peer_share` is their share of the item taken together, `sales` the channel's,
    `size` = peer_share × sales − value (money), `low` and `high` the same with the least and
    the greatest of their shares. What stays below the floor (a part of all sales) is left out.
    """
    totals = {name: sum(mix.values(), ZERO) for name, mix in mixes.items()}
    floor = FLOOR * sum(totals.values(), ZERO)
    alike = _Alike(mixes, totals)
    found: list[tuple[Any, ...]] = []
    shares: dict[str, dict[str, Decimal]] = {}
    rows = cells.records(table)
    for row in rows:
        shares.setdefault(row["item"], {})[row["channel"]] = row["share"]
    for row in filter(_may_be_white, rows):
        item, near = row["item"], alike.to(row["channel"], within.get(row["item"]))
        selling = [(name, over) for name, over in near if (shares[item].get(name) or ZERO) > 0]
        peers = [Peer(name, over, shares[item][name]) for name, over in selling[:PEERS]]
        told = _sized(row, peers, totals)
        if told is not None and told[-3] >= floor:
            found.append(told)
    return cells.table(COLUMNS, sorted(found, key=_largest_first))


def overlap(one: Mix, other: Mix, without: str | None) -> float:
    """Σ min(p, q) of two channels' shares over the categories except one: 1 is the same mix, 0
    nothing in common (the overlap of Czekanowski, also named after Schoener)."""
    left, right = _parts(one, without), _parts(other, without)
    return sum(min(part, right.get(name, 0.0)) for name, part in left.items())


class _Alike:
    """The channels whose mixes are alike, worked out once for every channel and category."""

    def __init__(self, mixes: Mapping[str, Mix], totals: Mapping[str, Decimal]) -> None:
        self.mixes = mixes
        self.known: dict[tuple[str, str | None], list[tuple[str, float]]] = {}
        self.among = sorted(totals, key=lambda name: (-totals[name], name))[:MOST_CHANNELS]

    def to(self, channel: str, without: str | None) -> list[tuple[str, float]]:
        """(channel, overlap) from LIKE_FROM on, the most alike first."""
        if (channel, without) not in self.known:
            own = self.mixes.get(channel, {})
            others = (name for name in self.among if name != channel)
            near = [(name, overlap(own, self.mixes[name], without)) for name in others]
            kept = [(name, over) for name, over in near if over >= LIKE_FROM]
            self.known[channel, without] = sorted(kept, key=lambda pair: (-pair[1], pair[0]))
        return self.known[channel, without]


def _parts(mix: Mix, without: str | None) -> dict[str | None, float]:
    amounts = {name: value for name, value in mix.items() if name != without and value > 0}
    whole = sum(amounts.values(), ZERO)
    return {name: float(value / whole) for name, value in amounts.items()}


def _largest_first(told: Sequence[Any]) -> tuple[Any, ...]:
    return -told[-3], told[0], told[1]


def _may_be_white(row: Mapping[str, Any]) -> bool:
    unsold = row["value"] <= 0 and row["verdict"] in ("unjudged", "ordinary")
    return unsold or row["verdict"] == "weak"


def _sized(
    row: Mapping[str, Any], peers: Sequence[Peer], totals: Mapping[str, Decimal]
) -> tuple[Any, ...] | None:
    if len(peers) < FEWEST_PEERS:
        return None
    sales = totals[row["channel"]]
    sold = _total(peer.share * totals[peer.channel] for peer in peers)
    share = sold / _total(totals[peer.channel] for peer in peers)
    if row["share"] >= FAR_BELOW * share:
        return None
    told = [row[name] for name in ("channel", "item", "value", "share")]
    each = [peer.share for peer in peers]
    sizes = [part * sales - row["value"] for part in (share, min(each), max(each))]
    return (*told, tuple(peers), share, sales, sizes[0], max(sizes[1], ZERO), sizes[2])


def _total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)
