-- What sets customers of a population apart at a day: recency, orders, money and breadth alone.
--
-- The same values as those of customer_facts.sql, for who compares all customers by them and needs
-- no more: each is summed over the lines once, and nothing is put in order of days. Categories are
-- counted as bits of whole numbers, sixty to a number, so that no line is kept apart for its own.
--
-- parameters
--   by: dimensions    category, so that one told by the product table is counted
--   population: text  partner, outlet, consumer or customer
--   as_of: day        lines up to this day
--   today: number     the same day, counted from year 1
--   outlets: texts    kinds of the customer table that mean outlets
--   consumers: texts  the same for consumers
--   partners: texts   the same for partners
-- inputs
--   amounts
--   line_facts
--   attribute_current
--   calendar
-- columns
--   customer
--   recency           days from the last day with a sale to the day asked for
--   orders            distinct orders
--   net               net sales
--   categories        distinct categories bought
with span as (
    {months}
),
{include orders_named},
by_order as (
    {include money_of_order}
        max(case when bought = 1 and day <= cast(:as_of as date) then day end) as last
    from named
    where member is not null
    group by member, source, coalesce(order_number, cast(day as varchar(10)))
),
summed as (
    select member, count(last) as orders, coalesce(sum(net), 0) as net, max(last) as last,
        coalesce(sum(net), 0) + coalesce(sum(later), 0) as everything,
        sum(online) as online
    from by_order
    group by member
),
placed as (
    select {key_names}, row_number() over (order by {key_names}) - 1 as place
    from (
        select {key_names} from (select {keys}1 as one from {facts} as f
            join span on span.month = f.month{joins} where {where}) as told
        where k_category is not null
        group by {key_names}
    ) as each_one
),
bits as (
    select k_category, cast(floor(place / 60) as integer) as sixty,
        cast(power(2, place % 60) as bigint) as bit
    from placed
),
again as (
    select {keys}{include told_of_line}
    {include lines_told}
),
carried as (
    select a.member as member, b.sixty as sixty, bit_or(b.bit) as mask
    from again as a join bits as b on b.k_category = a.k_category
    where a.bought = 1 and a.day <= cast(:as_of as date)
    group by a.member, b.sixty
),
wide as (
    select member, sum(bit_count(mask)) as categories from carried group by member
)
select o.member as customer, :today - begun.before - day(o.last) as recency, o.orders as orders,
    o.net as net, coalesce(w.categories, 0) as categories
from summed as o
join begun on begun.month = year(o.last) * 100 + month(o.last)
left join called on called.member = o.member
left join wide as w on w.member = o.member
where o.orders > 0 and {include belongs}
order by net desc, customer
