"""Which source counts where two cover the same channel, month and basis.

A company may declare, in the uploaded table of sources, for which channels a source is
authoritative, and from which month on. Where such a source has lines, lines of other sources
for the same channel, month and basis are not counted; they stay in the store, and count again
when it is withdrawn.
"""

from __future__ import annotations

from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.ports import Writer
from chanplan.store import batches
from chanplan.store.attributes import BEGINNING, END

# What sources say of the channels they are authoritative for, one row per channel and span of
# months: a word stands until the next later month that its source has one for, and of one month
# the newest counts. Channels are held against each other under their masters, whatever a source
# calls them.
_MASTERS = "select name as channel, master from matched where dimension = 'channel'"
_TOLD = f"""
    select distinct source, coalesce(master, channel) as channel, from_month, to_month
    from (
        select source, from_month,
            lead(from_month - 1, 1, {END}) over (partition by source order by from_month)
                as to_month,
            unnest(string_split_regex(authoritative_for, '\\s*[、,，;；]\\s*')) as channel
        from (
            select source, authoritative_for, batch, line, coalesce(
                year(valid_from) * 100 + month(valid_from), {BEGINNING}) as from_month
            from sources join batch_month using (batch)
            where active and authoritative_for is not null
            qualify row_number() over (
                partition by source, from_month order by batch desc, line desc) = 1
        )
    ) left join ({_MASTERS}) as known using (channel)
"""


def create(writer: Writer) -> None:
    """Make the published view of what sources say."""
    writer.run(f"create or replace view source_authority as {_TOLD}")


def rebuild(writer: Writer) -> None:
    """Write `outranked` anew: the (source, basis, channel, month) that do not count, each under
    the channel's name in its file. What a person has adjusted by hand is no other source's
    telling, and always counts."""
    writer.run("delete from outranked")
    if not batches.has_rows(writer, "sources") or not writer.rows(
        f"select 1 from ({_TOLD}) limit 1"
    ):
        return
    writer.run(
        f"""
        insert into outranked
        with told as ({_TOLD}),
        covered as (
            select distinct source, basis, coalesce(master, channel) as channel,
                channel as name, coalesce(posted_from, month) as month
            from standing_lines left join ({_MASTERS}) as known using (channel)
            where coalesce(master, channel) in (select channel from told) and source <> ?
        ),
        ruling as (
            select distinct covered.* from covered join told
                on told.source = covered.source and told.channel = covered.channel
                and covered.month between told.from_month and told.to_month
        )
        select distinct other.source, other.basis, other.name, other.month
        from covered as other anti join ruling using (source, basis, channel, month)
        semi join ruling using (basis, channel, month)""",
        [ADJUSTED],
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
                where batch.batch in ({batches.listed(asked)}) and batch.source <> ?
            )
            select distinct mine.batch, other.source
            from mine join places as other
                on other.basis = mine.basis and other.channel = mine.channel
                and other.month = mine.month and mine.source <> other.source
                and other.source <> ?
            order by 1, 2""",
            [ADJUSTED, ADJUSTED],
        )
    )
