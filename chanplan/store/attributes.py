"""What is known of members over time: by default from their names, by upload from a month on."""

from __future__ import annotations

from chanplan.domain.channels import kind_of
from chanplan.domain.ports import Writer
from chanplan.domain.tables import Table, all_tables
from chanplan.store import batches

BEGINNING, END = 0, 999_999

# An uploaded channel kind is stored as the person wrote it; these read as the two kinds.
_KIND = """case when attribute <> 'kind' or dimension <> 'channel' then value
    when lower(value) in ('online', '线上', '电商', 'e-commerce') then 'online'
    when lower(value) in ('offline', '线下', '实体') then 'offline' else value end"""


def create(writer: Writer) -> None:
    """Make the two published relations, empty, where they are missing."""
    for name in ("attribute_current", "attribute_then"):
        writer.run(
            f"create table if not exists {name} (dimension varchar, member varchar,"
            " attribute varchar, value varchar, from_month integer, to_month integer)"
        )


def rebuild(writer: Writer) -> None:
    """Read defaults and uploads anew into attribute_current and attribute_then. What a table
    tells of a matched name is told of its master, where that one has no word of its own."""
    _default_kinds(writer)
    describing = [table for table in all_tables().values() if table.describes]
    uploads = [_uploaded(one) for one in describing if batches.has_rows(writer, one.name)]
    defaults = "select dimension, member, attribute, value, from_month, 0 as batch, 0 as line"
    known = " union all ".join([f"{defaults} from attribute", *uploads])
    writer.run(
        f"""
        create or replace temp table known as
        with stated as ({known}),
        named as (
            select stated.dimension, coalesce(known.master, member) as member, attribute,
                coalesce(follower.master, value) as value, from_month, batch,
                line, known.master is null as own
            from stated left join matched as known
                on known.dimension = stated.dimension and known.name = member
            left join matched as follower on stated.attribute = 'successor'
                and follower.dimension = stated.dimension and follower.name = value
        ),
        told as (
            select dimension, member, attribute, {_KIND} as value, from_month, batch, line
            from named where value is not null and value <> ''
            qualify own or not bool_or(own and batch > 0) over (
                partition by dimension, member, attribute
            )
        )
        select * from told qualify row_number() over (
            partition by dimension, member, attribute, from_month order by batch desc, line
        ) = 1"""
    )
    later = "partition by dimension, member, attribute order by from_month"
    writer.run("delete from attribute_then")
    writer.run(
        f"""insert into attribute_then
        select dimension, member, attribute, value, from_month,
            coalesce(lead(from_month) over ({later}) - 1, {END})
        from known"""
    )
    writer.run("delete from attribute_current")
    writer.run(
        f"""insert into attribute_current
        select dimension, member, attribute, value, {BEGINNING}, {END} from known
        qualify row_number() over ({later} desc) = 1"""
    )
    writer.run("drop table known")


def _default_kinds(writer: Writer) -> None:
    """Every channel seen gets the kind its name tells, valid since ever."""
    writer.run("delete from attribute where dimension = 'channel' and attribute = 'kind'")
    for (channel,) in writer.rows(
        "select distinct channel from rollup_partner where channel is not null"
    ):
        kind = kind_of(channel)
        if kind:
            writer.run(
                "insert into attribute values ('channel', ?, 'kind', ?, ?, null)",
                [channel, kind, BEGINNING],
            )


def _uploaded(table: Table) -> str:
    """One row per member and described column of an uploaded member table, which is read once."""
    described = [
        column.name
        for column in table.columns.values()
        if column.kind == "text" and column.name != table.describes
    ]
    since = (
        "coalesce(year(upload.valid_from) * 100 + month(upload.valid_from), 0)"
        if "valid_from" in table.columns
        else str(BEGINNING)
    )
    names = ", ".join(f"'{name}'" for name in described)
    values = ", ".join(f'upload."{name}"' for name in described)
    return (
        f"select '{table.describes}', upload.\"{table.describes}\", unnest([{names}]),"
        f' unnest([{values}]), {since}, upload.batch, upload.line from "{table.name}" as upload'
        " join batch_month as counted on counted.batch = upload.batch and counted.active"
    )
