"""Orders told twice, as a whole and item by item: the order's amount spread over its items.

The items come from a table of items (no dates, perhaps no amounts), or from another file of
sales that has the same orders with their products. What the order says is what was paid; what
its items say is only how it is shared out. Nothing is counted twice: the order's own line, and
the items' lines of the other file, are pushed aside.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from chanplan.domain.ports import Writer
from chanplan.store.batches import listed
from chanplan.store.costs import UNIT_COSTS
from chanplan.store.returned import LONG_NUMBER
from chanplan.store.rollups import AMOUNTS
from chanplan.store.spreading import spread
from chanplan.store.units import FACTORS

# Two files are of the same orders where at least this share of the smaller one's is in both,
# and their money is alike: corrections of some orders' prices are no second telling of them.
_SHARED = 0.5
_ALIKE = (0.5, 2)
# Order numbers by which batches with the same orders are found; twins share half of them.
_LOOKED_AT = 64
_COUNTING = "batch in (select batch from batch_month where active)"

# Items of the newest file that tells an order's; w is what the item says it is worth.
_LISTED = f"""
    select item.batch, item.line, batch.source, item."order" as order_number, item.product,
        item.category, item.quantity, item.unit, item.amount, item.unit_price
    from order_items as item join batch using (batch)
    where item.{_COUNTING}
    qualify item.batch = max(item.batch) over (partition by batch.source, item."order")
