"""Targets that count: of every cell the word told last, of every year the version in force.

A cell is a period, a measure and a node (what it is set for; nothing: the company). Within one
version the import that told a cell last has it; a plan that was set in the app is whole, so a
later one of its version takes the place of the earlier for its months. A version is in force from
the month it says, or the first it tells; before, the one that was in force until then stands.
A closed month keeps the target it was judged by: what was told after it was closed is no target
of it. Nothing told of a version after it was locked counts.

What is told is written down whenever it changes: reading the names of thousands of rows anew for
every question would take a second.
"""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.domain.names import MATCHED
from chanplan.domain.ports import Writer
from chanplan.domain.targets import (
    BASIS_WORDS,
    BUDGET,
    BUDGET_WORDS,
    LARGEST_RATE,
    NODE,
    PERIOD_WORDS,
    PLAIN_MEASURE,
    PLAN_SOURCE,
    target_measures,
)
from chanplan.store.journal import Entry

# A version is chosen to be in force (or not any more); a version is locked (or opened).
CHOOSE, LOCK = "target_version", "target_lock"


def create(writer: Writer) -> None:
    """Make the published views.

    targets_told       every target of every version under the masters of its names, one row each;
                       `standing`: no later word has taken its place
    targets_in_force   those in force, with the columns of the contract in docs/decisions/0026
    targets_at_start   the same of the first version of each year: 年初目标
    milestones_told    the newest word on every milestone
    """
    writer.run(f"create table if not exists target_told as select * from ({_told()}) limit 0")
    writer.run("create or replace view targets_told as select * from target_told")
    writer.run(f"create or replace view targets_in_force as {_ranked(chosen=True)}")
    writer.run(f"create or replace view targets_at_start as {_ranked(chosen=False)}")
    writer.run(f"create or replace view milestones_told as {_milestones()}")


