"""The statements of a load: each method runs one or two, none of them commits.

Files that are read by one recipe go through them together: planning a statement of this size
takes longer than reading a month's export.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chanplan.domain.ports import Writer
from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import table
from chanplan.ingest import cells_sql
from chanplan.ingest.clean import Cleaning
from chanplan.ingest.fields import dating, factor, money_field, number_cell, untaxed
from chanplan.ingest.no_data import whole_total
from chanplan.ingest.reading.sheet import Relation
from chanplan.ingest.sales_line import has_refund, line_columns, refund_columns, told_type

ZERO = Decimal(0)
# Money is DECIMAL(18,4).
PLACES = 4
# SQL of a date → SQL of the month it counts in, an integer such as 202403.
MonthOf = Callable[[str], str]


@dataclass(frozen=True)
class Aside:
    """Rows set aside: how many, their money as far as it can be read, why."""

    rows: int = 0
    money: Decimal = ZERO
    reasons: Mapping[str, int] = field(default_factory=dict)


NOTHING = Aside()


@dataclass(frozen=True)
class Skipped:
    """Rows that are no data: how many, and the money that rows summing up the file state."""

    rows: int = 0
    totals: tuple[Decimal, ...] = ()


NONE_SKIPPED = Skipped()


@dataclass(frozen=True)
class Part:
    """Some of a batch's rows and their money as it counts, returns negative."""

    rows: int
    money: Decimal


@dataclass(frozen=True)
class StatusPart(Part):
    """The loaded rows of one status text, and the type of line it makes them."""

    status: str
    line_type: str


