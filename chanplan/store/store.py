"""The store as the workspace sees it: rows in, rows out, and what counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from chanplan.domain.calendar import MonthRow
from chanplan.domain.errors import StoreFaultError
from chanplan.domain.ports import Writer
from chanplan.store import attributes, authority, batches, costs, rollups, schema, territory, units
from chanplan.store.gateway import Gateway, Transaction
from chanplan.store.journal import Journal
from chanplan.store.originals import Originals


class Store:
    """An open store in one folder: database, journal, originals, staging."""

    def __init__(self, home: Path, calendar: Iterable[MonthRow], cut_off_day: int | None) -> None:
        """Creates what is missing. Raises StoreBusyError, StoreFaultError."""
        self.home = home.expanduser().resolve()
        self.staging = self.home / "staging"
        scratch = self.home / "scratch"
        originals = self.home / "originals"
        _make_folders(self.staging, scratch, originals)
        self._gateway = Gateway(self.home, (self.staging, originals), scratch)
        try:
            self.journal = Journal(self.home / "journal.jsonl")
            self.originals = Originals(originals)
            self._cut_off_day = cut_off_day
            self._prepare(calendar)
            # The number of the last journal entry that is committed: the data version.
            self.position = int(self.fetch("select seq from position")["seq"].iloc[0])
        except BaseException:
            self._gateway.close()
            raise

    def fetch(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """The rows of a query over the published relations."""
        return self._gateway.fetch(sql, values)

    @contextmanager
    def taking_in(self, seq: int) -> Iterator[Transaction]:
        """A transaction that also stores that journal entry `seq` has been taken in."""
        with self._gateway.transaction() as writer:
            yield writer
            writer.run("update position set seq = ?", [seq])
        self.position = seq

    def trying(self) -> AbstractContextManager[Transaction]:
        """A transaction that leaves nothing behind."""
        return self._gateway.trial()

    def settle(self, writer: Writer, *changed: int) -> None:
        """After batches' rows are in or their flags have changed: units, rollups, attributes."""
        months: set[int] = set()
        tables = {batch: batches.table(writer, batch) for batch in changed}
        if "products" in tables.values():  # says how many base units a case holds
            months.update(units.reconvert(writer))
            costs.fill_all(writer)
        if "regions" in tables.values():  # says which region a province belongs to
            months.update(territory.place_all(writer))
        if "sources" in tables.values():  # says which source counts
            months.update(batches.all_months(writer))
        months.update(*batches.months(writer, *changed).values())
        self.settle_months(writer, months)

    def settle_months(self, writer: Writer, months: Iterable[int]) -> None:
        """Bring all summaries of these months up to date."""
        authority.rebuild(writer)
        rollups.rebuild(writer, months)
        attributes.rebuild(writer)

    def fit(self, writer: Writer, *fresh: int) -> None:
        """Tell freshly loaded sales in the company's terms: base units, costs, regions, and
        their own month (with the cut-off 26–25 the 26th counts forward)."""
        units.convert(writer, *fresh)
        costs.fill(writer, *fresh)
        territory.place(writer, *fresh)
        if self._cut_off_day is not None:
            ours = f"batch in ({batches.listed(fresh)})"
            writer.run(f"{_move(True)} and {ours}", [self._cut_off_day])

    def close(self) -> None:
        """Close the database and let the next process in."""
        self._gateway.close()

    def _prepare(self, calendar: Iterable[MonthRow]) -> None:
        with self._gateway.transaction() as writer:
            schema.create(writer)
            schema.lay_calendar(writer, calendar)
            if writer.rows("select cut_off_day from position") != [(self._cut_off_day,)]:
                self._recut(writer)

    def _recut(self, writer: Writer) -> None:
        """The cut-off day has changed since the last start: every month is told anew."""
        if self._cut_off_day is None:
            writer.run(_move(False))
        else:
            writer.run(_move(True), [self._cut_off_day])
        changed = batches.recount(writer)
        self.settle_months(writer, changed)
        writer.run("update position set cut_off_day = ?", [self._cut_off_day])


def _make_folders(*folders: Path) -> None:
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            detail = fault.strerror or str(fault)
            raise StoreFaultError("home_unusable", home=folder.parent, detail=detail) from fault


def _move(cut: bool) -> str:
    """The update that tells a day-grain line's month."""
    plain = "year(date) * 100 + month(date)"
    following = "(year(date) + month(date) // 12) * 100 + month(date) % 12 + 1"
    month = f"case when day(date) <= ? then {plain} else {following} end" if cut else plain
    return f"update sales_line set month = {month} where grain = 'day'"
