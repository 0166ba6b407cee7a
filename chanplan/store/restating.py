"""A source tells months again: its file beside what counts, and what it takes the place of.

Nothing is deleted. A batch that replaces others does so while it counts; switched off, it
gives the lines before it their place back, and the store is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from chanplan.domain.ports import Writer
from chanplan.domain.restated import Restated
from chanplan.store import batches, itemised
from chanplan.store.sales import SALES

_MEMBERS = ("channel", "partner")
# What tells a line among those of its source: its order and item, else everything but figures.
_BY_ORDER = ("order_number", "product", "line_type")
_BY_MEMBER = (
    *("date", "month", "grain", "line_type", "channel", "partner", "region", "province", "city"),
    *("product", "category", "customer", "salesperson", "order_number"),
)
_FIGURES = (
    *("quantity", "unit", "amount_with_tax", "amount_without_tax"),
    *("list_with_tax", "list_without_tax", "discount_with_tax", "discount_without_tax", "currency"),
)
_PAID = "sum(coalesce(amount_with_tax, amount_without_tax))"
# Batches whose lines give way to a later one, member by member and month by month; sheets that
# came together in one file stand beside each other.
_APART = """not exists (
        select 1 from batch as sheet where sheet.batch = told.batch
            and sheet.sha256 = {later}.sha256 and sheet.imported_at = {later}.imported_at
    )"""
# A late line is told of the month it would have counted in, wherever it was posted to.
_OWN_MONTH = "coalesce(line.posted_from, line.month)"
_REPLACED = f"""
    with ruling as (
        select distinct batch.batch, batch.source, batch.basis, takes, {_OWN_MONTH} as month,
            sha256, imported_at
        from batch join batch_month using (batch) join sales_line as line
            on line.batch = batch.batch and line.month = batch_month.month
        where active and table_name = 'sales' and takes in ('replace', 'replace_months')
    ),
    told as (
        select distinct line.batch, line.source, line.basis, line.month, line.channel,
            line.partner
        from (select batch, source, basis, {_OWN_MONTH} as month, channel, partner
            from sales_line as line) as line
        semi join ruling using (source, basis, month)
    ),
    own as (
        select ruling.*, told.channel, told.partner from ruling join told using (batch, month)
    )
    select distinct told.batch, told.month, told.channel, told.partner
    from told join ruling
        on ruling.source = told.source and ruling.basis = told.basis
        and ruling.month = told.month and ruling.batch > told.batch
    where ruling.takes = 'replace_months' and {_APART.format(later="ruling")}
    union
    select distinct told.batch, told.month, told.channel, told.partner
    from told join own
        on own.source = told.source and own.basis = told.basis and own.month = told.month
        and own.batch > told.batch and own.channel is not distinct from told.channel
        and own.partner is not distinct from told.partner
    where own.takes = 'replace' and {_APART.format(later="own")}"""

# The batch whose rows a batch has mended.
_REPAIRS = "cast(json_extract(batch.recipe, '$.repairs') as integer)"
# Mended rows give way where the same rows were mended again later, and go with their batch.
_MENDED_AGAIN = f"""
    with mended as (
        select batch.batch, {_REPAIRS} as of_batch, bool_or(active) as active
        from batch join batch_month using (batch) where {_REPAIRS} is not null group by all
    ),
    off as (select batch from batch_month group by batch having not bool_or(active)),
    gone as (
        select batch from mended where of_batch in (select batch from off)
            or exists (select 1 from mended as later where later.active
                and later.of_batch = mended.of_batch and later.batch > mended.batch)
    )
    select distinct line.batch, {_OWN_MONTH} as month, line.channel, line.partner
    from sales_line as line semi join gone using (batch)
    anti join replaced on replaced.batch = line.batch and replaced.month = {_OWN_MONTH}
        and replaced.channel is not distinct from line.channel
        and replaced.partner is not distinct from line.partner"""


def rebuild(writer: Writer) -> set[int]:
    """Write `replaced` anew; returns the months in which it has changed, those that late lines
    of them were posted to included."""
    before = _cells(writer)
    writer.run("delete from replaced")
    if writer.rows("select 1 from batch where takes in ('replace', 'replace_months') limit 1"):
        writer.run(f"insert into replaced {_REPLACED}")
    if writer.rows(f"select 1 from batch where {_REPAIRS} is not null limit 1"):
        writer.run(f"insert into replaced {_MENDED_AGAIN}")
    changed = {(batch, month) for batch, month, *_ in before ^ _cells(writer)}
    posted = {(batch, month): to for batch, month, to in writer.rows("from posted")}
    return {month for _, month in changed} | {posted[at] for at in changed & posted.keys()}


def as_one(writer: Writer, batch: int, *others: int) -> None:
    """Bring the lines of sheets that come together under one batch, to be held against before."""
    if others:
        kept = SALES.widen(writer, ["batch"])
        writer.run(
            f"update {kept} set batch = ? where batch in ({batches.listed(others)})", [batch]
        )


def beside(writer: Writer, batch: int, source: str, basis: str) -> Restated | None:
    """A batch's lines beside the earlier ones that count; None where its source has told
    nothing of its months. The batch itself does not count yet."""
    said = [source, basis]
    if not writer.rows(_COUNTS, said):  # as in a store that is filled: nothing more to look for
        return None
    months = [m for (m,) in writer.rows(_MONTHS, [batch])]
    apart = batches.listed([batch, *itemised.other_tellings(writer, batch, source, basis)])
    own = f"select * replace ({_OWN_MONTH} as month) from standing_lines as line"
    before = f"select * from ({own}) as line where batch not in ({apart})"
    before = f"{before} and source = ? and basis = ?"
    before = f"{before} and month in ({batches.listed(months) or 'null'})"
    files = writer.rows(
        f"select name from batch semi join ({before}) as line using (batch) order by batch", said
    )
    if not files:
        return None
    counts = writer.rows(_compared(batch, before, _keys(writer, batch)), said)[0]
    same, changed, new, vanished = (int(count or 0) for count in counts)
    return Restated(
        tuple(name for (name,) in files),
        tuple(months),
        same,
        changed,
        new,
        vanished,
        _sums(writer, batch, before, said),
        _absent(writer, batch, before, said),
    )


_COUNTS = (
    "select 1 from batch join batch_month using (batch)"
    " where active and source = ? and basis = ? limit 1"
)
_MONTHS = "select distinct month from sales_line where batch = ? order by month"


def _cells(writer: Writer) -> set[tuple[Any, ...]]:
    return set(writer.rows("select batch, month, channel, partner from replaced"))


def _keys(writer: Writer, batch: int) -> tuple[str, ...]:
    """What tells this batch's lines from each other."""
    [(numbered, lines)] = writer.rows(
        "select count(order_number), count(*) from sales_line where batch = ?", [batch]
    )
    return _BY_ORDER if numbered == lines else _BY_MEMBER


