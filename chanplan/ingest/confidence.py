"""How sure a column's field is: what its heading says weighs most, what its cells say the rest."""

from __future__ import annotations

from collections.abc import Sequence

from chanplan.domain.tables import Column
from chanplan.ingest.matching import Match, share_read
from chanplan.ingest.told import ColumnChoice

# What a reason is worth where the cells say nothing, and where all of them fit.
_WORTH = {
    "given": (1.0, 1.0),
    "remembered": (0.97, 0.99),
    "known_shape": (0.9, 1.0),
    "wide": (0.85, 0.95),
    "split": (0.85, 0.95),
    "known_word": (0.8, 0.99),
    "fallback_word": (0.6, 0.8),
    "values": (0.3, 0.7),
}
_OTHER = (0.5, 0.7)
# A name can be anything, so its cells neither prove nor disprove it.
_NAMES = 0.75


def chosen(field: str, found: Match, column: Column, cells: Sequence[str | None]) -> ColumnChoice:
    """A field's column with its confidence.

    confidence = low + (high − low) × share of the cells that read as the kind; of names, 3/4 of
    the way. A column taken though few of its cells fit is not surer than that share.
    """
    low, high = _WORTH.get(found.reason, _OTHER)
    share = share_read(column, cells)
    confidence = low + (high - low) * (_NAMES if share is None else share)
    if share is not None and found.reason != "given":
        confidence = min(confidence, max(share, 0.1)) if share < low else confidence
    return ColumnChoice(field, found.at, found.header, found.reason, round(confidence, 2), share)
