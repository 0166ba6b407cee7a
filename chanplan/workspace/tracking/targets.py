"""Targets beside sales, of one open store: what is set, what is sold, why they are missed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date

import pandas as pd

from chanplan.analysis.gap_bridge import Gap
from chanplan.analysis.tracked import Tracked
from chanplan.analysis.tracking import Progress
from chanplan.analysis.tracking_targets import Targets
from chanplan.domain.period import MONTHS_A_YEAR, Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.store import Store
from chanplan.workspace import looking
from chanplan.workspace.answers import Answer
from chanplan.workspace.tracking import gap, rated, sold, told

# What is worked out of thousands of targets holds a few ten MB of draws.
MOST_TRACKED = 4


class TrackedTargets:
    """What is asked of targets. `ask` answers questions as `Workspace.ask` does."""

    def __init__(self, store: Store, ask: Callable[[MetricQuery | Question], Answer]) -> None:
        self._store = store
        self._ask = ask
        self._kept: dict[Hashable, Tracked] = {}

    def tracked(
        self,
        scope: Scope,
        by: Sequence[str] = (),
        as_of: date | None = None,
        measure: str = "net_sales",
        progress: Progress = "calendar",
    ) -> Tracked:
        """Targets of the scope's period beside what was sold, by dimensions: see
        `tracking_rows.frame` for its columns. BadQueryError for a measure that does not add up."""
        key = (self._store.position, scope, tuple(by), as_of, measure, progress)
        if key not in self._kept:
            made = sold.track(
                self._store, self._frame, looking.coverage(self._store),
                scope, by, as_of, measure, progress, self._store.counting.cut,
            )  # fmt: skip
            kept = list(self._kept.items())[1 - MOST_TRACKED :]
            self._kept = dict([*kept, (key, made)])
            return made
        return self._kept[key]

    def of_year(
        self, scope: Scope, year: int, by: Sequence[str] = (), as_of: date | None = None
    ) -> pd.DataFrame:
        """The same rows for a fiscal year: the total first, then members by money at risk."""
        period = year_of(year, self._store.counting.fiscal_start)
        return self.tracked(scope.at(period), by, as_of).frame

    def gap(
        self,
        scope: Scope,
        by: Sequence[str] = (),
        as_of: date | None = None,
        progress: Progress = "calendar",
    ) -> Gap | None:
        """Why the same targets of net sales are behind or ahead: see `gap_bridge.gap`."""
        made = self.tracked(scope, by, as_of, progress=progress)
        products = looking.members(self._store, catalogue().dimensions["product"])
        return gap.gap(self._frame, made, scope, bool(products))

    def rated(self, scope: Scope, by: str, measure: str) -> pd.DataFrame:
        """Targets of a measure that does not add up, each beside its actual: see
        `tracking_rates.rates`. `by` may be ""."""
        counting, covered = self._store.counting, looking.coverage(self._store)
        starts, cut_off = counting.fiscal_start, counting.cut
        return rated.rated(self._ask, covered, scope, by, measure, starts, cut_off)

    def before(self, scope: Scope, by: Sequence[str], measure: str) -> Mapping[int, Targets]:
        """What was set for earlier spans of the scope's length, by their first month."""
        return told.before(self._frame, scope, by, measure)

    def elsewhere(self, scope: Scope, measure: str) -> pd.DataFrame:
        """Targets of the scope's months that name another basis or tax view: basis, tax, rows."""
        return told.elsewhere(self._store, scope, measure)

    def levels(self) -> pd.DataFrame:
        """What targets are in force, by measure: see `told.levels`."""
        return told.levels(self._store)

    def milestones(self) -> pd.DataFrame:
        """The newest word on every milestone: milestone, due, measure, value, channel, state."""
        return told.milestones(self._store)

    def _frame(self, query: MetricQuery | Question) -> pd.DataFrame:
        return self._ask(query).frame


def year_of(year: int, fiscal_start: int) -> Period:
    """The months of a fiscal year, named by the calendar year in which it ends."""
    first = year * 100 + 1 if fiscal_start == 1 else (year - 1) * 100 + fiscal_start
    return Period(first, shift(first, MONTHS_A_YEAR - 1))
