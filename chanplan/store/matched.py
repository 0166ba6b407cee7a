"""Which names mean one member: lines keep the names of their files and are told under masters.

A match is a row: a name, the master that a person has `said`, and the master it comes out at
where that one is matched in turn. Taken back, the row is gone, and the store is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.names import MATCHED, Pair, Says
from chanplan.domain.ports import Writer
from chanplan.store import exchange

# Dimension and name.
Key = tuple[str, str]
# → the master as a person has said, and the number of the journal entry.
Said = dict[Key, tuple[str, int]]
# Dimension → names.
Names = Mapping[str, frozenset[str]]

# Every source's own telling, whether it counts or another one does, each line with its file.
_SOURCE_LINES = """
    create or replace view source_lines as
    with told as (
        select *, true as counts from lines
        union all by name
        select *, false as counts from outranked_lines
    )
    select told.*, batch.name as file, batch.sheet as sheet
    from told left join batch on batch.batch = told.batch
"""


@dataclass(frozen=True)
class Moved:
    """names: those whose master is another one now; near: these and all others of the same
    members, before and now, whose lines one source's word may push aside."""

    names: Names
    near: Names


def create(writer: Writer) -> None:
    """Make the view of the lines under their masters, in the company's money, and `own_lines`,
    the same in the money of their files; they join nothing that has no match and no rate."""
    told = [dimension for (dimension,) in writer.rows("select distinct dimension from matched")]
    own = ", ".join(
        f"case when {name}_match.master is not null then line.{name} end as {name}_in_file"
        if name in told
        else f"null::varchar as {name}_in_file"
        for name in MATCHED
    )
    counted = exchange.relation(writer, "told_lines")
    writer.run(f"create or replace view lines as {_named(counted, told, own)}")
    shown = exchange.with_rates(writer, "told_lines")
    writer.run(f"create or replace view own_lines as {_named(shown, told, own)}")
    aside = _named(exchange.relation(writer, "outranked_told"), told)
    writer.run(f"create or replace view outranked_lines as {aside}")
    writer.run(_SOURCE_LINES)


def named(writer: Writer, relation: str) -> str:
    """SQL of a relation shaped like sales lines, under its masters."""
    told = [dimension for (dimension,) in writer.rows("select distinct dimension from matched")]
    return f"({_named(relation, told)})"


def _named(relation: str, told: Iterable[str], more: str = "") -> str:
    matched = [dimension for dimension in MATCHED if dimension in set(told)]
    masters = ", ".join(f"coalesce({one}_match.master, line.{one}) as {one}" for one in matched)
    joins = " ".join(
        f"left join matched as {one}_match on {one}_match.dimension = '{one}'"
        f" and {one}_match.name = line.{one}"
        for one in matched
    )
    replaced = f" replace ({masters})" if matched else ""
    return f"select line.*{replaced}{', ' + more if more else ''} from {relation} as line {joins}"


def by_every_name(table: str, column: str) -> str:
    """SQL of the rows of a member table that count, each under every name of its member.

    `heard` tells how: 0 under the name it has in the table, 1 told of the master, 2 told of
    another name; the least one is the nearest word on a name.
    """
    counting = f"select row.* from {table} as row join batch_month using (batch) where active"
    return f"""
        select *, 0 as heard from ({counting})
        union all
        select row.* replace (other.name as {column}),
            case when row.{column} = other.master then 1 else 2 end as heard
        from ({counting}) as row join also_named as other
            on other.dimension = '{column}' and other.other = row.{column}"""


def decide(writer: Writer, says: Says, pairs: Iterable[Pair], seq: int) -> Moved:
    """Write down what a person has said."""
    said, apart = _said(writer), _apart(writer)
    before = masters(said)
    for pair in pairs:
        both = (pair.dimension, *sorted((pair.name, pair.master)))
        if says == "accept":
            _accept(said, pair, seq)
            apart.pop(both, None)
            continue
        if said.get((pair.dimension, pair.name), ("",))[0] == pair.master:
            del said[pair.dimension, pair.name]
        if says == "refuse":
            apart[both] = seq
        else:
            apart.pop(both, None)
    after = masters(said)
    _write(writer, said, after, apart)
    create(writer)
    return _moved(before, after)