def _compared(batch: int, before: str, keys: Iterable[str]) -> str:
    """Counts of same, changed, new and vanished lines among the batch's own members. Lines are
    compared as bags: a line that stands twice in both is the same twice."""
    key, content = _packed(keys), _packed((*_BY_MEMBER, *_FIGURES))
    return f"""
        with sides as (
            select {key} as key, {content} as content, true as mine
            from sales_line where batch = {batch:d}
            union all by name
            select {key} as key, {content} as content, false as mine
            from ({before}) as line where {_is_own(batch)}
        ),
        alike as (
            select key, count(*) filter (mine) as mine, count(*) filter (not mine) as theirs
            from sides group by key, content
        ),
        keyed as (
            select sum(least(mine, theirs)) as same, sum(mine - least(mine, theirs)) as mine,
                sum(theirs - least(mine, theirs)) as theirs
            from alike group by key
        )
        select sum(same), sum(least(mine, theirs)), sum(mine - least(mine, theirs)),
            sum(theirs - least(mine, theirs))
        from keyed"""


def _packed(columns: Iterable[str]) -> str:
    return f"struct_pack({', '.join(f'{name} := {name}' for name in columns)})"


def _is_own(batch: int) -> str:
    """Whether a line belongs to a channel and partner that the batch tells of."""
    same = " and ".join(f"own.{name} is not distinct from line.{name}" for name in _MEMBERS)
    return f"exists (select 1 from sales_line as own where own.batch = {batch:d} and {same})"


def _sums(
    writer: Writer, batch: int, before: str, said: list[str]
) -> tuple[tuple[str | None, Decimal | None, Decimal | None], ...]:
    """(channel, before, in the file) of the batch's own members, the largest first."""
    found = writer.rows(
        f"""
        with sides as (
            select channel, {_PAID} as earlier, null as later
            from ({before}) as line where {_is_own(batch)} group by channel
            union all
            select channel, null, {_PAID} from sales_line where batch = {batch:d} group by channel
        )
        select channel, max(earlier), max(later) from sides group by channel
        order by abs(coalesce(max(later), max(earlier))) desc nulls last, channel""",
        said,
    )
    return tuple((channel, then, now) for channel, then, now in found)


def _absent(
    writer: Writer, batch: int, before: str, said: list[str]
) -> tuple[tuple[str, int, Decimal | None], ...]:
    """(member, lines, sum) of the source's members in these months that the batch leaves out."""
    found = writer.rows(
        f"select concat_ws(' · ', channel, partner), count(*), {_PAID} from ({before}) as line"
        f" where not {_is_own(batch)} group by all order by 2 desc, 1",
        said,
    )
    return tuple((str(member), int(lines), paid) for member, lines, paid in found)
