"""Which source counts, said by hand: what it would move, and the deed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from chanplan.plans import ruling
from chanplan.plans.ruling import Word
from chanplan.workspace import by_hand

if TYPE_CHECKING:
    from chanplan.workspace.records import Outcome
    from chanplan.workspace.workspace import Workspace

_WORDS = """
    select source, channel, from_month, to_month from source_authority
    order by source, channel, from_month"""


def words(space: Workspace) -> list[Word]:
    """What is said today of sources and the channels they count for."""
    found = space.store.fetch(_WORDS)
    return [
        Word(str(row.source), str(row.channel), int(str(row.from_month)), int(str(row.to_month)))
        for row in found.itertuples()
    ]


def moves(
    space: Workspace, channel: str, chosen: Collection[str], from_month: int = 0
) -> pd.DataFrame:
    """Which figures would move if these sources counted for a channel: see `by_hand.moves`."""
    return by_hand.moves(space, "sources", _rows(space, channel, chosen, from_month))


def say(
    space: Workspace, channel: str, chosen: Collection[str], reason: str, from_month: int = 0
) -> Outcome:
    """Say it, with a reason; undone like any import. MonthClosedError where that would move a
    figure of a closed month."""
    return by_hand.save(space, "sources", _rows(space, channel, chosen, from_month), reason)


def _rows(
    space: Workspace, channel: str, chosen: Collection[str], from_month: int
) -> list[Mapping[str, str]]:
    return ruling.rows(words(space), channel, chosen, from_month)
