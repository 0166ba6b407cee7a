"""What the workspace tells about its data besides measures: members, lines, months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.moving import MOVING
from chanplan.domain.names import MATCHED
from chanplan.domain.scope import Scope
from chanplan.metrics import relations
from chanplan.metrics.behind import lines_behind
from chanplan.metrics.catalogue import Dimension, catalogue
from chanplan.store import Store
from chanplan.store.gateway import Transaction


@dataclass(frozen=True)
class Lies:
    """home: the store's folder; files: kept originals; kept, database: bytes of them."""

    home: str
    files: int
    kept: int
    database: int


# Column dimensions that an uploaded attribute may overrule.
_LOOKED_UP = tuple(d for d in catalogue().dimensions.values() if d.of)
_OVERRULED = tuple(d for d in catalogue().dimensions.values() if d.column and d.of)


@dataclass(frozen=True)
class Coverage:
    """What the counted lines cover.

    data_date  the earliest covered-to date of the sources that reach the last month: up to
               there everything is in (definitions §0); latest is the other end
    """

    first: int
    last: int
    data_date: date | None
    latest: date | None


def overridden(store: Store | Transaction, reported: Sequence[int] = ()) -> frozenset[str]:
    """The column dimensions for which an uploaded attribute exists, or did in these snapshots;
    those that tell where a partner belongs where one has moved."""
    known = store.fetch(
        "select distinct dimension, attribute from attribute_current union"
        " select distinct dimension, attribute from snap_attribute where snap in ("
        "select attributes from snap where id in (select unnest(?::integer[])))",
        [list(reported)],
    )
    pairs = set(zip(known["dimension"], known["attribute"], strict=True))
    told = ", ".join(f"count({name}) > 0 as {name}" for name in MOVING)
    names = ", ".join(MOVING)
    moving = store.fetch(
        f"select {told} from (select {names} from moved_current union all select {names}"
        " from snap_moved where snap in (select unnest(?::integer[])))",
        [list(reported)],
    ).iloc[0]
    return frozenset(
        [
            *(d.name for d in _OVERRULED if (d.of, d.attribute) in pairs),
            *(name for name in MOVING if moving[name]),
        ]
    )


def coverage(store: Store) -> Coverage | None:
    """Months covered by counted sales lines, and how far the sources reach."""
    found = store.fetch(
        "select min(month) as first, max(month) as last from batch_month where active and month > 0"
    ).iloc[0]
    if pd.isna(found["first"]):
        return None
    reach = store.fetch(
        """
        with declared as (
            select source, max(covered_to) as covered_to
            from sources join batch_month using (batch) where active group by source
        ),
        reached as (
            select batch.source, batch.basis, max(counted.month) as last_month,
                greatest(max(batch.covered_to), max(declared.covered_to)) as covered_to
            from batch join batch_month as counted
                on counted.batch = batch.batch and counted.active and counted.month > 0
                and counted.lines > counted.posted
            left join declared on declared.source = batch.source
            where batch.source <> ?
            group by batch.source, batch.basis
        )
        select min(covered_to) filter (last_month = (select max(last_month) from reached)) as low,
            max(covered_to) as high
        from reached""",
        [ADJUSTED],
    ).iloc[0]
    return Coverage(
        int(found["first"]), int(found["last"]), _date(reach["low"]), _date(reach["high"])
    )


def members(store: Store, dimension: Dimension) -> list[str]:
    """Sorted members of a dimension; calendar members as text."""
    if dimension.calendar:
        sql = (
            f"select distinct calendar.{dimension.calendar} as member from calendar"
            " join rollup_partner using (month)"
        )
    elif dimension.column is None:
        sql = (
            "select distinct value as member from attribute_current"
            f" where dimension = '{dimension.of}' and attribute = '{dimension.attribute}'"
        )
    elif dimension.of is not None:  # an uploaded table speaks before the files' own column
        source = smallest(dimension.column, dimension.of)
        sql = (
            f"select distinct coalesce(told.value, fact.{dimension.column}) as member"
            f" from {source} as fact left join attribute_current as told"
            f" on told.dimension = '{dimension.of}' and told.attribute = '{dimension.attribute}'"
            f" and told.member = fact.{dimension.of}"
        )
    else:
        source = smallest(dimension.column)
        sql = f"select {dimension.column} as member from {source}"
        if dimension.name in MOVING:  # a place that nobody but the company has named
            sql += f" union all select {dimension.name} from moved_then"
        sql = f"select distinct member from ({sql})"
    found = store.fetch(f"select member from ({sql}) where member is not null order by member")
    return [str(member) for member in found["member"]]


def smallest(*columns: str) -> str:
    """The relation with fewest rows that names all these members."""
    known = (*relations.AMOUNTS[:-1], *relations.CUSTOMERS)
    return relations.smallest(known, frozenset(columns)).name


