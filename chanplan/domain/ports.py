"""What ingest and plans need of a store, so that neither has to know which one it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Rows = list[tuple[Any, ...]]


class Writer(Protocol):
    """One open transaction. Whoever opened it commits or rolls back; writers only write."""

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement with bound values; returns how many rows it changed."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of a query, seeing what this transaction has written."""

    def insert(self, table: str, columns: Mapping[str, str], source: str, given: str = "") -> int:
        """Append rows to a table: column → SQL over `source` ("from …"), behind the CTEs
        `given`; how many. Columns that are not named are null."""

    def lend(self, name: str, table: Any) -> None:
        """Make an Arrow table (or record batch reader) readable under `name` until the end."""
