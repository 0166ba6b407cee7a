"""Finance's figures beside ours: book, ours, difference, and whether they tie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import arithmetic, cells
from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.scope import Scope, TaxView
from chanplan.questions import Question

# tied     within the tolerance; explained  off, with a reason beside it; off  without one
# no_book  our lines, and no figure of finance's; no_data  the other way round
STATES: Final = ("off", "no_data", "no_book", "explained", "tied")
COLUMNS: Final = (
    *("basis", "source", "channel", "month", "tax", "book", "ours", "difference", "rate"),
    *("state", "reason", "file", "line"),
)
# By how much figures may differ where the company has not said.
TOLERANCE: Final = Decimal("0.01")
Row = Mapping[str, Any]
# Source ('' = all that count), channel (None = all) and month.
Place = tuple[str, str | None, int]


@dataclass(frozen=True)
class Tied:
    """How many figures of finance's there are and tie, and the one that is furthest off."""

    booked: int
    tied: int
    furthest: Row | None


def question(scope: Scope) -> Question:
    """What finance has booked in the scope's basis; `ruling.question` tells ours."""
    return Question("ledger", scope)


def ties(
    booked: pd.DataFrame,
    told: pd.DataFrame,
    basis: str,
    tax: TaxView,
    tolerance: Decimal | None = None,
) -> pd.DataFrame:
    """One row per figure of finance's, and per source and month that has none: COLUMNS.

    booked  the answer to `question`; told: the answer to `ruling.question` in the same basis
    tax     the side of a figure that names none

    Ours is the whole source's, whether another one outranks it or not; of a figure that names no
    source, all that counts. `difference` is ours − book, `rate` its part of the book. Rows that
    need someone come first, most money first.
    """
    rows = cells.records(told)
    known: list[tuple[Any, ...]] = []
    places: set[tuple[str, int]] = set()
    for row in cells.records(booked):
        source, month = str(row["source"]), int(row["month"])
        if source or row["channel"] is None:
            places.add((source, month))
        side: TaxView = row["tax"] or tax
        ours = _ours(rows, (source, row["channel"], month), side)
        known.append(_tie(row, basis, side, ours, TOLERANCE if tolerance is None else tolerance))
    sources = sorted({(str(row["source"]), int(row["month"])) for row in rows} - places)
    for source, month in sources:
        if source == ADJUSTED or ("", month) in places:
            continue
        ours = _ours(rows, (source, None, month), tax)
        known.append((basis, source, None, month, tax, None, ours, None, None, "no_book") + _NONE)
    known.sort(key=_order)
    return cells.table(COLUMNS, known)


def tied(told: pd.DataFrame) -> Tied:
    """The sum of it."""
    rows = [row for row in cells.records(told) if row["book"] is not None]
    off = [row for row in rows if row["difference"] is not None and row["state"] != "tied"]
    furthest = max(off, key=lambda row: abs(row["difference"]), default=None)
    return Tied(len(rows), sum(1 for row in rows if row["state"] == "tied"), furthest)


_NONE = (None, None, None)


def _ours(rows: Iterable[Row], place: Place, side: TaxView) -> Decimal | None:
    source, channel, month = place
    found = [
        row[side]
        for row in rows
        if int(row["month"]) == month
        and (row["source"] == source if source else row["counts"])
        and (channel is None or row["channel"] == channel)
    ]
    return arithmetic.total(found)


def _tie(
    row: Row, basis: str, side: TaxView, ours: Decimal | None, tolerance: Decimal
) -> tuple[Any, ...]:
    book = row["amount"]
    gap = arithmetic.difference(ours, book)
    reason = (row["reason"] or "").strip() or None
    if gap is None:
        state = "no_data"
    elif abs(gap) <= tolerance:
        state = "tied"
    else:
        state = "explained" if reason else "off"
    rate = gap / abs(book) if gap is not None and book else None
    place = (basis, row["source"], row["channel"], int(row["month"]), side)
    return (*place, book, ours, gap, rate, state, reason, row["file"], row["line"])


def _order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    told = dict(zip(COLUMNS, row, strict=True))
    money = told["difference"] if told["difference"] is not None else told["book"] or ZERO
    place = (-told["month"], told["source"], told["channel"] or "")
    return STATES.index(told["state"]), -abs(money), *place
