"""The side of the tax that a file does not state, by the rate of the line's product at its date.

A row's own rate stands above everything. Then comes the table of rates: what it says of the
product, then of its category; then the rate of the source, by which ingest has worked the side
out already (ingest/sales_line.py). Only worked-out sides are touched, rounded half-even at four
places as there; `table_rate` and `rate_by` say of a line which rate it got from the table and by
what. Where the table says nothing any more, the side is what ingest had made of it.
"""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.domain.taxing import divided, times
from chanplan.store import batches, matched, standing
from chanplan.store.batches import SILENT
from chanplan.store.sales import SALES, SIDES

TABLE = "tax_rates"
_EVER, _NEVER = "date '1990-01-01'", "date '9999-12-31'"

# What the table says, under every name of a product: member → the days a rate holds.
_RATES = f"""
    with said as ({standing.rows(TABLE)}),
    named as (
        select product, null as category, rate, valid_from, 0 as heard, batch, line from said
        where product is not null
        union all
        select other.name, null, rate, valid_from,
            case when said.product = other.master then 1 else 2 end, batch, line
        from said join also_named as other
            on other.dimension = 'product' and other.other = said.product
        union all
        select null, category, rate, valid_from, 0, batch, line from said
        where product is null and category is not null
    ),
    nearest as (
        select * from named where rate is not null
        qualify heard = min(heard) over (partition by product, category)
    ),
    dated as (
        select product, category, rate, coalesce(valid_from, {_EVER}) as since from nearest
        qualify row_number() over (
            partition by product, category, since order by heard, batch desc, line desc
        ) = 1
    )
    select *, coalesce(lead(since) over (
        partition by product, category order by since), {_NEVER}) as until
    from dated
"""
# A category that only the product table tells.
CATEGORIES = f"""
    select product, category from ({matched.by_every_name("products", "product")})
    where category is not null
    qualify row_number() over (
        partition by product order by heard, valid_from desc nulls last, batch desc, line desc
    ) = 1
"""

# How the file of each batch states its money.
_PLAIN, _GROSS, _BARE = (
    f"json_extract(recipe, '$.columns.{name}') is not null"
    for name in ("amount", "amount_with_tax", "amount_without_tax")
)
TOLD = f"""
    select batch, try_cast(json_extract_string(recipe, '$.tax_rate') as decimal(18, 8)) as rate,
        tax = 'without_tax' or ({_BARE} and not {_PLAIN} and not {_GROSS}) as untaxed,
        coalesce(json_extract_string(recipe, '$.formats.refund_is') = 'within', false) as within,
        case when not within and {_GROSS} and not ({_BARE}) and not (untaxed and {_PLAIN})
                then 'with_tax'
            when not within and {_BARE} and not ({_GROSS}) and not (not untaxed and {_PLAIN})
                then 'without_tax'
            when untaxed then 'without_tax' else 'with_tax' end as side,
        batch in ({SILENT}) as costless
    from batch where table_name = 'sales'
"""
# Of a line: its rate by the table, and by what; and the relations that tell it.
_RATE = """coalesce(own.rate, wide.rate) as rate,
        case when own.rate is not null then 'product'
            when wide.rate is not null then 'category' end as rate_by"""
_BY_TABLE = """
    left join (from rates where product is not null) as own
        on own.product = line.product and line.date >= own.since and line.date < own.until
    left join categories as known on known.product = line.product
    left join (from rates where category is not null) as wide
        on wide.category = coalesce(line.category, known.category)
        and line.date >= wide.since and line.date < wide.until
"""
_GIVEN = f"rates as ({_RATES}), categories as ({CATEGORIES}), told as ({TOLD})"
_PARTS = ("list", "discount", "cost")
_TOUCHED = ("product", "category", "own_rate", "stated", "table_rate", "rate_by")


def fit(writer: Writer, *fresh: int) -> None:
    """Give freshly loaded lines the side their file does not state."""
    if is_told(writer):
        _apply(writer, f"line.batch in ({batches.listed(fresh)})")


def refit(writer: Writer) -> set[int]:
    """After rates were loaded, taken back or renamed: every line that has another rate now.

    Returns the months of these lines.
    """
    before = writer.rows("select 1 from sales_line where table_rate is not null limit 1")
    return _apply(writer, "true") if before or is_told(writer) else set()


def fit_items(writer: Writer) -> None:
    """Items of orders have products, and so rates, of their own: what their order says on one side
    only is told of each on the other by its own rate, where the table has another than the order's:
    else the shares of the order's own sides stand, which sum to them."""
    if not is_told(writer) or not writer.rows("select 1 from joined_line limit 1"):
        return
    writer.run(f"create or replace temp table rated as {_of_items()}")
    sides = ", ".join([*_amounts(), *(one for part in _PARTS for one in _part(part))])
    writer.run(
        f"update joined_line as line set table_rate = rated.rate, rate_by = rated.rate_by, {sides}"
        " from rated where line.rowid = rated.lies"
    )
    writer.run("drop table rated")