def labels(store: Store, dimension: str) -> Mapping[str, str]:
    """Member → its name: from an uploaded member table, else from the newest sales file; a
    master without one has that of a name matched to it."""
    found = store.fetch(
        """
        with told as (
            select coalesce(master, member) as member, member_name.name, batch,
                case when master is null then 1 else 2 end as rank
            from member_name left join matched
                on matched.dimension = member_name.dimension and matched.name = member
            where member_name.dimension = ?
            union all
            select member, value, 0, 0 from attribute_current
            where dimension = ? and attribute = 'name'
        )
        select member, name from told
        qualify row_number() over (partition by member order by rank, batch desc, name) = 1""",
        [dimension, dimension],
    )
    return dict(zip(found["member"], found["name"], strict=True))


def dated(store: Store) -> frozenset[str]:
    """The dimensions by which a member has stood in two places, one after the other: 按当时口径
    differs from 按现行口径 there."""
    asked = ", ".join(f"('{d.of}', '{d.attribute}')" for d in _LOOKED_UP)
    found = store.fetch(
        f"""
        select distinct dimension, attribute from attribute_then
        where value <> '' and (dimension, attribute) in ({asked})
        group by dimension, member, attribute having count(distinct value) > 1"""
    )
    pairs = set(zip(found["dimension"], found["attribute"], strict=True))
    moving = overridden(store).intersection(MOVING)
    changed = {d.name for d in _LOOKED_UP if (d.of, d.attribute) in pairs or d.of in moving}
    return frozenset({*changed, *moving})


def bases(store: Store) -> list[str]:
    """Bases by their number of counted lines."""
    found = store.fetch(
        "select basis from rollup_partner group by basis order by sum(lines) desc, basis"
    )
    return list(found["basis"])


def lines(
    store: Store, scope: Scope | None, limit: int, offset: int, batch: int | None
) -> pd.DataFrame:
    """Lines with their file and line number, in the order of file and line. Where names of a
    dimension are matched, `<dimension>_in_file` is the line's own one, None where it is the same.
    Money is as in the files; where foreign money is told in the company's, at its `rate`.

    With a batch, its lines whether they count or not; with a scope, the lines that its net
    sales are the sum of.
    """
    source, values = ("sales_line as f where f.batch = ?", [batch])
    left_out = ["batch"]
    if scope is not None:
        source, values = _behind(store, scope, "own_lines")
        left_out += [*_unmatched(store), *_unexchanged(store)]
    return store.fetch(
        f"""
        with chosen as (select f.* from {source})
        select batch.name as file, batch.sheet, chosen.* exclude ({", ".join(left_out)})
        from chosen join batch on batch.batch = chosen.batch
        order by chosen.batch, chosen.line limit {int(limit)} offset {int(offset)}""",
        values,
    )


def sum_of_lines(store: Store, scope: Scope) -> tuple[int, Decimal | None]:
    """How many lines stand behind the net sales of a scope, and what they sum to: added up line
    by line, beside whatever a summary says; None where they are in unlike currencies."""
    source, values = _behind(store, scope)
    alike = "min(coalesce(f.currency, '')) = max(coalesce(f.currency, ''))"
    money = f"case when {alike} then sum(f.amount_{scope.tax}) end"
    found = store.fetch(f"select count(*) as lines, {money} as money from {source}", values)
    money = found["money"].iloc[0]
    return int(found["lines"].iloc[0]), None if pd.isna(money) else money


def _behind(store: Store, scope: Scope, relation: str = "lines") -> tuple[str, list[Any]]:
    """SQL behind `from`: the lines, called `f`, that make the net sales of a scope."""
    compiled = lines_behind(scope, overridden(store), relation)
    return compiled.sql, list(compiled.values)


def _unmatched(store: Store) -> list[str]:
    """The columns for names in the file that nothing is matched for."""
    matched = set(store.fetch("select distinct dimension from matched")["dimension"])
    return [f"{dimension}_in_file" for dimension in MATCHED if dimension not in matched]


def _unexchanged(store: Store) -> list[str]:
    """The column for rates of foreign money where nothing is told in another."""
    return ["rate"] if store.fetch("select 1 from exchange limit 1").empty else []


def lies(store: Store) -> Lies:
    """Where a store lies. The database is not opened for it: only the folder is asked."""
    kept = [file.stat().st_size for file in (store.home / "originals").glob("*/*")]
    database = sum(file.stat().st_size for file in store.home.glob("chanplan.duckdb*"))
    return Lies(str(store.home), len(kept), sum(kept), database)


def _date(value: object) -> date | None:
    return value if isinstance(value, date) and not pd.isna(value) else None
