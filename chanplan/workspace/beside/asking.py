"""What every measure beside the lines is answered with: a way to ask, keys of rows, a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Integral
from typing import Final

import numpy as np
import pandas as pd

from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

# A question or query → its frame.
Ask = Callable[[MetricQuery | Question], pd.DataFrame]
Key = tuple[str | int | None, ...]
# The members of a row → its figure.
Figures = Mapping[Key, Decimal | int | None]
Tell = Callable[[str, Scope, tuple[str, ...], Ask], Figures]
CALENDAR: Final = frozenset(d.name for d in catalogue().dimensions.values() if d.calendar)


@dataclass(frozen=True)
class Way:
    """How a fact beside the lines is answered.

    known  the dimensions it can be split by and narrowed to
    needs  the upload it is told by, as `questions/uploads.sql` calls it; None for sales alone
    tell   the figures of a measure in a scope, by dimensions
    """

    known: frozenset[str]
    needs: str | None
    tell: Tell


def narrowed(scope: Scope) -> frozenset[str]:
    """The dimensions that a scope is narrowed by."""
    return frozenset(name for name, _ in (*scope.where, *scope.rows.permitted))


def keys(frame: pd.DataFrame, by: Sequence[str]) -> list[Key]:
    """The members of every row, alike whatever pandas made of them."""
    if not by:
        return [()] * len(frame)
    columns = ([member(value) for value in frame[name]] for name in by)
    return list(zip(*columns, strict=True))


def member(value: object) -> str | int | None:
    """One member of a dimension; None for "not stated"."""
    if value is None or value is pd.NA or value != value:
        return None
    return int(value) if isinstance(value, Integral) else str(value)


def those(frame: pd.DataFrame, kept: Iterable[bool]) -> pd.DataFrame:
    """The rows that are kept, of none as well."""
    return frame.loc[np.fromiter(kept, dtype=bool, count=len(frame))]


def figures(frame: pd.DataFrame, by: Sequence[str], column: str) -> Figures:
    """A column of an answer by the members of its rows."""
    values = [None if value is None or value != value else value for value in frame[column]]
    return dict(zip(keys(frame, by), values, strict=True))
