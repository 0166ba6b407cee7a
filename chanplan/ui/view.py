"""What a reader is looking at: the scope, what it is compared with, and how that is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chanplan.domain.period import Period
from chanplan.domain.scope import Comparison, Scope


@dataclass(frozen=True)
class View:
    """The choices of the sidebar, resolved.

    told   basis, tax view, period, comparison, data date: the line above every page
    notes  what a reader must know before comparing, such as a base that is not covered
    base_told  the period compared with, by its months or days
    """

    scope: Scope
    compare: Comparison
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    base_told: str = ""

    @property
    def period(self) -> Period:
        """The months looked at."""
        return self.scope.period

    @property
    def base(self) -> Period | None:
        """The months compared with."""
        return base_of(self.scope.period, self.compare)


def base_of(period: Period, compare: Comparison) -> Period | None:
    """The period that a comparison puts beside this one."""
    if compare == "last_year":
        return period.last_year()
    return period.previous() if compare == "previous" else None


def covers(months: Collection[int], base: Period | None) -> int:
    """How many of the base's months hold data."""
    return 0 if base is None else sum(month in months for month in base)
