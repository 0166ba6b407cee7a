"""Which source counts where two cover the same channel, month and basis.

A company may declare, in the uploaded table of sources, for which channels a source is
authoritative. Where such a source has lines, lines of other sources for the same channel,
month and basis are not counted; they stay in the store, and count again when it is withdrawn.
"""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store import batches

# The newest word of every source, one row per channel it is authoritative for. Channels are
# held against each other under their masters, whatever a source calls them.
_MASTERS = "select name as channel, master from matched where dimension = 'channel'"
_TOLD = f"""
    select distinct source, coalesce(master, channel) as channel
    from (
        select source,
            unnest(string_split_regex(authoritative_for, '\\s*[、,，;；]\\s*')) as channel
        from sources join batch_month using (batch)
        where active and authoritative_for is not null
        qualify row_number() over (partition by source order by batch desc, line desc) = 1
    ) left join ({_MASTERS}) as known using (channel)
"""


def rebuild(writer: Writer) -> None:
    """Write `outranked` anew: the (source, basis, channel, month) that do not count, each under
    the channel's name in its file."""
    writer.run("delete from outranked")
    if not writer.rows(f"select 1 from ({_TOLD}) limit 1"):
        return
    writer.run(
        f"""
        insert into outranked
        with told as ({_TOLD}),
        covered as (
            select distinct source, basis, coalesce(master, channel) as channel,
                channel as name, month
            from standing_lines left join ({_MASTERS}) as known using (channel)
            where coalesce(master, channel) in (select channel from told)
        ),
        ruling as (select covered.* from covered semi join told using (source, channel))
        select distinct other.source, other.basis, other.name, other.month
        from covered as other anti join told using (source, channel)
        semi join ruling using (basis, channel, month)"""
    )


def rivals(writer: Writer, *asked: int) -> dict[int, tuple[str, ...]]:
    """Batch → other sources that count for a channel, month and basis it has lines in too."""
    return batches.grouped(
        writer.rows(
            f"""
            with places as (
                select distinct source, basis, channel, month from rollup_partner
                where channel is not null
            ),
            mine as (
                select batch.batch, places.*
                from batch join batch_month as covered using (batch)
                join places on places.source = batch.source and places.basis = batch.basis
                    and places.month = covered.month
                where batch.batch in ({batches.listed(asked)})
            )
            select distinct mine.batch, other.source
            from mine join places as other
                on other.basis = mine.basis and other.channel = mine.channel
                and other.month = mine.month and mine.source <> other.source
            order by 1, 2"""
        )
    )