"""


@dataclass(frozen=True)
class _Twins:
    """Two batches of sales that may tell the same orders: as a whole, and item by item."""

    whole: int
    items: int


def insert(writer: Writer) -> None:
    """Push aside what is told item by item, and add the items to `joined_line`."""
    if writer.rows(f"select 1 from order_items where {_COUNTING} limit 1"):
        _spread_over(writer, _LISTED, "1 = 1", items_count=False)
    for twins in _twins(writer):
        items = f"""select batch, line, source, order_number, product, category, quantity, unit,
            coalesce(amount_with_tax, amount_without_tax) as amount,
            null::decimal(18, 4) as unit_price
            from counted_lines where batch = {twins.items:d} and line_type = 'sale'
                and order_number is not null and product is not null"""
        _spread_over(writer, items, f"batch = {twins.whole:d}", items_count=True)


def _spread_over(writer: Writer, items: str, orders: str, items_count: bool) -> None:
    """One line for each item of every order that has items.

    orders       which lines may be orders told as a whole
    items_count  the items are lines that count themselves, and are pushed aside as well
    """
    writer.run(
        f"""
        create or replace temp table itemised as
        with items as ({items}),
        told as (
            select *, count(*) filter (line_type = 'sale') over (
                partition by batch, order_number
            ) as sales_in_order
            from counted_lines anti join pushed_aside using (batch, line)
            where {orders} and order_number in (select order_number from items)
                and line_type not in ('freight', 'adjustment')
        )
        select told.batch || ':' || told.line as whole, told.batch as of_batch,
            told.line as of_line, items.batch as item_batch, items.line as item_line,
            items.product as item_product, items.category as item_category,
            items.quantity as item_quantity, items.unit as item_unit,
            items.amount as item_amount, items.unit_price as item_price,
            row_number() over (
                partition by items.batch, items.line order by told.batch, told.line
            ) = 1 as first_telling
        from told join items on items.order_number = told.order_number
            and (items.source = told.source or length(told.order_number) >= {LONG_NUMBER})
            and items.batch <> told.batch
        where told.product is null or told.sales_in_order <= 1"""
    )
    writer.run(f"insert into joined_line by name {_lines()}")
    writer.run("insert into pushed_aside select distinct of_batch, of_line from itemised")
    if items_count:
        writer.run("insert into pushed_aside select distinct item_batch, item_line from itemised")
    writer.run("drop table itemised")


def _lines() -> str:
    """The items as sales lines: members of their order, product and goods of their own."""
    totals = ", ".join(f"{{'name': '{name}', 'total': line.{name}}}" for name in AMOUNTS)
    shares = ", ".join(
        f"max(share) filter (name = '{name}')::decimal(18, 4) as {name}" for name in AMOUNTS
    )
    kept = (
        "date, month, posted_from, grain, source, basis, line_type, channel, partner, region,"
        " province, city, customer, salesperson, order_number, original_order, currency"
    )
    parts = f"""
        select weighed.whole || told.name as whole, told.name, told.total, weight, of_batch,
            of_line, item_batch, item_line, item_line as tie
        from weighed join sales_line as line
            on line.batch = weighed.of_batch and line.line = weighed.of_line,
            unnest([{totals}]) as unnested(told)
        where told.total is not null"""
    goods = """case when first_telling then
        case when coalesce(line.amount_with_tax, line.amount_without_tax) < 0
            then -abs(item_quantity) else item_quantity end end"""
    costs = ", ".join(
        f"coalesce(shares.cost_{side}, case when line.amount_{side} is not null then"
        f" try_cast(round_even(cast(cost.{side} as decimal(18, 8)) * made.base_quantity, 4)"
        f" as decimal(18, 4)) end) as cost_{side}"
        for side in ("with_tax", "without_tax")
    )
    amounts = ", ".join(f"shares.{name}" for name in AMOUNTS if not name.startswith("cost_"))
    return f"""
        with weighed as ({_weighed()}),
        shares as (
            select of_batch, of_line, item_batch, item_line, {shares}
            from ({spread(parts)}) group by all
        ),
        made as (
            select weighed.*, {kept.replace("date,", "line.date,", 1)}, {goods} as pieces,
                line.category as whole_category,
                coalesce((pieces * unit.factor)::decimal(18, 4), pieces) as base_quantity,
                unit.base_unit
            from weighed join sales_line as line
                on line.batch = weighed.of_batch and line.line = weighed.of_line
            left join ({FACTORS}) as unit
                on unit.product = weighed.item_product and unit.unit = weighed.item_unit
        )
        select item_batch as batch, item_line as line, {kept.replace("date,", "made.date,", 1)},
            item_product as product, coalesce(item_category, whole_category) as category,
            made.pieces as quantity, item_unit as unit, made.base_quantity, made.base_unit,
            {amounts}, {costs}, 'item' as made, made.of_batch, made.of_line
        from made join shares using (of_batch, of_line, item_batch, item_line)
        join (select batch as of_batch, line as of_line, amount_with_tax, amount_without_tax
            from sales_line) as line using (of_batch, of_line)
        left join ({UNIT_COSTS}) as cost
            on cost.product = made.item_product and made.base_unit is not null"""


def _weighed() -> str:
    """What each item says it is worth: its amount, price times quantity, quantity, or a share
    like every other; the first of these that all items of the order tell."""
    worth = {
        "amount": "item_amount",
        "price": "(item_price * item_quantity)::decimal(18, 4)",
        "pieces": "item_quantity",
    }
    values = ", ".join(f"greatest({sql}, 0) as by_{name}" for name, sql in worth.items())
    whens = " ".join(
        f"when count(by_{name}) over w = count(*) over w and sum(by_{name}) over w > 0"
        f" then by_{name}"
        for name in worth
    )
    return f"""
        select *, case {whens} else 1 end::decimal(18, 4) as weight
        from (select *, {values} from itemised) window w as (partition by whole)"""


def find_twins(writer: Writer, *fresh: int) -> None:
    """Write down which batches tell the orders of fresh ones in the other way. Lines of a batch
    never change, so this is decided once, and not whenever something else has."""
    known = {
        int(batch): (basis, json.loads(recipe)["headers"])
        for batch, basis, recipe in writer.rows(
            "select batch, basis, recipe from batch where table_name = 'sales'"
        )
    }
    near = [pair for pair in _sharing(writer, *fresh) if set(pair) <= set(known)]
    # The same headings are the same export again, and no other telling.
    unlike = [
        (one, other)
        for one, other in near
        if known[one][0] == known[other][0] and known[one][1] != known[other][1]
    ]
    pairs = {pair for one, other in unlike for pair in (_Twins(one, other), _Twins(other, one))}
    for twins in _of_the_same_orders(writer, sorted(pairs, key=_numbers)):
        writer.run("delete from twin where whole = ? and items = ?", _numbers(twins))
        writer.run("insert into twin values (?, ?)", _numbers(twins))


def other_tellings(writer: Writer, batch: int, source: str, basis: str) -> list[int]:
    """Counting batches of a source that tell a new batch's orders in the other way: what they
    say is joined with it, not said again."""
    known = writer.rows(
        f"select batch from batch where table_name = 'sales' and {_COUNTING}"
        " and source = ? and basis = ? and batch <> ?",
        [source, basis, batch],
    )
    counting = {int(other) for (other,) in known}
    near = [other for _, other in _sharing(writer, batch) if other in counting]
    pairs = [pair for n in near for pair in (_Twins(batch, n), _Twins(n, batch))]
    found = _of_the_same_orders(writer, pairs)
    return sorted({number for pair in found for number in (pair.whole, pair.items)} - {batch})


def _twins(writer: Writer) -> list[_Twins]:
    """Pairs of counting batches that tell the same orders in two ways, the newest items first."""
    counting = f"(select batch from batch where {_COUNTING})"
    found = writer.rows(
        f"select whole, items from twin where whole in {counting} and items in {counting}"
        " order by whole, items desc"
    )
    return [_Twins(int(whole), int(items)) for whole, items in found]


def _numbers(twins: _Twins) -> list[int]:
    return [twins.whole, twins.items]


def _sharing(writer: Writer, *fresh: int) -> list[tuple[int, int]]:
    """(fresh batch, other batch) that have some of the fresh one's first order numbers."""
    found = writer.rows(
        f"""
        with mine as (
            select distinct batch, order_number from sales_line
            where batch in ({listed(fresh)}) and order_number is not null
            qualify dense_rank() over (partition by batch order by order_number) <= {_LOOKED_AT}
        )
        select distinct mine.batch, other.batch from mine
        join sales_line as other using (order_number) where other.batch <> mine.batch
        order by 1, 2"""
    )
    return [(int(one), int(other)) for one, other in found]


