"""What a year's targets say of each node: by months where there are any, else quarters, else the
year; a frame of `targets_in_force` in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.domain.targets import NODE, target_measures

ZERO = Decimal(0)
# Finer periods say more: what a node's months sum to is its year.
PERIODS = ("month", "quarter", "year")
# Dimension and member, in the order of NODE; () is the company.
Place = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """What is told of one measure at one place in one year.

    by_period  kind of period → Σ of its values (of a measure that does not sum up: their mean)
    months     month (202601) → value
    locked     whether all of it is; version, batch: of the newest row
    """

    measure: str
    place: Place
    by_period: Mapping[str, Decimal]
    months: Mapping[int, Decimal]
    locked: bool
    version: str
    batch: int

    @property
    def value(self) -> Decimal:
        """The year, from the finest period that is told."""
        return next(self.by_period[one] for one in PERIODS if one in self.by_period)

    @property
    def dimensions(self) -> frozenset[str]:
        """What the place says: its shape."""
        return frozenset(name for name, _ in self.place)


def told_of(targets: pd.DataFrame, year: int) -> list[Told]:
    """Every measure and place of a year, in the order in which they are first told.

    targets  columns month (date), period, measure, those of NODE, value, version, batch, locked
    """
    days = pd.to_datetime(targets["month"])
    of_year = targets.assign(month=days.dt.year * 100 + days.dt.month)[days.dt.year == year]
    rows: dict[tuple[str, Place], list[Mapping[str, Any]]] = {}
    for row in _rows(of_year):
        rows.setdefault((str(row["measure"]), place_of(row)), []).append(row)
    return [_told(measure, place, group) for (measure, place), group in rows.items()]


def _rows(targets: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in targets.columns]
    columns = [targets[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def place_of(row: Mapping[str, Any]) -> Place:
    """The members that a row names."""
    return tuple((name, str(row[name])) for name in NODE if _said(row.get(name)))


def _said(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _told(measure: str, place: Place, rows: list[Mapping[str, Any]]) -> Told:
    known = target_measures().get(measure)
    sums = known is not None and known.additive
    newest = max(rows, key=lambda row: int(row["batch"]))
    by_period: dict[str, list[Decimal]] = {}
    months: dict[int, Decimal] = {}
    for row in rows:
        value = Decimal(str(row["value"]))
        by_period.setdefault(str(row["period"]), []).append(value)
        if row["period"] == "month":
            month = int(row["month"])
            months[month] = months.get(month, ZERO) + value
    return Told(
        measure,
        place,
        {one: _together(values, sums) for one, values in by_period.items()},
        months,
        all(bool(row["locked"]) for row in rows),
        str(newest["version"]),
        int(newest["batch"]),
    )


def _together(values: Iterable[Decimal], sums: bool) -> Decimal:
    told = list(values)
    return sum(told, ZERO) / (1 if sums else len(told))
