"""Answers by several dimensions read as cells: a key of members, and the money in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.analysis import arithmetic

Key = tuple[Any, ...]
Cells = dict[Key, Decimal]
MEASURE = "net_sales"


def cells(frame: pd.DataFrame, *dimensions: str, measure: str = MEASURE) -> Cells:
    """Members in this order (months as integers, None = not stated) → amount; those unknown are
    left out, members told by several rows are added."""
    columns = [_members(frame, name) for name in dimensions]
    found: Cells = defaultdict(Decimal)
    amounts = arithmetic.numbers(frame, measure)
    for key, value in zip(zip(*columns, strict=True), amounts, strict=True):
        if value is not None:
            found[key] += value
    return found


def sums(known: Mapping[Key, Decimal], *places: int) -> Cells:
    """The same added up over the places of the key that are not named."""
    found: Cells = defaultdict(Decimal)
    for key, value in known.items():
        found[tuple(key[place] for place in places)] += value
    return found


def by_size(sizes: Mapping[Key, Decimal]) -> list[str]:
    """Named members of one-place keys, largest first, by name among equals."""
    named: Collection[str] = [name for (name,) in sizes if name is not None]
    return sorted(named, key=lambda name: (-sizes[name,], name))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries, Decimals as they are."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """A frame of these rows that keeps Decimals and None as they are."""
    listed = list(rows)
    turned = list(zip(*listed, strict=True)) if listed else [()] * len(columns)
    pairs = zip(columns, turned, strict=True)
    return pd.DataFrame({name: arithmetic.column(values) for name, values in pairs})


def _members(frame: pd.DataFrame, dimension: str) -> Iterable[object]:
    if dimension == "month":
        return [int(month) for month in frame["month"]]
    return arithmetic.members(frame, dimension)
