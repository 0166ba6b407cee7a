-- What is known of each customer of a population at a day, from its lines up to then.
--
-- Who belongs to the population is told by all lines (现行口径), as in customer_populations.sql.
-- A line that names no day lies at its month's end. An order is a source's order number, or a day
-- where there is none; what has no sale above zero up to the day is no order, and no customer.
-- Days are counted from year 1, so that no engine's own arithmetic of dates is needed.
--
-- parameters
--   by: dimensions    category, so that one told by the product table is counted
--   population: text  partner, outlet, consumer or customer
--   as_of: day        lines up to this day
--   today: number     the same day, counted from year 1
--   year_ago: day     twelve months before it
--   two_years_ago: day
--   outlets: texts    kinds of the customer table that mean outlets
--   consumers: texts  the same for consumers
--   partners: texts   the same for partners
-- inputs
--   line_facts
--   attribute_current
--   calendar
-- columns
--   customer
--   first             the first day with a sale
--   last              the last one
--   recency           days from then to the day asked for
--   orders            distinct orders
--   days              distinct days with a sale
--   months            distinct months with one
--   net               net sales
--   largest           net of the largest order
--   gap               median days from one day with a sale to the next; null under three such days
--   returned          sum of returns, above zero
--   discount          list amount less net, of lines with both; null where none has
--   categories        distinct categories bought
--   channel           the channel with most of its money; null where no file tells it
--   channels          distinct channels bought in
--   net_year          net sales of the twelve months up to the day
--   net_year_before   of the twelve months before those
--   price             net sales per base unit, of lines with a quantity; null where units differ
--   unit              the base unit of all its quantities; null where they differ or none is told
--   channel_net       net sales in the channel with most of its money
with span as (
    {months}
),
{include begun},
{include called},
named as (
    select {keys}f.source as source, f.order_number as order_number, f.channel as channel,
        case when f.line_type = 'return' then - f.amount_{tax} end as returned,
        case when f.line_type in ({counted}) then f.list_{tax} - f.amount_{tax} end as discount,
        case when f.line_type in ({priced}) then f.priced_{tax} end as priced,
        case when f.line_type in ({priced}) then f.base_quantity end as quantity,
        f.unit_low as unit,
        {include told_of_line}
    {include lines_told}
),
sold as (
    select {key_names}, member, source, order_number, channel, day, sum(net) as net,
        sum(returned) as returned, sum(discount) as discount, max(bought) as bought,
        sum(online) as online, sum(priced) as priced, sum(quantity) as quantity,
        min(case when quantity is not null then unit end) as unit,
        max(case when quantity is not null then unit end) as other_unit
    from named
    where member is not null
    group by {key_names}, member, source, order_number, channel, day
),
{include known},
by_order as (
    select member, source, coalesce(order_number, cast(day as varchar(10))) as number,
        sum(net) as net
    from known
    group by member, source, coalesce(order_number, cast(day as varchar(10)))
    having max(bought) = 1
),
ordered as (
    select member, count(*) as orders, max(net) as largest from by_order group by member
),
by_day as (
    select member, day, sum(net) as net, sum(returned) as returned, sum(discount) as discount,
        max(bought) as bought
    from known
    group by member, day
),
dated as (
    select b.member as member, b.day as day, begun.month as month,
        begun.before + day(b.day) as number,
        row_number() over (partition by b.member order by b.day) as place
    from by_day as b
    join begun on begun.month = year(b.day) * 100 + month(b.day)
    where b.bought = 1
),
{include usual},
active as (
    select member, min(day) as first, max(day) as last, max(number) as number,
        count(*) as days, count(distinct month) as months
    from dated
    group by member
),
summed as (
    select member, sum(net) as net, sum(returned) as returned, sum(discount) as discount,
        sum(case when day > cast(:year_ago as date) then net end) as net_year,
        sum(case when day <= cast(:year_ago as date)
            and day > cast(:two_years_ago as date) then net end) as net_year_before
    from by_day
    group by member
),
by_channel as (
    select member, channel, sum(net) as net, max(bought) as bought
    from known
    group by member, channel
),
priced_at as (
    select member, sum(priced) as priced, sum(quantity) as quantity, min(unit) as unit
    from known
    group by member
    having sum(quantity) > 0 and min(unit) = max(other_unit)
),
at_most as (
    select member, channel, net, row_number() over (
        partition by member order by net desc nulls last, channel) as place
    from by_channel
    where bought = 1
),
spread as (
    select member, count(distinct channel) as channels from by_channel where bought = 1
    group by member
),
wide as (
    select member, count(distinct k_category) as categories from known where bought = 1
    group by member
)
select a.member as customer, a.first as first, a.last as last,
    :today - a.number as recency, o.orders as orders, a.days as days, a.months as months,
    coalesce(s.net, 0) as net, coalesce(o.largest, 0) as largest, u.gap as gap,
    coalesce(s.returned, 0) as returned, s.discount as discount,
    coalesce(w.categories, 0) as categories, m.channel as channel,
    coalesce(p.channels, 0) as channels, coalesce(s.net_year, 0) as net_year,
    coalesce(s.net_year_before, 0) as net_year_before,
    cast(q.priced as double) / cast(q.quantity as double) as price, q.unit as unit,
    m.net as channel_net
from active as a
join ordered as o on o.member = a.member
join summed as s on s.member = a.member
left join usual as u on u.member = a.member
left join priced_at as q on q.member = a.member
left join at_most as m on m.member = a.member and m.place = 1
left join spread as p on p.member = a.member
left join wide as w on w.member = a.member
order by net desc, customer
