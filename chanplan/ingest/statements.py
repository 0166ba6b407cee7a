"""The statements of a load: each method runs one or two, none of them commits."""

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
from chanplan.ingest.fields import date_field, factor, money_field, untaxed
from chanplan.ingest.reading.sheet import Relation
from chanplan.ingest.sales_line import line_columns, told_type

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
class Statements:
    """One relation on its way into the store."""

    writer: Writer
    relation: Relation
    recipe: Recipe
    clean: Cleaning
    batch: int

    @property
    def target(self) -> str:
        return "sales_line" if self.recipe.table == "sales" else self.recipe.table

    def insert(self, months: MonthOf) -> int:
        """The good rows, straight from the file into their table."""
        columns = {"batch": f"{self.batch:d}", "line": "line", **self._columns(months)}
        names = ", ".join(f'"{name}"' for name in columns)
        return self.writer.run(
            f"insert into {self.target} ({names}) with {self._typed()}"
            f" select {', '.join(columns.values())} from typed where {self.clean.good}"
        )

    def survey(self) -> tuple[int, int]:
        """(rows below the header, most decimal places of a money cell) in a narrow pass."""
        names = self._money_cells()
        places = [_most_places(f"c{self.recipe.columns[name]}") for name in names]
        # The places of a product are those of its factors together.
        most = " + ".join(places) if self._derived() else f"greatest({', '.join(places)})"
        listed = most if places else "0"
        rows, found = self.writer.rows(f"select count(*), {listed} from {self.relation.sql}")[0]
        scaled = any(factor(self.recipe, name) != 1 for name in names)
        return int(rows), PLACES + 1 if scaled else int(found)

    def put_aside(self) -> Aside:
        """The rows that could not be read, each with its first fault and its cells as JSON."""
        row = ", ".join(f"c{at}" for at in range(self.relation.width))
        raw = f"to_json(list_concat([{row}], case when extra is null then [] else [extra] end))"
        judged = (
            f"{self._typed()}, judged as (select line, {self.clean.problem} as problem,"
            f" {raw} as raw from typed where {self._bad()} and not ({self.clean.blank}))"
        )
        rows = self.writer.run(
            f"insert into set_aside (batch, line, reason, field, raw) with {judged}"
            f" select {self.batch:d}, line, split_part(problem, ':', 1),"
            " nullif(split_part(problem, ':', 2), ''), cast(raw as varchar) from judged"
        )
        return Aside(rows, self._aside_money(), self._reasons()) if rows else NOTHING

    def skipped(self) -> int:
        """Rows that are no data, counted and not concluded: no row may vanish uncounted."""
        found = self.writer.rows(
            f"with {self._typed()} select count(*) from typed"
            f" where {self._bad()} and ({self.clean.blank})"
        )
        return int(found[0][0])

    def label(self) -> None:
        """Names of members whose key column stands beside a name column."""
        for name, column in table(self.recipe.table).columns.items():
            key, have = column.label_of, self.recipe.columns
            if key is None or not {name, key} <= set(have) or have[name] == have[key]:
                continue
            member, label = (cells_sql.member(f"c{have[n]}") for n in (key, name))
            self.writer.run(
                "insert into member_name (dimension, member, name, batch)"
                f" with pairs as (select distinct c{have[key]}, c{have[name]}"
                f" from {self.relation.sql})"
                f" select distinct {cells_sql.literal(key)}, {member}, {label}, {self.batch:d}"
                f" from pairs where {member} is not null and {label} is not null"
            )

    def loaded_money(self) -> Decimal:
        """Σ of the money as stored."""
        column = self._stored_money()
        return self._sum(f"select sum({column}) from {self.target}") if column else ZERO

    def rounding(self) -> tuple[int, Decimal]:
        """(rows whose money was rounded, Σ stored − exact) over the good rows."""
        if self.clean.exact is None:
            return 0, ZERO
        kept = f'"{money_field(self.recipe)}"'
        found = self.writer.rows(
            f"with {self._typed(exact=self.clean.exact)} select count(*),"
            f" sum({kept} - exact) from typed where {self.clean.good} and exact <> {kept}"
        )
        return int(found[0][0]), Decimal(found[0][1] or 0).normalize() + ZERO

    def covered(self, months: MonthOf) -> tuple[tuple[int, ...], date | None]:
        """(months with rows, the last day covered)."""
        name = date_field(self.recipe)
        if name is None:
            return (), None
        sales = self.recipe.table == "sales"
        month, grain = ("month", "grain") if sales else (months(f'"{name}"'), "'day'")
        found = self.writer.rows(
            f'select {month}, max("{name}"), max({grain}) from {self.target}'
            f' where batch = ? and "{name}" is not null group by 1 order by 1',
            (self.batch,),
        )
        if not found:
            return (), None
        last, whole = max(row[1] for row in found), found[-1][2] == "month"
        whole = whole or self.recipe.grain == "month"
        end = last.replace(day=monthrange(last.year, last.month)[1]) if whole else last
        return tuple(int(row[0]) for row in found), end

    def _bad(self) -> str:
        """Not good, unknown included: three-valued logic must not lose a row."""
        return f"({self.clean.good}) is not true"

    def _typed(self, exact: str | None = None) -> str:
        fields = dict(self.clean.fields)
        told = told_type(self.recipe) if self.recipe.table == "sales" else None
        extra = {"told": told, "exact": exact}
        named = {**fields, **{name: sql for name, sql in extra.items() if sql}}
        listed = ", ".join(f'{sql} as "{name}"' for name, sql in named.items())
        return f"typed as (select *, {listed} from {self.relation.sql})"

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

    def _aside_money(self) -> Decimal:
        name = money_field(self.recipe)
        if name is None:
            return ZERO
        found = self.writer.rows(
            f'with {self._typed()} select sum("{name}") from typed'
            f" where {self._bad()} and not ({self.clean.blank})"
        )
        return found[0][0] or ZERO

    def _reasons(self) -> dict[str, int]:
        found = self.writer.rows(
            "select concat_ws(':', reason, field), count(*) from set_aside"
            " where batch = ? group by 1 order by 2 desc, 1",
            (self.batch,),
        )
        return {str(reason): int(rows) for reason, rows in found}

    def _sum(self, sql: str) -> Decimal:
        return self.writer.rows(f"{sql} where batch = ?", (self.batch,))[0][0] or ZERO


def _most_places(cell: str) -> str:
    """Most digits after the point of a column's texts; more where a unit stands behind them."""
    after = f"strlen({cell}) - strpos({cell}, '.')"
    tiny = f"when contains({cell}, 'e-') then {PLACES + 1}"
    return f"coalesce(max(case when contains({cell}, '.') then {after} {tiny} end), 0)"
