"""Files on their way in, and which of them are read in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from chanplan.domain.recipe import Recipe
from chanplan.ingest.read import Sheet
from chanplan.store.journal import Entry
from chanplan.store.originals import Original

# Files read in one pass: so many small ones that planning a statement no longer counts, so few
# that progress is seen and their rows fit in memory.
MOST_TOGETHER = 12
# Files above this size are read one by one.
SMALL = 4 << 20


@dataclass(frozen=True)
class Work:
    """One file on its way in."""

    entry: Entry
    original: Original
    recipe: Recipe
    sheet: Sheet


def posts(one: Work) -> dict[int, int]:
    """Closed month → the month in which late lines of it count."""
    told = one.entry.body.get("post") or {}
    return {int(closed): int(after) for closed, after in told.items()}


def groups(work: Sequence[Work]) -> list[list[Work]]:
    """Neighbours that are read in the same way, where small; others stand alone."""
    made: list[list[Work]] = []
    for _, members in groupby(work, _way):
        alike = list(members)
        made += [alike[at : at + MOST_TOGETHER] for at in range(0, len(alike), MOST_TOGETHER)]
    return made


def _way(one: Work) -> Recipe | int:
    """How a file is read; in which line its header stands does not matter."""
    if one.original.size > SMALL:
        return one.entry.seq
    return replace(one.recipe, header_line=0, sheet=None, dialect=None)