def is_told(writer: Writer) -> bool:
    """Whether a table of rates counts."""
    return batches.has_rows(writer, "tax_rates") and bool(
        writer.rows(f"select 1 from ({_RATES}) limit 1")
    )


def _apply(writer: Writer, which: str) -> set[int]:
    """Work anew what a changed rate is the reason of; the months it lies in."""
    parts = [part for part in _PARTS if _has(writer, part)]
    money = [f"{part}_{side}" for part in ("amount", *parts) for side in SIDES]
    kept = SALES.widen(writer, (*_TOUCHED, *money))
    writer.run(f"create or replace temp table rated as {_wanted(kept, which)}")
    months = {int(month) for (month,) in writer.rows("select distinct month from rated")}
    if months:
        sides = ", ".join([*_amounts(), *(one for part in parts for one in _part(part))])
        writer.run(
            f"update {kept} as line set table_rate = rated.rate, rate_by = rated.rate_by, {sides}"
            " from rated where line.rowid = rated.lies"
        )
        _refunds(writer)
        batches.resum(writer, "select distinct batch, month from rated")
    writer.run("drop table rated")
    return months


def _has(writer: Writer, part: str) -> bool:
    return bool(
        writer.rows(
            f"select 1 from sales_line where {part}_with_tax is not null"
            f" or {part}_without_tax is not null limit 1"
        )
    )


def _wanted(kept: str, which: str) -> str:
    """The lines whose rate by the table is another one now."""
    return f"""
        with {_GIVEN},
        wanted as (
            select line.rowid as lies, line.batch, line.line, line.month, line.table_rate as had,
                line.rate_by as had_by, {_RATE}, told.rate as source_rate, told.untaxed,
                told.costless, coalesce(line.stated, told.side) as side
            from {kept} as line join told using (batch) {_BY_TABLE}
            where {which} and line.own_rate is null
        )
        select *, coalesce(rate, source_rate) as used from wanted
        where had is distinct from rate or had_by is distinct from rate_by::varchar"""


def _of_items() -> str:
    """The items of orders of which the table tells a rate, with how their order's file states
    its money."""
    return f"""
        with {_GIVEN}
        select line.rowid as lies, {_RATE}, told.untaxed, told.costless,
            coalesce(whole.stated, told.side) as side,
            coalesce(own.rate, wide.rate) as used
        from joined_line as line join told on told.batch = line.of_batch
        join (select batch, line, stated, own_rate, table_rate as had from sales_line) as whole
            on whole.batch = line.of_batch and whole.line = line.of_line
        {_BY_TABLE}
        where line.made = 'item' and whole.own_rate is null
            and coalesce(own.rate, wide.rate) <> coalesce(whole.had, told.rate, -1)"""


def _amounts() -> list[str]:
    """The side of the amount that the file does not state; both where it states both."""
    return [
        f"amount_with_tax = case when rated.side = 'without_tax'"
        f" then {_with('line.amount_without_tax')} else line.amount_with_tax end",
        f"amount_without_tax = case when rated.side = 'with_tax'"
        f" then {_without('line.amount_with_tax')} else line.amount_without_tax end",
    ]


def _part(part: str) -> list[str]:
    """The same of a part of the price, which stands on one side for the whole file. Costs that a
    product table tells are its own affair."""
    ours = " and not rated.costless" if part == "cost" else ""
    gross, bare = f"line.{part}_with_tax", f"line.{part}_without_tax"
    return [
        f"{part}_with_tax = case when rated.untaxed{ours} then {_with(bare)} else {gross} end",
        f"{part}_without_tax = case when not rated.untaxed{ours} then {_without(gross)}"
        f" else {bare} end",
    ]


def _with(bare: str) -> str:
    return f"try_cast({times(bare, 'rated.used')} as decimal(18, 4))"


def _without(gross: str) -> str:
    return f"try_cast({divided(gross, '1 + rated.used')} as decimal(18, 4))"


def _refunds(writer: Writer) -> None:
    """A refund in the row of its order is with tax where the order's amount is."""
    if writer.rows("select 1 from refund limit 1"):
        gross = f"coalesce({_with('refund.told')}, refund.told)"
        writer.run(
            f"update refund set amount = {gross} from rated where rated.untaxed"
            " and rated.batch = refund.batch and rated.line = refund.line"
        )
