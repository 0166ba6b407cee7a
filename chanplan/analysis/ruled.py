"""What another rule would move: which figures, in which months, from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

FIGURES = ("with_tax", "without_tax", "quantity", "lines")


@dataclass(frozen=True)
class Figure:
    """A figure that moves: its sum over the places that move, before and after."""

    name: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Moved:
    """The figures that move, the months they move in, and those of them that are closed; the basis
    of the figures' sums, where places of others move too."""

    figures: tuple[Figure, ...]
    months: tuple[int, ...]
    closed: tuple[int, ...]
    basis: str | None = None


def moved(moves: pd.DataFrame) -> Moved | None:
    """In: `by_hand.moves`. None where nothing moves. Bases are not added: a figure's sums are of
    the basis with most places."""
    if moves.empty:
        return None
    months = sorted({int(month) for month in moves["month"]})
    closed = sorted({int(month) for month in moves.loc[moves["closed"].astype(bool), "month"]})
    basis = str(moves["basis"].mode().iloc[0])
    main = moves[moves["basis"] == basis]
    figures = []
    for name in FIGURES:
        pairs = [_pair(row, name) for row in moves.to_dict("records")]
        if any(before != after for before, after in pairs):
            sums = [_pair(row, name) for row in main.to_dict("records")]
            before = sum((one or Decimal(0) for one, _ in sums), Decimal(0))
            after = sum((other or Decimal(0) for _, other in sums), Decimal(0))
            figures.append(Figure(name, before, after))
    several = moves["basis"].nunique() > 1
    return Moved(tuple(figures), tuple(months), tuple(closed), basis if several else None)


def rows(moves: pd.DataFrame, found: Moved) -> pd.DataFrame:
    """The places with the difference of every figure that moves, the latest month first."""
    frame = moves.copy()
    for one in found.figures:
        pairs = [_pair(row, one.name) for row in moves.to_dict("records")]
        frame[f"{one.name}_difference"] = pd.Series(
            [_moved_by(before, after) for before, after in pairs],
            index=frame.index, dtype=object,
        )  # fmt: skip
    return frame.sort_values(["month", "basis", "channel"], ascending=[False, True, True])


def _moved_by(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """None where neither is told, as of money that is never added."""
    if before is None and after is None:
        return None
    return (after or Decimal(0)) - (before or Decimal(0))


def _pair(row: Mapping[Any, Any], name: str) -> tuple[Decimal | None, Decimal | None]:
    before, after = (_decimal(row[f"{name}_{when}"]) for when in ("before", "after"))
    return before, after


def _decimal(value: Any) -> Decimal | None:
    return None if value is None or pd.isna(value) else Decimal(str(value))