def rebuild(writer: Writer) -> None:
    """Write down anew what is told: after imports, switches, matches and locks."""
    writer.run("delete from target_told")
    if writer.rows("select 1 from targets limit 1"):
        writer.run(f"insert into target_told select * from ({_told()})")


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of kind CHOOSE or LOCK says of a version of a year."""
    year, version = int(entry.body["year"]), str(entry.body["version"])
    on = bool(entry.body["on"])
    if entry.kind == CHOOSE:
        writer.run("delete from target_chosen where year = ?", [year])
        table = "target_chosen"
    else:
        writer.run("delete from target_locked where year = ? and version = ?", [year, version])
        table = "target_locked"
    if on:
        writer.run(f"insert into {table} values (?, ?, ?)", [year, version, entry.seq])
    rebuild(writer)


def unheard() -> str:
    """SQL: what was told of a version after it was locked, and does not count: batch, the file's
    name, year, version, rows; the newest last."""
    return f"""
    with told as (
        select target.batch, year(target.month) as year, {_version()} as version
        from targets as target
        join batch_month as counted on counted.batch = target.batch and counted.active
    )
    select told.batch, batch.name as file, told.year, told.version, count(*) as rows
    from told join batch using (batch)
    join target_locked as held on held.year = told.year and held.version = told.version
    where told.batch >= held.seq
    group by told.batch, batch.name, told.year, told.version
    order by told.batch, told.year, told.version"""


def _told() -> str:
    node = ", ".join(_master(name) for name in NODE)
    joins = " ".join(
        f"left join matched as of_{name} on of_{name}.dimension = '{name}'"
        f" and of_{name}.name = target.{name}"
        for name in NODE
        if name in MATCHED
    )
    cell = f"year, version, measure, period, month, {', '.join(NODE)}"
    whole = f"year, version, measure, period, month, shape, {_bit('source')}"
    return f"""
    with counting as (
        select target.*, batch.source, batch.basis as of_basis, batch.tax as of_tax
        from targets as target join batch using (batch)
        join batch_month as counted on counted.batch = target.batch and counted.active
    ),
    valued as (
        select batch, line, month, {_period()} as period, {_measure("coalesce(measure, '')")}
            as measure, amount as value, {node}, {_version()} as version, effective, reason,
            coalesce(locked, false) as locked, {basis_said()} as basis, {tax_said()} as tax, unit,
            source
        from counting as target {joins} where amount is not null
        union all
        select batch, line, month, {_period()}, case when amount is null and measure is not null
            then {_measure("measure")} else 'quantity' end, quantity, {node}, {_version()},
            effective, reason, coalesce(locked, false), {basis_said()}, {tax_said()}, unit,
            source
        from counting as target {joins} where quantity is not null
    ),
    shaped as (
        select * replace (case when measure in ({_of_kind("rate")}) and value > {LARGEST_RATE}
                then value / 100 else value end::decimal(18, 4) as value),
            year(month) as year, {_shape()} as shape
        from valued
    ),
    open as (
        select shaped.* from shaped left join target_locked as held
            on held.year = shaped.year and held.version = shaped.version
        where held.seq is null or shaped.batch < held.seq
    )
    select *, batch = max(batch) over (partition by {cell})
        and (source <> '{PLAN_SOURCE}' or batch = max(batch) over (partition by {whole}))
        as standing
    from open"""


def _bit(column: str) -> str:
    return f"{column} = '{PLAN_SOURCE}'"


def _ranked(chosen: bool) -> str:
    """The rows of the version that counts, of each month, measure, kind of period and shape."""
    group = "year, measure, period, shape"
    order = "said desc, early, last_told desc" if chosen else "is_budget desc, first_told"
    starts = "starts" if chosen else "date '1900-01-01'"
    return f"""
    with standing as (select * from targets_told where standing),
    versions as (
        select {group}, version, coalesce(min(effective), min(month)) as starts,
            min(batch) as first_told, max(batch) as last_told, version = '{BUDGET}' as is_budget
        from standing group by {group}, version
    ),
    ruled as (
        select versions.*, coalesce(said.version = versions.version, false) as said,
            coalesce(last_told > max(case when said.version = versions.version then last_told end)
                over (partition by versions.{group.replace(", ", ", versions.")}), false) as early
        from versions left join target_chosen as said using (year)
    ),
    months as (select distinct {group}, month from standing),
    reigning as (
        select months.*, ruled.version
        from months join ruled using ({group})
        left join closed_month as closed
            on closed.month = year(months.month) * 100 + month(months.month)
            and months.period = 'month'
        where {starts} <= case months.period when 'year' then months.month + interval 11 month
                when 'quarter' then months.month + interval 2 month else months.month end
            and (closed.seq is null or {"first_told < closed.seq" if chosen else "true"})
        qualify row_number() over (
            partition by {", ".join(f"months.{one}" for one in group.split(", "))}, months.month
            order by {order}
        ) = 1
    )
    select standing.month, period, standing.measure, {", ".join(f"standing.{n}" for n in NODE)},
        value, standing.version, batch, line, locked, reason, basis, tax, unit, standing.source
    from standing join reigning using ({group}, month, version)"""


def _milestones() -> str:
    return f"""
    select batch, line, milestone, due, {_measure("measure")} as measure, value, channel, owner,
        state, source
    from milestones join batch using (batch)
    where batch in (select batch from batch_month where active)
    qualify batch = max(batch) over (partition by milestone)
        and (source <> '{PLAN_SOURCE}' or batch = max(batch) over (partition by source))"""


def _master(name: str) -> str:
    if name not in MATCHED:
        return f"target.{name}"
    return f"coalesce(of_{name}.master, target.{name}) as {name}"


def _period() -> str:
    text = "lower(coalesce(period, ''))"
    quarter, year = (
        f"regexp_matches({text}, '{PERIOD_WORDS[one]}')" for one in ("quarter", "year")
    )
    return f"case when {quarter} then 'quarter' when {year} then 'year' else 'month' end"


def _measure(column: str) -> str:
    """The key of a measure's name; a name that nobody knows stays as it is written."""
    around = r"目标值?|任务额?|指标|预算|计划|[\s_（）()：:-]"
    bare = f"regexp_replace(lower({column}), '{around}', '', 'g')"
    known = " ".join(
        f"when {_listed('said', {_bare(word) for word in (*one.words, one.key)})} then '{one.key}'"
        for one in target_measures().values()
    )
    given = f"case when said = '' then '{PLAIN_MEASURE}' {known} else {column} end"
    return f"list_transform([{bare}], lambda said: {given})[1]"


def _bare(word: str) -> str:
    return word.replace(" ", "").replace("_", "")


def _version() -> str:
    said = "trim(version)"
    return (
        f"case when {said} is null or {said} = '' or"
        f" {_listed(f'lower({said})', BUDGET_WORDS)} then '{BUDGET}' else {said} end"
    )


def basis_said() -> str:
    """SQL of the key of a basis as a person writes it; null for words that nobody knows."""
    known = " ".join(
        f"when {_listed('lower(trim(basis))', words)} then '{key}'"
        for key, words in BASIS_WORDS.items()
    )
    return f"case {known} end"


def tax_said() -> str:
    """SQL of the tax side as a person writes it, else that of the file."""
    return (
        "case when tax in ('含税', '是', 'with tax', 'with_tax', 'yes') then 'with_tax'"
        " when tax in ('未税', '不含税', '否', 'without tax', 'without_tax', 'no')"
        " then 'without_tax' else nullif(of_tax, 'unstated') end"
    )


def _shape() -> str:
    """Which parts of the node are said, as a number: plans of another shape stand beside."""
    bits = (f"({name} is not null)::integer * {1 << at}" for at, name in enumerate(NODE))
    return " + ".join(bits)


def dimensions_of(shape: int) -> tuple[str, ...]:
    """What a shape says, in the order of NODE."""
    return tuple(name for at, name in enumerate(NODE) if shape >> at & 1)


def _of_kind(kind: str) -> str:
    return ", ".join(f"'{one.key}'" for one in target_measures().values() if one.kind == kind)


def _listed(value: str, words: Iterable[str]) -> str:
    return f"{value} in ({', '.join(repr(word) for word in sorted(words))})"
