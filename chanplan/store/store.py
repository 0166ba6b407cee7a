"""The store as the workspace sees it: rows in, rows out, and what counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from chanplan.domain import calendar
from chanplan.domain.company import Counting
from chanplan.domain.company import company as said_by
from chanplan.domain.errors import StoreFaultError
from chanplan.domain.ports import Writer
from chanplan.domain.writing import writing
from chanplan.settings import Share
from chanplan.store import (
    attributes,
    authority,
    batches,
    care,
    checksums,
    company,
    costs,
    deeds,
    exchange,
    itemised,
    joined,
    joining,
    keeping,
    line_types,
    matched,
    moving,
    posting,
    restating,
    rollups,
    schema,
    targets,
    taxes,
    territory,
    units,
)
from chanplan.store.checksums import Checksums
from chanplan.store.gateway import Gateway, Transaction
from chanplan.store.holding import Holding, make_folders
from chanplan.store.joined import Joined
from chanplan.store.joining import MonthOf
from chanplan.store.journal import Entry, Journal
from chanplan.store.matched import Moved
from chanplan.store.originals import Originals
from chanplan.store.sales import SALES


class Store:
    """An open store in one folder: database, journal, originals, staging."""

    def __init__(
        self,
        home: Path,
        counting: Counting = Counting(),  # noqa: B008 - a frozen value
        name: str = keeping.DATABASE,
        holding: Holding | None = None,
        share: Share = Share(),  # noqa: B008 - a frozen value
    ) -> None:
        """Creates what is missing. `counting` is how the company counts where it has not said
        itself. `holding` is the caller's hold on the folder, where it has
        one already; `name` the database file; `share` what the engine may take.

        Raises StoreBusyError, StoreFaultError; StoreOutdatedError for an older program's store.
        """
        self._holding = holding or Holding(home)
        self._ours = holding is None
        self.home = self._holding.home
        self.staging = self.home / "staging"
        scratch, originals = self.home / "scratch", self.home / "originals"
        self._settings = counting
        # How it counts at a number of the journal: looked up once for each.
        self._counting = (-1, counting)
        # What was written down, could not be done, and could not yet be given up.
        self._doubtful: list[Entry] = []
        try:
            make_folders(self.staging, scratch, originals)
            with writing():
                self.journal = Journal(self.home / "journal.jsonl")
            self.originals = Originals(originals)
            self._gateway = self._connected((self.staging, originals), scratch, name, share)
            try:
                self._prepare()
                # The number of the last journal entry that is committed: the data version.
                self.position = self._taken_in()
            except BaseException:
                self._gateway.close()
                raise
        except BaseException:
            self._let_go()
            raise

    @property
    def healed(self) -> str | None:
        """The name under which a log that could not be read was set aside at opening."""
        return self._gateway.healed

    def fetch(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """The rows of a query over the published relations."""
        return self._gateway.fetch(sql, values)

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The same as an Arrow table, for answers of a million rows."""
        return self._gateway.arrow(sql, values)

    @contextmanager
    def noting(self, kind: str, bodies: Sequence[Mapping[str, Any]]) -> Iterator[list[Entry]]:
        """A deed, written down before it is done; where it fails, it is given up for good."""
        self.give_up_missed()
        entries = self.journal.append_all(kind, bodies)
        try:
            yield entries
        except BaseException:
            self._doubtful = entries
            with suppress(StoreFaultError):  # the engine may be gone: then before the next deed
                self.give_up_missed()
            raise

    def give_up_missed(self) -> None:
        """Give up the entries of a deed that failed, unless the database has them after all."""
        entries = self._doubtful
        if entries and self._taken_in() < entries[-1].seq:
            try:
                self.journal.append_all(deeds.ABANDON, [{"seq": entry.seq} for entry in entries])
            except StoreFaultError:
                self.journal.take_back(entries)
        self._doubtful = []

    @contextmanager
    def taking_in(self, seq: int) -> Iterator[Transaction]:
        """A transaction that also stores that journal entry `seq` has been taken in."""
        try:
            with self._gateway.transaction() as writer:
                yield writer
                writer.run("update position set seq = ?", [seq])
        except StoreFaultError:
            # The commit may have landed and only what follows it failed: then the deed is done.
            if self._taken_in() < seq:
                raise
        self.position = seq

    def _taken_in(self) -> int:
        return int(self.fetch("select seq from position")["seq"].iloc[0])

    def pass_over(self, seq: int) -> None:
        """Note an entry that changes no row by itself."""
        with self.taking_in(seq):
            pass

    def checksums(self) -> Checksums:
        """What every table holds, each as one checksum."""
        with self.trying() as reader:
            return checksums.of(reader)

    def trying(self) -> AbstractContextManager[Transaction]:
        """A transaction that leaves nothing behind."""
        return self._gateway.trial()

    def joined(self, batch: int) -> Joined | None:
        """What became of a batch's returns and items; KeyError for no such batch."""
        with self.trying() as reader:
            table = batches.table(reader, batch)
            if table is None:
                raise KeyError(batch)
            return joined.told(reader, batch, table)

    def settle(self, writer: Writer, *changed: int) -> None:
        """After batches' rows are in or their flags have changed: units, rollups, attributes."""
        months: set[int] = set()
        tables = {batch: batches.table(writer, batch) for batch in changed}
        products = "products" in tables.values()
        if products or taxes.TABLE in tables.values():  # says at which rate a line is taxed
            months.update(taxes.refit(writer))
        if products:  # says how many base units a case holds
            months.update(units.reconvert(writer))
        if products or taxes.TABLE in tables.values():
            costs.fill_all(writer)
        if line_types.TABLE in tables.values():  # says what kind of line a line is
            months.update(line_types.refit(writer))
        if "regions" in tables.values():  # says which region a province belongs to
            months.update(territory.place_all(writer))
        if "sources" in tables.values():  # says which source counts
            months.update(batches.all_months(writer))
        if "targets" in tables.values():
            targets.rebuild(writer)
        if care.TABLE in tables.values():
            care.rebuild(writer)
        months.update(*batches.months(writer, *changed).values())
        self.settle_months(writer, months)

    def settle_months(self, writer: Writer, months: Iterable[int]) -> None:
        """Bring all summaries of these months up to date."""
        given_way = restating.rebuild(writer)
        authority.rebuild(writer)
        moved = given_way | joining.rebuild(writer, _month_of(_cut_off(writer)))
        moved |= self._exchange(writer)
        rollups.rebuild(writer, {*months, *moved})
        attributes.rebuild(writer)
        moving.rebuild(writer)

    def settle_names(self, writer: Writer, moved: Moved) -> None:
        """After names were matched or taken apart: what is told of members by others follows."""
        months = matched.months(writer, moved)
        targets.rebuild(writer)
        if "product" in moved.names and writer.rows("select 1 from products limit 1"):
            months.update(units.reconvert(writer))
            costs.fill_all(writer)
        if "product" in moved.names and taxes.is_told(writer):
            months.update(taxes.refit(writer))
            costs.fill_all(writer)
        months.update(line_types.refit(writer))
        if "province" in moved.names and writer.rows("select 1 from regions limit 1"):
            months.update(territory.place_all(writer))
        self.settle_months(writer, months)

    def fit(self, writer: Writer, *fresh: int) -> None:
        """Tell freshly loaded sales in the company's terms: both sides of the tax, types of line,
        base units, costs, regions, and their own month (with the cut-off 26–25 the 26th counts
        forward)."""
        taxes.fit(writer, *fresh)
        line_types.fit(writer, *fresh)
        units.convert(writer, *fresh)
        costs.fill(writer, *fresh)
        territory.place(writer, *fresh)
        if (cut_off := _cut_off(writer)) is not None:
            ours = f"batch in ({batches.listed(fresh)})"
            writer.run(f"{_move(cut_off)} and {ours}")
        itemised.find_twins(writer, *fresh)

    def close(self) -> None:
        """Close the database and let the next process in."""
        self._gateway.close()
        self._let_go()

    def finish(self) -> None:
        """Close a database made anew, all of it in its file."""
        self._gateway.checkpoint()
        self.close()

    def _connected(
        self, readable: Sequence[Path], scratch: Path, name: str, share: Share
    ) -> Gateway:
        """A fault of the database tells how many batches the journal can bring back."""
        try:
            return Gateway(self.home, readable, scratch, name, share)
        except StoreFaultError as fault:
            fault.values["count"] = len(deeds.imports(self.journal))
            raise

    def _let_go(self) -> None:
        if self._ours:
            self._holding.release()

    def _prepare(self) -> None:
        with self._gateway.transaction() as writer:
            told = schema.prepare(writer, self._lay_calendar)
            self._tell_anew(writer, told)

    @property
    def counting(self) -> Counting:
        """How the company counts: its own words above what the settings say."""
        if self._counting[0] != self.position:
            found = self.fetch("select key, value from company_word")
            said = dict(zip(found["key"], found["value"], strict=True))
            told = self._settings.with_words(said_by(said))
            self._counting = (self.position, told)
        return self._counting[1]

    def count_anew(self, writer: Writer) -> None:
        """After the company or the settings have said how to count: the calendar is laid anew,
        and where months are cut otherwise, or foreign money is told at other rates, the lines
        are told and summed anew."""
        self._tell_anew(writer, self._lay_calendar(writer))

    def _lay_calendar(self, writer: Writer) -> Counting:
        told = self._settings.with_words(company.words(writer))
        schema.lay_calendar(writer, calendar.months(told.fiscal_start, told.cut))
        return told

    def _tell_anew(self, writer: Writer, told: Counting) -> None:
        if _cut_off(writer) != told.cut_off_day:
            self._recut(writer, told.cut_off_day)
        elif moved := self._exchange(writer):
            rollups.rebuild(writer, moved)

    def _exchange(self, writer: Writer) -> set[int]:
        """Lay the rates of foreign money anew; the months in which lines are told otherwise."""
        if not exchange.is_needed(writer):
            return set()
        told = self._settings.with_words(company.words(writer))
        moved = exchange.rebuild(writer, told.currency, told.fx)
        matched.create(writer)
        return moved

    def _recut(self, writer: Writer, cut_off_day: int | None) -> None:
        """Months are cut otherwise than the lines were told: every month is told anew."""
        writer.run("update position set cut_off_day = ?", [cut_off_day])
        writer.run(_move(cut_off_day))
        posting.apply(writer)
        changed = batches.recount(writer)
        self.settle_months(writer, changed)


def _cut_off(writer: Writer) -> int | None:
    """How months are cut in what the database holds."""
    return next((day for (day,) in writer.rows("select cut_off_day from position")), None)


def _month_of(cut_off_day: int | None) -> MonthOf:
    """SQL of a date → SQL of the month that a day-grain line counts in."""

    def month(day: str) -> str:
        plain = f"year({day}) * 100 + month({day})"
        if cut_off_day is None:
            return plain
        if calendar.weeks_from(cut_off_day):
            return (
                "coalesce((select told.month::integer from calendar as told"
                f" where {day} between told.first_day and told.last_day), {plain})"
            )
        following = f"(year({day}) + month({day}) // 12) * 100 + month({day}) % 12 + 1"
        return f"case when day({day}) <= {cut_off_day:d} then {plain} else {following} end"

    return month


def _move(cut_off_day: int | None) -> str:
    """The update that tells a day-grain line's month."""
    month = _month_of(cut_off_day)("date")
    return f"update {SALES.kept} set month = {month} where grain = 'day'"
