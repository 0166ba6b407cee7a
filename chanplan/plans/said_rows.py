"""Rows of a table that a person says by hand: read, checked, and dated from a day on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import pandas as pd

from chanplan.domain.ever import EVER

Row = dict[str, str]
# How a cell of a column is said; a choice is one of a few codes.
Kind = Literal["text", "rate", "date", "month", "number", "choice"]
VALID_FROM = "valid_from"


@dataclass(frozen=True)
class Fault:
    """A row (the first is 1) that cannot be taken, and why: "missing", "rate", "number" or "date"
    of a column; "none_of" of several, one of which it needs."""

    row: int
    column: str
    code: str


def rows(frame: pd.DataFrame, kinds: Mapping[str, Kind]) -> list[Row]:
    """Every row of an editor that says anything, as texts; a date of `EVER` is none."""
    found = []
    for cells in frame.to_dict("records"):
        row = {name: _text(cells.get(name), kind) for name, kind in kinds.items()}
        if any(row.values()):
            found.append(row)
    return found


def faults(
    said: Sequence[Row], kinds: Mapping[str, Kind], needs: Sequence[Collection[str]]
) -> list[Fault]:
    """What is missing or cannot be read; of every group in `needs` a row must say at least one."""
    found = []
    for at, row in enumerate(said, start=1):
        for group in needs:
            if not any(row.get(name) for name in group):
                code = "missing" if len(group) == 1 else "none_of"
                found.append(Fault(at, next(iter(group)), code))
        for name, kind in kinds.items():
            value = row.get(name, "")
            if value and not _readable(value, kind):
                found.append(Fault(at, name, kind))
    return found


def same(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether two tables say the same, in whatever order."""
    return sorted(map(_key, one)) == sorted(map(_key, other))


def changed(stands: Sequence[Row], said: Sequence[Row]) -> list[Row]:
    """The rows that are not among those that stand."""
    known = {_key(row) for row in stands}
    return [row for row in said if _key(row) not in known]


def from_day(
    stands: Sequence[Row],
    said: Sequence[Row],
    first: date,
    keys: Sequence[str],
    ending: Mapping[str, str] | None = None,
) -> list[Row]:
    """What a person says, in force from a day on: rows that stood before it stay as they were.

    keys    the columns that tell what a row speaks of
    ending  what a row says of a thing of which nothing is said any more; None: its old row stays
    """
    now, fresh = {_key(row) for row in said}, changed(stands, said)
    kept = [dict(row) for row in stands if _since(row) < first or _key(row) in now]
    dated = [{**row, VALID_FROM: max(_since(row), first).isoformat()} for row in fresh]
    spoken = {tuple(row.get(name, "") for name in keys) for row in said}
    gone = {tuple(row.get(name, "") for name in keys): row for row in kept}
    if ending is None:
        return [*kept, *dated]
    ended = [
        {**{name: row.get(name, "") for name in keys}, **ending, VALID_FROM: first.isoformat()}
        for key, row in gone.items()
        if key not in spoken
    ]
    return [*kept, *dated, *ended]


def since_ever(said: Sequence[Row]) -> list[Row]:
    """The same with a date in every row: files of dated tables have one."""
    return [{**row, VALID_FROM: row.get(VALID_FROM) or EVER.isoformat()} for row in said]


def _since(row: Row) -> date:
    told = row.get(VALID_FROM)
    return date.fromisoformat(told) if told else EVER


def _key(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in row.items() if value))


def _text(value: Any, kind: Kind) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if kind in ("date", "month"):
        return _day(value, kind)
    if kind == "rate":
        return _rate(str(value).strip())
    if kind == "number" and not isinstance(value, str):
        return format(Decimal(str(value)).normalize(), "f")
    return " ".join(str(value).split())


def _day(value: Any, kind: Kind) -> str:
    try:
        day = pd.Timestamp(value).date()
    except (ValueError, TypeError):
        return str(value).strip()
    if kind == "month":
        return day.strftime("%Y-%m")
    return "" if day == EVER else day.isoformat()


def _rate(text: str) -> str:
    """13, 0.13 and 13% are one rate: "13%"."""
    try:
        number = Decimal(text.replace("％", "%").removesuffix("%").strip())
    except InvalidOperation:
        return text
    percent = "%" in text or "％" in text or number >= 1
    shown = format((number if percent else number * 100).normalize(), "f")
    return f"{shown}%"


def _readable(value: str, kind: Kind) -> bool:
    if kind == "rate":
        try:
            return 0 <= Decimal(value.removesuffix("%")) < 100
        except InvalidOperation:
            return False
    if kind == "number":
        try:
            return Decimal(value) > 0
        except InvalidOperation:
            return False
    if kind == "date":
        try:
            return date.fromisoformat(value) >= EVER
        except ValueError:
            return False
    return True