@dataclass(frozen=True)
class Statements:
    """Relations of one recipe on their way into the store, each under its batch.

    What is told of them is told by batch.
    """

    writer: Writer
    relations: Mapping[int, Relation]
    recipe: Recipe
    clean: Cleaning

    @property
    def rows(self) -> str:
        """Every row with the batch it belongs to, as a table expression."""
        read = [
            f"select {batch:d} as batch, * from {relation.sql}"
            for batch, relation in self.relations.items()
        ]
        if len(read) == 1:
            return f"({read[0]})"
        # Materialised: else the planner would push the cleaning of a cell into every file.
        return (
            f"(with files as materialized ({' union all by name '.join(read)}) select * from files)"
        )

    @property
    def _ours(self) -> str:
        return f"batch in ({', '.join(f'{batch:d}' for batch in self.relations)})"

    @property
    def target(self) -> str:
        return "sales_line" if self.recipe.table == "sales" else self.recipe.table

    def insert(self, months: MonthOf) -> int:
        """The good rows, straight from the files into their table."""
        columns = {"batch": "batch", "line": "line", **self._columns(months)}
        return self.writer.insert(
            self.target, columns, f"from typed where {self.clean.good}", f"with {self._typed()}"
        )

    def refund(self) -> dict[int, Part]:
        """Write down the refunds that stand in the rows of their orders; batch → how many."""
        if self.recipe.table != "sales" or "refund" not in self.recipe.columns:
            return {}
        columns = refund_columns(self.recipe)
        self.writer.run(
            f"insert into refund (batch, line, {', '.join(columns)}) with {self._typed()}"
            f" select batch, line, {', '.join(columns.values())} from typed"
            f" where {self.clean.good} and {has_refund(self.recipe)}"
        )
        found = self.writer.rows(
            f"select batch, count(*), sum(told) from refund where {self._ours} group by batch"
        )
        return {batch: Part(int(rows), money) for batch, rows, money in found}

    def survey(self) -> dict[int, tuple[int, int]]:
        """Batch → (rows below the header, most decimal places of a money cell); a narrow pass,
        or none where reading has seen as much."""
        names = self._money_cells()
        scaled = any(factor(self.recipe, name) != 1 for name in names)
        if (counted := self._counted()) is not None:
            return {batch: (rows, PLACES + 1 if scaled else 0) for batch, rows in counted.items()}
        places = [_most_places(number_cell(self.recipe, name)) for name in names]
        # The places of a product are those of its factors together.
        most = " + ".join(places) if self._derived() else f"greatest({', '.join(places)})"
        listed = most if places else "0"
        found = self.writer.rows(
            f"select batch, count(*), {listed} from {self.rows} group by batch"
        )
        told = {batch: (int(rows), PLACES + 1 if scaled else int(at)) for batch, rows, at in found}
        return {batch: told.get(batch, (0, 0)) for batch in self.relations}

    def _counted(self) -> dict[int, int] | None:
        """Batch → rows, where they are counted and no money cell is too long to be kept."""
        rows = {batch: relation.rows for batch, relation in self.relations.items()}
        short = all(relation.plain.short for relation in self.relations.values())
        plain = short and not self._derived() and self.recipe.formats.get("decimal") != "comma"
        known = {batch: count for batch, count in rows.items() if count is not None}
        return known if plain and len(known) == len(rows) else None

    def put_aside(self) -> dict[int, Aside]:
        """The rows that could not be read, each with its first fault and its cells as JSON."""
        width = max(relation.width for relation in self.relations.values())
        row = ", ".join(f"c{at}" for at in range(width))
        raw = f"to_json(list_concat([{row}], case when extra is null then [] else [extra] end))"
        judged = (
            f"{self._typed()}, judged as (select batch, line, {self.clean.problem} as problem,"
            f" {raw} as raw from typed where {self._bad()} and not ({self.clean.blank}))"
        )
        rows = self.writer.run(
            f"insert into set_aside (batch, line, reason, field, raw) with {judged}"
            " select batch, line, split_part(problem, ':', 1),"
            " nullif(split_part(problem, ':', 2), ''), cast(raw as varchar) from judged"
        )
        return self._told_aside() if rows else {}

    def skipped(self) -> dict[int, Skipped]:
        """Rows that are no data, counted and not concluded: no row may vanish uncounted; and
        what those of them that sum up the file say its money is, in the order of the file."""
        name = money_field(self.recipe)
        money = f'"{name}"' if name else "null"
        totals = f"{whole_total(self.recipe)} and {money} is not null"
        found = self.writer.rows(
            f"with {self._typed()} select batch, count(*),"
            f" list({money} order by line) filter ({totals}) from typed"
            f" where {self._bad()} and ({self.clean.blank}) group by batch"
        )
        return {batch: Skipped(int(rows), tuple(told or ())) for batch, rows, told in found}

    def stated(
        self, totals: Mapping[int, tuple[Decimal, ...]]
    ) -> dict[int, tuple[Decimal, Decimal]]:
        """Batch → (what its own total says, how much more than its rows' money that is).

        A file may sum up its parts in several such rows: then it is their sum that speaks, if
        that is what the rows come to, else the last of them.
        """
        if not totals:
            return {}
        found = self.writer.rows(
            f'with {self._typed()} select batch, sum("{money_field(self.recipe)}") from typed'
            f" where (({self.clean.good}) or not ({self.clean.blank}))"
            f" and batch in ({', '.join(map(str, totals))}) group by batch"
        )
        rows = {batch: money or ZERO for batch, money in found}
        told = {}
        for batch, stated in totals.items():
            money = rows.get(batch, ZERO)
            whole = sum(stated, ZERO)
            parts = whole == money or self.recipe.wide is not None
            said = whole if parts and len(stated) > 1 else stated[-1]
            told[batch] = (said, said - money)
        return told

    def label(self) -> None:
        """Names of members whose key column stands beside a name column."""
        for name, column in table(self.recipe.table).columns.items():
            key, have = column.label_of, self.recipe.columns
            if key is None or not {name, key} <= set(have) or have[name] == have[key]:
                continue
            member, label = (cells_sql.member(f"c{have[n]}") for n in (key, name))
            self.writer.run(
                "insert into member_name (dimension, member, name, batch)"
                f" with pairs as (select distinct batch, c{have[key]}, c{have[name]}"
                f" from {self.rows})"
                f" select distinct {cells_sql.literal(key)}, {member}, {label}, batch"
                f" from pairs where {member} is not null and {label} is not null"
            )

    def loaded(self) -> dict[int, tuple[int, Decimal]]:
        """Batch → (rows, Σ of the money as stored)."""
        money = self._stored_money()
        total = f"sum({money})" if money else "null"
        found = self.writer.rows(
            f"select batch, count(*), {total} from {self.target} where {self._ours} group by batch"
        )
        return {batch: (int(rows), total or ZERO) for batch, rows, total in found}

    def by_type(self) -> dict[int, dict[str, Part]]:
        """Batch → line type → its rows; {} for a table without line types."""
        if self.recipe.table != "sales":
            return {}
        told: dict[int, dict[str, Part]] = {}
        for batch, kind, rows, money in self.writer.rows(
            f"select batch, line_type, count(*), sum({self._stored_money()}) from {self.target}"
            f" where {self._ours} group by 1, 2 order by 1, 2"
        ):
            told.setdefault(batch, {})[kind] = Part(int(rows), money or ZERO)
        return told

    def by_status(self) -> dict[int, tuple[StatusPart, ...]]:
        """Batch → its statuses, the one with most rows first; {} without such a column.

        The loaded lines beside their cell, which is cheaper than reading every cell again.
        """
        names = [name for name in ("status", "line_type") if name in self.recipe.columns]
        if self.recipe.table != "sales" or not names or self.recipe.wide:
            return {}
        cell = f"coalesce({cells_sql.member(f'c{self.recipe.columns[names[0]]}')}, '')"
        # Lines are before their refunds where the file's amounts are after them.
        within = self.recipe.formats.get("refund_is") == "within"
        back = "coalesce(refund.told, 0)" if within else "0"
        told: dict[int, tuple[StatusPart, ...]] = {}
        for batch, status, line_type, rows, money in self.writer.rows(
            f"select line.batch, {cell}, line_type, count(*), sum({self._stored_money()} - {back})"
            f" from {self.target} as line join {self.rows} as row"
            " on row.batch = line.batch and row.line = line.line"
            " left join refund on refund.batch = line.batch and refund.line = line.line"
            f" where line.{self._ours} group by 1, 2, 3 order by 1, 4 desc, 2, 3"
        ):
            part = StatusPart(int(rows), money or ZERO, status, line_type)
            told[batch] = (*told.get(batch, ()), part)
        return told

    def rounding(self) -> dict[int, tuple[int, Decimal]]:
        """Batch → (rows whose money was rounded, Σ stored − exact) over the good rows."""
        if self.clean.exact is None:
            return {}
        kept = f'"{money_field(self.recipe)}"'
        found = self.writer.rows(
            f"with {self._typed(exact=self.clean.exact)} select batch, count(*),"
            f" sum({kept} - exact) from typed where {self.clean.good} and exact <> {kept}"
            " group by batch"
        )
        return {
            batch: (int(rows), Decimal(total or 0).normalize() + ZERO)
            for batch, rows, total in found
        }

    def covered(self, months: MonthOf) -> dict[int, tuple[tuple[int, ...], date]]:
        """Batch → (months with rows, the last day covered)."""
        name = dating(self.recipe)
        if name is None:
            return {}
        sales = self.recipe.table == "sales"
        month, grain = ("month", "grain") if sales else (months(f'"{name}"'), "'day'")
        found = self.writer.rows(
            f'select batch, {month}, max("{name}"), max({grain}) from {self.target}'
            f' where {self._ours} and "{name}" is not null group by 1, 2 order by 1, 2'
        )
        by_batch: dict[int, list[tuple[int, date, str]]] = {}
        for batch, *told in found:
            by_batch.setdefault(batch, []).append((int(told[0]), told[1], told[2]))
        return {batch: self._reach(told) for batch, told in by_batch.items()}

    def _reach(self, told: list[tuple[int, date, str]]) -> tuple[tuple[int, ...], date]:
        """A line of month grain covers its month whole."""
        last, whole = max(day for _, day, _ in told), told[-1][2] == "month"
        whole = whole or self.recipe.grain == "month"
        end = last.replace(day=monthrange(last.year, last.month)[1]) if whole else last
        return tuple(month for month, _, _ in told), end

    def _bad(self) -> str:
        """Not good, unknown included: three-valued logic must not lose a row."""
        return f"({self.clean.good}) is not true"

    def _typed(self, exact: str | None = None) -> str:
        fields = dict(self.clean.fields)
        told = told_type(self.recipe) if self.recipe.table == "sales" else None
        extra = {"told": told, "exact": exact}
        named = {**fields, **{name: sql for name, sql in extra.items() if sql}}
        listed = ", ".join(f'{sql} as "{name}"' for name, sql in named.items())
        return f"typed as (select *, {listed} from {self.rows})"

    def _columns(self, months: MonthOf) -> dict[str, str]:
        if self.recipe.table == "sales":
            return {"month": months('"date"'), **line_columns(self.recipe)}
        mapped = (*self.recipe.columns, *self.recipe.constants)
        return {name: f'"{name}"' for name in mapped}

    def _derived(self) -> bool:
        direct = {"amount", "amount_with_tax", "amount_without_tax", "list_amount"}
        return self.recipe.table == "sales" and not direct & set(self.recipe.columns)

    def _money_cells(self) -> list[str]:
        if self._derived():
            return [name for name in ("unit_price", "quantity") if name in self.recipe.columns]
        kinds = table(self.recipe.table).columns
        return [name for name in self.recipe.columns if kinds[name].kind == "amount"]

    def _stored_money(self) -> str | None:
        if self.recipe.table == "sales":
            sides = ["amount_with_tax", "amount_without_tax"]
            return f"coalesce({', '.join(reversed(sides) if untaxed(self.recipe) else sides)})"
        name = money_field(self.recipe)
        return f'"{name}"' if name else None

    def _told_aside(self) -> dict[int, Aside]:
        reasons: dict[int, dict[str, int]] = {}
        for batch, reason, rows in self.writer.rows(
            "select batch, concat_ws(':', reason, field), count(*) from set_aside"
            f" where {self._ours} group by 1, 2 order by 1, 3 desc, 2"
        ):
            reasons.setdefault(batch, {})[str(reason)] = int(rows)
        money = self._aside_money()
        return {
            batch: Aside(sum(told.values()), money.get(batch) or ZERO, told)
            for batch, told in reasons.items()
        }

    def _aside_money(self) -> dict[int, Decimal | None]:
        name = money_field(self.recipe)
        if name is None:
            return {}
        return dict(
            self.writer.rows(
                f'with {self._typed()} select batch, sum("{name}") from typed'
                f" where {self._bad()} and not ({self.clean.blank}) group by batch"
            )
        )


def _most_places(cell: str) -> str:
    """Most digits after the point of a column's texts; more where a unit stands behind them."""
    after = f"strlen({cell}) - strpos({cell}, '.')"
    tiny = f"when contains({cell}, 'e-') then {PLACES + 1}"
    return f"coalesce(max(case when contains({cell}, '.') then {after} {tiny} end), 0)"
