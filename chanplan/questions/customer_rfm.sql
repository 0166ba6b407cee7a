-- The type of each customer of a population at a day, by recency, frequency and money.
--
-- Who belongs to the population, what an order is and how days are counted: as in
-- customer_facts.sql. Scores go from 1 to 5 by the part of the judged customers that do worse; of
-- equal ones recency counts as the nearer, frequency and money as the lower. An account that
-- orders continuously is measured by its own interval: R in usual gaps, F by the part of its months
-- in which it bought. Of whom one order is most of its money, in three orders at most, F is low.
--
-- parameters
--   population: text  partner, outlet, consumer or customer
--   as_of: day        lines up to this day
--   today: number     the same day, counted from year 1
--   high_from: number  the score from which one is near, often, much
--   least: number     fewer orders than these are too few to judge
--   near_days: number  near by days instead of rank; 0 by rank
--   often: number     often by orders instead of rank; 0 by rank
--   much: number      much by net sales instead of rank; 0 by rank
--   outlets: texts    kinds of the customer table that mean outlets
--   consumers: texts  the same for consumers
--   partners: texts   the same for partners
-- inputs
--   line_facts
--   attribute_current
--   calendar
-- columns
--   customer
--   segment           one of the eight types, or few_orders
--   recency           days from the last day with a sale to the day asked for
--   frequency         distinct orders; active months where it orders continuously
--   monetary          net sales
--   r                 1 to 5; null for few_orders
--   f
--   m
--   steady            1 where it orders continuously
--   gap               then its usual days from one day with a sale to the next
--   orders            distinct orders
with span as (
    {months}
),
{include orders_named},
by_order as (
    {include money_of_order}
        min(case when bought = 1 and day <= cast(:as_of as date) then day end) as first,
        max(case when bought = 1 and day <= cast(:as_of as date) then day end) as last
    from named
    where member is not null
    group by member, source, coalesce(order_number, cast(day as varchar(10)))
),
summed as (
    select member, count(first) as orders, coalesce(sum(net), 0) as net,
        max(case when first is not null then net end) as largest,
        coalesce(sum(net), 0) + coalesce(sum(later), 0) as everything,
        sum(online) as online
    from by_order
    group by member
),
ordered as (
    select o.member as member, o.orders as orders, o.net as net, o.largest as largest
    from summed as o left join called on called.member = o.member
    where o.orders > 0 and {include belongs}
),
several as (
    select member from by_order where first < last group by member
),
again as (
    select {include told_of_line}
    {include lines_told}
),
days as (
    select member, first as day from by_order where first = last
    union all
    select member, day from again
    where bought = 1 and day <= cast(:as_of as date) and case
        when member in (select member from several) then 1 else 0 end = 1
),
by_month as (
    select member, year(day) * 100 + month(day) as month, max(day) as last
    from days
    group by member, year(day) * 100 + month(day)
),
active as (
    select m.member as member, max(begun.before + day(m.last)) as number,
        min(begun.ordinal) as since, max(begun.ordinal) as until, count(*) as months
    from by_month as m join begun on begun.month = m.month
    group by m.member
),
often as (
    select member from active where months >= 6 and 3 * months >= 2 * (until - since + 1)
),
dated as (
    select member, number, row_number() over (partition by member order by number) as place
    from (
        select d.member as member, begun.before + day(d.day) as number
        from days as d join often on often.member = d.member
        join begun on begun.month = year(d.day) * 100 + month(d.day)
        group by d.member, begun.before + day(d.day)
    ) as each_day
),
{include usual},
today as (
    select ordinal from begun
    where month = year(cast(:as_of as date)) * 100 + month(cast(:as_of as date))
),
each_one as (
    select o.member as member, :today - a.number as recency, o.orders as orders, o.net as net,
        a.months as months, u.gap as gap, case when u.gap is null then 0 else 1 end as steady,
        case when o.orders < :least then 0 else 1 end as judged,
        case when 2 * o.largest > o.net and o.orders <= 3 then 1 else 0 end as is_one_order,
        (:today - a.number) / case when u.gap < 7 then 7 else u.gap end as gaps_ago,
        a.months / cast(today.ordinal - a.since + 1 as double) as part
    from ordered as o join active as a on a.member = o.member
    left join usual as u on u.member = o.member and u.gap <= 31
    cross join today
),
ranked as (
    select member, recency, orders, net, months, gap, steady, judged, is_one_order, gaps_ago, part,
        count(*) over (partition by judged) as every,
        rank() over (partition by judged order by recency) as r_rank,
        rank() over (partition by judged order by orders) as f_rank,
        rank() over (partition by judged order by net) as m_rank
    from each_one
),
scored as (
    select member, recency, orders, net, months, gap, steady, is_one_order, judged,
        case when steady = 1 and gaps_ago <= 1 then 5 when steady = 1 and gaps_ago <= 2 then 4
            when steady = 1 and gaps_ago <= 3 then 3 when steady = 1 and gaps_ago <= 4 then 2
            when steady = 1 then 1
            when :near_days > 0 and recency <= :near_days then 5
            when :near_days > 0 then 1
            else cast(ceil(5 * (every - r_rank + 1) / every) as integer) end as r,
        case when steady = 1 and part >= 0.9 then 5 when steady = 1 and 3 * part >= 2 then 4
            when steady = 1 and part >= 0.5 then 3 when steady = 1 and 3 * part >= 1 then 2
            when steady = 1 then 1
            when :often > 0 and orders >= :often then 5
            when :often > 0 then 1
            else cast(1 + floor(5 * (f_rank - 1) / every) as integer) end as f,
        case when :much > 0 and net >= :much then 5
            when :much > 0 then 1
            else cast(1 + floor(5 * (m_rank - 1) / every) as integer) end as m
    from ranked
),
told as (
    select member, recency, orders, net, months, gap, steady, judged, r, m,
        case when is_one_order = 1 and f >= :high_from then :high_from - 1 else f end as f
    from scored
)
select member as customer,
    case when judged = 0 then 'few_orders'
        when m >= :high_from and r >= :high_from and f >= :high_from then 'important_value'
        when m >= :high_from and r >= :high_from then 'important_develop'
        when m >= :high_from and f >= :high_from then 'important_keep'
        when m >= :high_from then 'important_winback'
        when r >= :high_from and f >= :high_from then 'general_value'
        when r >= :high_from then 'general_develop'
        when f >= :high_from then 'general_keep'
        else 'general_winback' end as segment,
    recency, case when steady = 1 then months else orders end as frequency, net as monetary,
    case when judged = 1 then r end as r, case when judged = 1 then f end as f,
    case when judged = 1 then m end as m, steady, gap, orders
from told
order by monetary desc, customer