def _accept(said: Said, pair: Pair, seq: int) -> None:
    """A master that was matched to this very name before stands for itself from now on."""
    at = pair.master
    while at != pair.name and (pair.dimension, at) in said:
        at = said[pair.dimension, at][0]
    if at == pair.name:
        del said[pair.dimension, pair.master]
    said[pair.dimension, pair.name] = (pair.master, seq)


def masters(said: Said) -> dict[Key, str]:
    """Each matched name → the master at the end of its chain."""
    found: dict[Key, str] = {}
    for dimension, name in said:
        master = name
        while (dimension, master) in said:
            master = said[dimension, master][0]
        found[dimension, name] = master
    return found


def _moved(before: Mapping[Key, str], after: Mapping[Key, str]) -> Moved:
    moved = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
    tops = {(at[0], told[at]) for at in moved for told in (before, after) if at in told}
    near = {at for told in (before, after) for at, top in told.items() if (at[0], top) in tops}
    return Moved(_by_dimension(moved), _by_dimension(moved | tops | near))


def _by_dimension(names: Iterable[Key]) -> Names:
    found: dict[str, set[str]] = {}
    for dimension, name in names:
        found.setdefault(dimension, set()).add(name)
    return {dimension: frozenset(listed) for dimension, listed in found.items()}


def _said(writer: Writer) -> Said:
    rows = writer.rows("select dimension, name, said, seq from matched")
    return {(dimension, name): (said, seq) for dimension, name, said, seq in rows}


def _apart(writer: Writer) -> dict[tuple[str, ...], int]:
    rows = writer.rows("select dimension, one, other, seq from told_apart")
    return {(dimension, one, other): seq for dimension, one, other, seq in rows}


def _write(
    writer: Writer, said: Said, above: Mapping[Key, str], apart: Mapping[tuple[str, ...], int]
) -> None:
    matches = [(*at, master, above[at], seq) for at, (master, seq) in said.items()]
    _lay(writer, "matched", ("dimension", "name", "said", "master"), matches)
    pairs = [(*at, seq) for at, seq in apart.items()]
    _lay(writer, "told_apart", ("dimension", "one", "other"), pairs)


def _lay(
    writer: Writer, table: str, texts: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """All rows of one of the two tables, written in one go."""
    schema = pa.schema([*((name, pa.string()) for name in texts), ("seq", pa.int64())])
    columns = [[row[at] for row in rows] for at in range(len(schema))]
    writer.lend(f"{table}_lent", pa.table(columns, schema=schema))
    writer.run(f"delete from {table}")
    writer.run(f"insert into {table} by name select * from {table}_lent")


def check_closed(writer: Writer, moved: Moved) -> None:
    """MonthClosedError where a line of a closed month would be told under another name."""
    closed = _months(writer, "told_lines semi join closed_month using (month)", moved.names)
    if closed:
        told = ", ".join(f"{month // 100}-{month % 100:02d}" for month in sorted(closed))
        raise MonthClosedError("names_closed", months=told)


def months(writer: Writer, moved: Moved) -> set[int]:
    """The months with lines that may be told otherwise now."""
    return _months(writer, "sales_line", moved.near) | _months(writer, "joined_line", moved.near)


def _months(writer: Writer, relation: str, names: Names) -> set[int]:
    found: set[int] = set()
    for dimension, listed in names.items():
        rows = writer.rows(
            f"select distinct month from {relation}"
            f" where {dimension} in (select unnest(?::varchar[]))",
            [sorted(listed)],
        )
        found |= {int(month) for (month,) in rows}
    return found
