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
{include begun},
{include called},
named as (
    select case when :population <> 'partner' then f.customer
            when f.partner is not null then f.partner
            when called.population = 'partner' then f.customer end as member,
        called.population as called, f.source as source, f.order_number as order_number,
        case when f.grain = 'month' then begun.last_day else f.date end as day,
        case when f.line_type in ({counted}) then f.amount_{tax} end as net,
        case when f.line_type in ({counted}) and coalesce(called.population, case
            when kinds.kind = 'online' then 'consumer' end) = 'consumer'
            then f.amount_{tax} end as online,
        case when f.line_type in ({counted}) and called.population is null
            and kinds.kind = 'offline' then f.amount_{tax} end as offline,
        case when f.line_type = 'sale' and f.paid > 0 then 1 else 0 end as bought
    from line_facts as f join span on span.month = f.month
    join begun on begun.month = f.month
    left join called on called.member = f.customer
    left join kinds on kinds.member = f.channel{joins}
    where {where}
),
sold as (
    select member, source, order_number, day, sum(net) as net, max(bought) as bought,
        max(called) as called, sum(online) as online, sum(offline) as offline
    from named
    where member is not null
    group by member, source, order_number, day
),
by_order as (
    select member, source, coalesce(order_number, cast(day as varchar(10))) as number,
        max(called) as called, sum(net) as everything, sum(online) as online,
        sum(offline) as offline,
        sum(case when day <= cast(:as_of as date) then net end) as net,
        max(case when day <= cast(:as_of as date) then bought else 0 end) as bought
    from sold
    group by member, source, coalesce(order_number, cast(day as varchar(10)))
),
ordered as (
    select member, sum(bought) as orders, coalesce(sum(net), 0) as net,
        max(case when bought = 1 then net end) as largest
    from by_order
    group by member
    having sum(bought) > 0 and case
        when :population = 'partner' then 2 * coalesce(sum(online), 0) <= sum(everything)
        when max(called) is not null then max(called) = :population
        when coalesce(sum(online), 0) > coalesce(sum(offline), 0) then :population = 'consumer'
        when sum(offline) > 0 then :population = 'outlet'
        else :population = 'customer' end
),
by_day as (
    select s.member as member, s.day as day
    from sold as s
    where s.bought = 1 and s.day <= cast(:as_of as date)
    group by s.member, s.day
),
dated as (
    select b.member as member, begun.before + day(b.day) as number, begun.ordinal as ordinal
    from by_day as b join begun on begun.month = year(b.day) * 100 + month(b.day)
),
active as (
    select member, max(number) as number, min(ordinal) as since, max(ordinal) as until,
        count(distinct ordinal) as months
    from dated
    group by member
),
often as (
    select member from active where months >= 6 and 3 * months >= 2 * (until - since + 1)
),
spaced as (
    select d.member as member, d.number - lag(d.number) over (
        partition by d.member order by d.number) as gap
    from dated as d join often on often.member = d.member
),
placed as (
    select member, gap, row_number() over (partition by member order by gap) as place,
        count(*) over (partition by member) as gaps
    from spaced
    where gap is not null
),
usual as (
    select member, avg(cast(gap as double)) as gap
    from placed
    where 2 * place = gaps + 1 or 2 * place = gaps or 2 * place = gaps + 2
    group by member
    having avg(cast(gap as double)) <= 31
),
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
    left join usual as u on u.member = o.member
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
