"""Months closed and opened again, each with a reason, and the snapshots that closings left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

from chanplan.domain.calendar import last_day
from chanplan.domain.closing import SnapKind, Snapshot
from chanplan.domain.errors import ClosingError
from chanplan.domain.line_types import COUNTED
from chanplan.domain.period import Period, readable
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.store import Store, closing, snapshots
from chanplan.store.journal import Entry
from chanplan.workspace import covering, looking, ticking
from chanplan.workspace.answers import Answer
from chanplan.workspace.closing.difference import Difference, difference


class Closings:
    """The verbs about closed months, over one open store. `ask` answers questions as
    `Workspace.ask` does."""

    def __init__(
        self,
        store: Store,
        ask: Callable[[MetricQuery | Question], Answer],
        changing: AbstractContextManager[object],
    ) -> None:
        self._store = store
        self._ask = ask
        self._changing = changing

    def closed(self) -> list[int]:
        """The months whose figures stand, in order."""
        return covering.closed_months(self._store)

    def change(
        self, scope: Scope, measure: str, by: Sequence[str] = (), snap: int | None = None
    ) -> Difference | None:
        """Reported, change, now of the last month of a scope, and whose deeds the change is; None
        where nobody has closed it. `snap` names an older closing. ClosingError, BadQueryError."""
        chosen = self.chosen(scope.period.last, snap)
        if chosen is None:
            return None
        return difference(self._store, self._ask, chosen, scope, measure, by)

    def snapshots(self, month: int | None = None) -> list[Snapshot]:
        """Every closing, of one month or of all, the newest first."""
        found = self._store.fetch(
            "select * from snap where ? is null or month = ? order by id desc", [month, month]
        )
        return [snapshots.snapshot(row) for row in found.to_dict("records")]

    def chosen(self, month: int, snap: int | None = None) -> Snapshot | None:
        """The snapshot that was asked for; else the newest 决算 of a month, else its newest 快报;
        None where it has none. ClosingError for one that is not there."""
        every = self.snapshots(month)
        if snap is not None:
            found = [one for one in every if one.id == snap]
            if not found:
                raise ClosingError("no_snapshot", month=readable([month]), snap=snap)
            return found[0]
        return next((one for one in every if one.kind == "final"), every[0] if every else None)

    def otherwise(self) -> list[Snapshot]:
        """The newest closings of months that a replay of the journal has made otherwise than they
        were."""
        newest = {one.month: one for one in reversed(self.snapshots())}
        return [one for _, one in sorted(newest.items()) if one.otherwise]

    def posted(self, period: Period, basis: str, tax: str) -> Mapping[int, Decimal]:
        """Month → net sales that are of it and were posted to a later month."""
        if self._store.fetch("select 1 from posted limit 1").empty:
            return {}
        found = self._store.fetch(
            f"select posted_from as month, sum(amount_{tax}) as money from line_facts"
            " where month in (select month_to from posted) and posted_from between ? and ?"
            f" and basis = ? and line_type in {COUNTED} group by posted_from",
            [period.first, period.last, basis],
        )
        known = found[found["money"].notna()]
        return {int(m): money for m, money in zip(known["month"], known["money"], strict=True)}

    def refusal(self, month: int) -> ClosingError | None:
        """Why a month should not be closed today, or nothing. Only a month that is not over yet
        can be closed all the same (`force`)."""
        named = readable([month])
        if month in self.closed():
            return ClosingError("month_is_closed", months=named)
        found = looking.coverage(self._store)
        if found is None or not self._has_lines(month):
            return ClosingError("month_without_lines", months=named)
        if _is_over(month, found.data_date, self._store.counting.cut):
            return None
        return ClosingError("month_not_over", months=named, until=str(found.data_date or "—"))

    def close(
        self, month: int, kind: SnapKind = "final", reason: str | None = None, force: bool = False
    ) -> Snapshot:
        """Keep what every figure of a month is: "flash" 快报 leaves it open, "final" 决算 locks it.

        ClosingError for a month that is closed, has no line that counts, or, unless `force`, is
        not over by the data date."""
        with self._changing:
            why = self.refusal(month)
            if why and not (force and why.code == "month_not_over"):
                raise why
            self._note([month], True, kind, reason)
            return self.snapshots(month)[0]

    def reopen(self, months: Sequence[int], reason: str | None = None) -> None:
        """Open closed months again; their snapshots stay. ClosingError for one that is open."""
        with self._changing:
            closed = self.closed()
            if wrong := [month for month in months if month not in closed]:
                raise ClosingError("month_is_open", months=readable(wrong))
            self._note(months, False, "final", reason)

    def mark(self, months: Sequence[int], closed: bool) -> None:
        """Close months (202403), so that nothing moves their figures, or open them again."""
        with self._changing:
            moved = [month for month in months if (month in self.closed()) != closed]
            if moved:
                self._note(moved, closed, "final")

    def tick(self, month: int, step: str, done: bool, note: str | None = None) -> None:
        """Say that a step of a month's end is done, and why, or that it is not."""
        with self._changing:
            ticking.tick(self._store, month, step, done, note)

    def _note(
        self, months: Sequence[int], closed: bool, kind: SnapKind, reason: str | None = None
    ) -> None:
        """Write the deed down with the checksums of what it keeps, then do it."""
        body: dict[str, Any] = {"months": sorted(set(months)), "closed": closed, "reason": reason}
        if closed:
            body |= {"kind": kind}
            with self._store.trying() as writer:
                made = closing.take_in(writer, Entry(0, "", "", closing.CLOSE, body))
            body["checksums"] = {str(month): checksum for month, checksum in made.items()}
        with self._store.noting(closing.CLOSE, [body]) as (entry,):
            self.take_in(entry)

    def take_in(self, entry: Entry) -> None:
        """Bring one closing or opening into the database."""
        with self._store.taking_in(entry.seq) as writer:
            closing.take_in(writer, entry)

    def _has_lines(self, month: int) -> bool:
        found = self._store.fetch("select 1 from rollup_partner where month = ? limit 1", [month])
        return not found.empty


def _is_over(month: int, covered: date | None, cut_off_day: int) -> bool:
    return covered is not None and last_day(month, cut_off_day) <= covered