def _of_the_same_orders(writer: Writer, pairs: Sequence[_Twins]) -> list[_Twins]:
    """The pairs whose orders are largely the same, and so is their money; the one has a line
    for each order, the other one for each of its products. One look at the lines for all."""
    if not pairs:
        return []
    told = ", ".join(f"({pair.whole:d}, {pair.items:d})" for pair in pairs)
    found = writer.rows(
        f"""
        with pairs as (from (values {told}) as listed(whole, items)),
        told as (
            select batch, source, order_number, count(*) as lines, count(product) as named,
                sum(coalesce(amount_with_tax, amount_without_tax)) as amount
            from sales_line
            where batch in (select whole from pairs union select items from pairs)
                and order_number is not null and line_type = 'sale' group by all
        ),
        of_batch as (
            select batch, count(*) as orders, count(*) filter (lines > 1) as several,
                count(*) filter (named > 0) as named,
                count(*) filter (lines > 1 and named > 0) as itemised
            from told group by batch
        ),
        shared as (
            select whole, items, count(*) as orders, sum(one.amount) as amount,
                sum(other.amount) as other_amount
            from pairs join told as one on one.batch = whole
            join told as other on other.batch = items and other.named > 0
                and other.order_number = one.order_number
                and (one.source = other.source or length(one.order_number) >= {LONG_NUMBER})
            group by all
        )
        select whole, items from shared
        join of_batch as one on one.batch = whole join of_batch as other on other.batch = items
        where shared.orders >= {_SHARED} * least(one.orders, other.named)
            and one.several = 0 and amount <> 0 and other_amount <> 0
            and other_amount / amount between {_ALIKE[0]} and {_ALIKE[1]}
            and (other.itemised > 0 or one.named = 0)"""
    )
    same = {_Twins(int(whole), int(items)) for whole, items in found}
    return [pair for pair in pairs if pair in same]
