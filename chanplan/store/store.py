"""The store as the workspace sees it: rows in, rows out, and what counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from chanplan.domain.company import Counting
from chanplan.domain.company import company as said_by
from chanplan.domain.errors import StoreFaultError
from chanplan.domain.writing import writing
from chanplan.settings import Share
from chanplan.store import batches, checksums, deeds, joined, keeping, schema
from chanplan.store.checksums import Checksums
from chanplan.store.gateway import Gateway, Transaction
from chanplan.store.holding import Holding, make_folders
from chanplan.store.joined import Joined
from chanplan.store.journal import Entry, Journal
from chanplan.store.originals import Originals
from chanplan.store.settling import Settling


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
        self.staging, originals = self._holding.staging, self._holding.originals
        scratch = self.home / "scratch"
        self._settings = counting
        self.settling = Settling(counting)
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
            told = schema.prepare(writer, self.settling.lay_calendar)
            self.settling.as_counted(writer, told)

    @property
    def counting(self) -> Counting:
        """How the company counts: its own words above what the settings say."""
        if self._counting[0] != self.position:
            found = self.fetch("select key, value from company_word")
            said = dict(zip(found["key"], found["value"], strict=True))
            told = self._settings.with_words(said_by(said))
            self._counting = (self.position, told)
        return self._counting[1]
