"""Which source counts for a channel, said anew: the rows of the table of sources that say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

# What a source is authoritative for where it is for no channel any more.
NOWHERE: Final = "无"
# Between channels in one cell.
_BETWEEN: Final = "、"


@dataclass(frozen=True)
class Word:
    """A source counts for a channel from one month to another; 0: since ever."""

    source: str
    channel: str
    from_month: int
    to_month: int


def rows(
    told: Iterable[Word], channel: str, chosen: Collection[str], from_month: int = 0
) -> list[Mapping[str, str]]:
    """Rows (column → text) by which `chosen` sources, and no others, count for a channel from a
    month on; what is said of other channels stays as it is, later words among it.

    With several chosen each of them counts. None chosen: nobody's word holds for the channel.
    """
    words = list(told)
    others = {word.source for word in words if word.channel == channel} - {*chosen}
    made = []
    for source in (*sorted(chosen), *sorted(others)):
        own = [word for word in words if word.source == source]
        later = {word.from_month for word in own if word.from_month > from_month}
        for month in (from_month, *sorted(later)):
            now = {w.channel for w in own if w.from_month <= month <= w.to_month}
            now = now | {channel} if source in chosen else now - {channel}
            made.append(_row(source, now, month))
    return made


def _row(source: str, channels: Collection[str], month: int) -> Mapping[str, str]:
    since = f"{month // 100}-{month % 100:02d}" if month else ""
    kept = _BETWEEN.join(sorted(name for name in channels if name != NOWHERE))
    return {"source": source, "authoritative_for": kept or NOWHERE, "valid_from": since}
