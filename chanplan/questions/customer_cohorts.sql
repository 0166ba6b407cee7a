-- Customers by the month and by the channel of their first purchase: who still buys, and net sales.
--
-- A customer's cohort is the month of its first sale above zero; its channel, the one of that
-- month with most of its money (the first by name where two have the same). An age is months since
-- then. Rows of a month tell one cohort; rows of a channel add cohorts of every month, each at ages
-- it has had in whole, so that customers differ from age to age. Who belongs to the population
-- stands in customer_facts.sql.
--
-- parameters
--   population: text  partner, outlet, consumer or customer
--   as_of: day        lines up to this day
--   until: month      the last month that counts whole
--   outlets: texts    kinds of the customer table that mean outlets
--   consumers: texts  the same for consumers
--   partners: texts   the same for partners
-- inputs
--   line_facts
--   attribute_current
--   calendar
-- columns
--   told_by           'month', 'channel', or 'both': how each cohort's customers came, at age 0
--   cohort            the month of the first purchase; null in rows of a channel
--   channel           of it; null in rows of a month, and where no file tells it
--   age               months since the first purchase, from 0
--   customers         of the cohort; in rows of a channel, those whose age was reached
--   buyers            of those, with a sale above zero in that month
--   net               net sales of that month
--   returned          of the buyers, those with no month in between: back for the first time
with span as (
    {months}
),
{include of_population},
monthly as (
    select member, coalesce(channel, '') as channel, month, sum(net) as net, max(bought) as bought
    from known
    where month <= :until
    group by member, coalesce(channel, ''), month
),
entered as (
    select member, min(month) as cohort from monthly where bought = 1 group by member
),
entries as (
    select m.member as member, e.cohort as cohort, m.channel as channel,
        row_number() over (
            partition by m.member order by m.net desc nulls last, m.channel) as place
    from monthly as m join entered as e on e.member = m.member and e.cohort = m.month
    where m.bought = 1
),
active as (
    select m.member as member, b.cohort as cohort, b.channel as channel,
        c.ordinal - o.ordinal as age, max(m.bought) as bought, sum(m.net) as net
    from monthly as m
    join entries as b on b.member = m.member and b.place = 1
    join calendar as c on c.month = m.month
    join calendar as o on o.month = b.cohort
    group by m.member, b.cohort, b.channel, c.ordinal - o.ordinal
),
sizes as (
    select cohort, channel, count(*) as customers from entries where place = 1
    group by cohort, channel
),
back as (
    select member, min(age) as age from active where age > 0 and bought = 1 group by member
),
seen as (
    select a.cohort as cohort, a.channel as channel, a.age as age, sum(a.bought) as buyers,
        sum(a.net) as net, count(b.age) as returned
    from active as a left join back as b on b.member = a.member and b.age = a.age
    where a.age >= 0
    group by a.cohort, a.channel, a.age
),
ages as (
    select z.cohort as cohort, z.channel as channel, z.customers as customers,
        c.ordinal - o.ordinal as age
    from sizes as z
    join calendar as o on o.month = z.cohort
    join calendar as c on c.month >= z.cohort and c.month <= :until
),
cells as (
    select a.cohort as cohort, a.channel as channel, a.age as age, a.customers as customers,
        coalesce(s.buyers, 0) as buyers, coalesce(s.net, 0) as net,
        coalesce(s.returned, 0) as returned
    from ages as a
    left join seen as s on s.cohort = a.cohort and s.channel = a.channel and s.age = a.age
),
told as (
    select 'month' as told_by, cohort, '' as channel, age, sum(customers) as customers,
        sum(buyers) as buyers, sum(net) as net, sum(returned) as returned
    from cells
    group by cohort, age
    union all
    select 'channel' as told_by, cast(null as integer) as cohort, channel, age,
        sum(customers) as customers, sum(buyers) as buyers, sum(net) as net,
        sum(returned) as returned
    from cells
    group by channel, age
    union all
    select 'both' as told_by, cohort, channel, age, customers, buyers, net, returned
    from cells
    where age = 0
)
select told_by, cohort, nullif(channel, '') as channel, age, customers, buyers, net, returned
from told
order by told_by, cohort, channel, age
