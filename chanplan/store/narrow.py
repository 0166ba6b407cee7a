"""Tables that keep no column in which every row has its usual value.

Writing a column costs the same whether it says something or not, and most exports fill half of
a line's columns. So the rows of a wide table lie in `<name>_kept`, which has the columns that
some row has needed so far; the view `<name>` shows them all. A column is added, for good, with
the first row that needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chanplan.domain.ports import Writer

KEPT = "_kept"
# What a column is where nothing else is said of it.
NOTHING = "null"


@dataclass(frozen=True)
class Narrow:
    """A wide table that is kept narrow.

    columns  column → SQL type, in the order of the view
    usual    column → SQL of its usual value, over columns before it; others' is null
    told_as  column → the type it is kept as, where that is another one
    always   columns that are kept from the beginning
    """

    name: str
    columns: Mapping[str, str]
    always: Sequence[str]
    usual: Mapping[str, str] = field(default_factory=dict)
    told_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> str:
        """The table in which the rows lie."""
        return f"{self.name}{KEPT}"

    def create(self, writer: Writer) -> None:
        """Make table and view where they are missing."""
        first = ", ".join(f"{name} {self._type(name)}" for name in self.always)
        writer.run(f"create table if not exists {self.kept} ({first})")
        self._show(writer)

    def insert(
        self,
        writer: Writer,
        columns: Mapping[str, str],
        source: str,
        given: str = "",
        usual: Collection[str] = (),
    ) -> int:
        """Append rows: column → SQL over `source` ("from …"), behind the CTEs `given`.

        usual  columns that are known to have their usual value in each of these rows
        """
        have = self._have(writer)
        new = [
            name
            for name in columns
            if name not in have and name not in usual and not self._as_usual(name, columns)
        ]
        self.widen(writer, new)
        kept = {name: sql for name, sql in columns.items() if name in have or name in new}
        names, values = ", ".join(kept), ", ".join(f"{sql} as {n}" for n, sql in kept.items())
        return writer.run(f"insert into {self.kept} ({names}) {given} select {values} {source}")

    def widen(self, writer: Writer, names: Iterable[str]) -> str:
        """Keep these columns from now on; the table to change them in."""
        have = self._have(writer)
        new = [name for name in names if name not in have]
        for name in new:
            writer.run(f"alter table {self.kept} add column {name} {self._type(name)}")
        said = [name for name in new if name in self.usual]
        if said and writer.rows(f"select 1 from {self.kept} limit 1"):
            values = ", ".join(f"{name} = seen.{name}" for name in said)
            # Without the new columns, which say nothing yet.
            before = f"(select rowid as lies, {', '.join(have)} from {self.kept})"
            writer.run(
                f"update {self.kept} as kept set {values}"
                f" from (select lies, {self._shown(have)} from {before}) as seen"
                " where kept.rowid = seen.lies"
            )
        if new:
            self._show(writer)
        return self.kept

    def _show(self, writer: Writer) -> None:
        shown = self._shown(self._have(writer))
        writer.run(f"create or replace view {self.name} as select {shown} from {self.kept}")

    def _shown(self, have: Collection[str]) -> str:
        """Every column, the usual value where it is not kept."""
        return ", ".join(
            f"{name if name in have else self.usual.get(name, NOTHING)}::{kind} as {name}"
            for name, kind in self.columns.items()
        )

    def _as_usual(self, name: str, columns: Mapping[str, str]) -> bool:
        """Whether the SQL of a column's value is that of its usual one."""
        value = self.usual.get(name, NOTHING)
        return columns[name] in (value, columns.get(value, value))

    def _type(self, name: str) -> str:
        return self.told_as.get(name, self.columns[name])

    def _have(self, writer: Writer) -> set[str]:
        # Not from the catalogue of all columns: that looks at every view of the store first.
        return {
            name for (name,) in writer.rows(f"select name from pragma_table_info('{self.kept}')")
        }
