"""The one door to DuckDB: the connection, cursors and transactions.

Nothing else in the project connects to the engine. Every use takes its own cursor, because
one connection shared by threads hands one thread the rows of another; and nobody opens the
database file itself, because closing any descriptor of it drops the process's lock.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from chanplan.domain import writing
from chanplan.domain.errors import CancelledError, StoreBusyError, StoreFaultError
from chanplan.domain.ports import Rows
from chanplan.settings import Share
from chanplan.store import keeping
from chanplan.store.sales import SALES

# What a statement or a commit raises where the disk or the memory is full.
ROOM_FAULTS = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException)
NO_ROOM = "store_no_room"
# What the system says then; the engine passes it on in its own words.
FULL = tuple(os.strerror(code) for code in writing.FULL)

# No company has an amount beyond what a column of money holds: then a number is no amount.
TOO_LARGE = re.compile(r"to type DECIMAL\(.*out of range", re.DOTALL)
MOST_MONEY = "99,999,999,999,999.9999"

# Whose checksums can be compared.
ENGINE = f"duckdb {duckdb.__version__}"


class Gateway:
    """An open database in a folder that its caller holds (`Holding`).

    readable  the directories that SQL may read files from
    healed    the name under which a log that could not be read was set aside, else None
    """

    def __init__(
        self,
        home: Path,
        readable: Sequence[Path],
        scratch: Path,
        name: str = keeping.DATABASE,
        share: Share = Share(),  # noqa: B008 - a frozen value
    ) -> None:
        """Raises StoreFaultError when the engine cannot open it."""
        self._home = home
        self._file = home / name
        self._readable = [str(folder) for folder in readable]
        self._scratch = scratch
        self._share = share
        self._writing = threading.RLock()
        self._reading = threading.Condition()
        self._readers = 0
        self._opening = threading.Lock()
        self._closed = False
        self.healed: str | None = None
        self._connection: duckdb.DuckDBPyConnection | None = self._connect(heal=True)

    def fetch(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """The rows of a query; money arrives as Decimal, missing as None."""
        frame: pd.DataFrame = self.arrow(sql, values).to_pandas(date_as_object=True)
        return frame

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The rows of a query as an Arrow table. StoreFaultError where they take too long."""
        with self._read(), self._cursor() as cursor, self._in_time(cursor):
            return cursor.sql(sql, params=list(values)).to_arrow_table()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One writer at a time; commits when the block ends well, else leaves no trace.

        `finally` and not `except`: a screen's stop signal is no Exception, and must roll
        back as well.
        """
        with self._writing, self._cursor() as cursor:
            cursor.execute("begin transaction")
            committed = False
            try:
                yield Transaction(cursor)
                cursor.execute("commit")
                committed = True
            finally:
                if not committed:
                    _roll_back(cursor)

    @contextmanager
    def trial(self) -> Iterator[Transaction]:
        """A transaction that is always rolled back: to see what a change would give."""
        with self._writing, self._cursor() as cursor:
            cursor.execute("begin transaction")
            try:
                yield Transaction(cursor)
            finally:
                _roll_back(cursor)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the database file."""
        with self._writing, self._cursor() as cursor:
            cursor.execute("checkpoint")

    def close(self) -> None:
        """Close the engine, once nobody reads or writes: a cursor left open would keep the
        database in memory, and the next opening would be given that instead of its file."""
        with self._writing, self._reading:
            self._reading.wait_for(lambda: self._readers == 0)
            self._closed = True
            if self._connection is not None:
                self._connection.close()

    @contextmanager
    def _read(self) -> Iterator[None]:
        """One more reader meanwhile."""
        with self._reading:
            self._readers += 1
        try:
            yield
        finally:
            with self._reading:
                self._readers -= 1
                self._reading.notify_all()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own. StoreFaultError where room or memory run out, or the engine has
        given up: then every cursor is dead, and the next use opens it anew."""
        connection = self._opened()
        try:
            with connection.cursor() as cursor:
                yield cursor
        except duckdb.InterruptException as fault:  # of a writer; readers are told of the time
            raise CancelledError("import_cancelled") from fault
        except (duckdb.FatalException, duckdb.ConnectionException) as fault:
            self._give_up(connection)
            raise StoreFaultError("store_interrupted", detail=_first_line(fault)) from fault
        except duckdb.ConversionException as fault:
            if not TOO_LARGE.search(str(fault)):
                raise
            raise StoreFaultError("amount_too_large", most=MOST_MONEY) from fault
        except ROOM_FAULTS as fault:
            raise StoreFaultError(_why(fault), detail=_first_line(fault)) from fault

    @contextmanager
    def _in_time(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        timer = threading.Timer(self._share.seconds, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.InterruptException as fault:
            raise StoreFaultError("query_too_long", seconds=round(self._share.seconds)) from fault
        finally:
            timer.cancel()

    def _opened(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._connection is None:
                self._connection = self._connect()
            return self._connection

    def _give_up(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Once, however many threads found it dead; what was closed stays closed."""
        with self._opening:
            if self._connection is connection and not self._closed:
                connection.close()
                self._connection = None

    def _connect(self, heal: bool = False) -> duckdb.DuckDBPyConnection:
        """`heal`: a log that cannot be read may be set aside, since whoever starts takes in what
        it held from the journal."""
        try:
            connection = self._open()
        except duckdb.Error as fault:
            if "Could not set lock" in str(fault):
                raise StoreBusyError("store_busy", pid="?", home=str(self._home)) from fault
            if self._file.exists() and not os.access(self._file, os.R_OK | os.W_OK):
                raise StoreFaultError("store_read_only", detail=str(self._file)) from fault
            if not heal or _why(fault) == NO_ROOM:
                raise StoreFaultError(_why(fault), detail=_first_line(fault)) from fault
            connection = self._open_without_log(fault)
        try:
            for setting in self._hardening():
                connection.execute(f"set {setting}")
        except duckdb.Error as fault:
            connection.close()
            raise StoreFaultError("store_interrupted", detail=_first_line(fault)) from fault
        return connection

    def _open(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self._file))

    def _open_without_log(self, fault: duckdb.Error) -> duckdb.DuckDBPyConnection:
        """A log that cannot be read is set aside, never deleted: the journal knows what it held.
        Where the database itself is damaged, both stay as they are."""
        log = self._file.with_name(f"{self._file.name}{keeping.LOG}")
        damaged = StoreFaultError("store_damaged", home=str(self._home), detail=_first_line(fault))
        if not log.exists():
            raise damaged from fault
        self.healed = keeping.set_aside(self._home, log.name, keeping.DAMAGED)
        try:
            return self._open()
        except duckdb.Error:
            (self._home / str(self.healed)).replace(log)
            raise damaged from fault

    def _hardening(self) -> list[str]:
        """What every connection is fixed to; the last setting locks all the others."""
        folders = ", ".join(_quoted(folder) for folder in self._readable)
        return [
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            f"temp_directory = {_quoted(str(self._scratch))}",
            f"memory_limit = {_quoted(self._share.memory)}",
            "timezone = 'UTC'",
            # Rows may lie in any order, and then are written by all threads at once: nobody asks
            # for rows without saying in which order.
            "preserve_insertion_order = false",
            f"allowed_directories = [{folders}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ]


class Transaction:
    """The `Writer` of domain/ports, over one cursor inside a transaction."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; returns how many rows it changed (0 where it changes none)."""
        row = self._cursor.execute(sql, list(values)).fetchone()
        return int(row[0]) if row and isinstance(row[0], int) else 0

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of a query, seeing what this transaction has written."""
        return self._cursor.execute(sql, list(values)).fetchall()

    def fetch(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """The same as a frame: money arrives as Decimal, missing as None."""
        told = self._cursor.sql(sql, params=list(values)).to_arrow_table()
        frame: pd.DataFrame = told.to_pandas(date_as_object=True)
        return frame

    def insert(self, table: str, columns: Mapping[str, str], source: str, given: str = "") -> int:
        """Append rows to a table: column → SQL over `source`, behind the CTEs `given`."""
        if table == SALES.name:
            return SALES.insert(self, columns, source, given)
        names = ", ".join(f'"{name}"' for name in columns)
        return self.run(
            f'insert into "{table}" ({names}) {given} select {", ".join(columns.values())} {source}'
        )

    def interrupt(self) -> None:
        """Have the statement that runs in another thread end with CancelledError."""
        self._cursor.interrupt()

    def lend(self, name: str, table: Any) -> None:
        """Make an Arrow table readable under `name` until the transaction ends."""
        self._cursor.register(name, table)


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    """Undo; an engine that already gave the transaction up has nothing left to undo."""
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        return


def _why(fault: duckdb.Error) -> str:
    """Whether room ran out, or something else failed."""
    told = str(fault)
    room = isinstance(fault, duckdb.OutOfMemoryException) or any(one in told for one in FULL)
    return NO_ROOM if room else "store_failed"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(fault: Exception) -> str:
    return str(fault).splitlines()[0] if str(fault) else type(fault).__name__
