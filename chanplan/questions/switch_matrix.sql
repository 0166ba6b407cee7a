-- The channel in which each channel's new customers bought before: how many came from where.
--
-- New to a channel is who has no month in it before one of the period. The channel before is that
-- of the customer's latest month before it: of several, the one with more customers. All is told by
-- months: who bought in two channels for the first time in one month came to both from nowhere.
--
-- parameters
-- inputs
--   customer_months
--   calendar
-- columns
--   channel           the one they are new to; null where no file tells it
--   known             1 where they had bought elsewhere; 0 where they are new to the company
--   before            the channel they bought in before; null for none, or where no file tells it
--   customers
with span as (
    {months}
),
{include months_unsaid},
active as (
    select customer_months.*, calendar.month as month, calendar.ordinal as ordinal, unsaid.*
    {include months_bought}
),
bought as (
    select distinct f.customer as customer, coalesce(f.channel, '') as channel,
        f.month as month, f.ordinal as ordinal
    from active as f join span on span.month = f.month{joins}
    where {where}
),
sizes as (
    select channel, count(distinct customer) as size from bought group by channel
),
entered as (
    select customer, channel, min(ordinal) as ordinal
    from bought
    group by customer, channel
    having min(month) >= :first
),
earlier as (
    select e.customer as customer, e.channel as channel,
        case when b.customer is null then 0 else 1 end as known, b.channel as before,
        row_number() over (partition by e.customer, e.channel
            order by b.ordinal desc, sizes.size desc, b.channel) as place
    from entered as e
    left join bought as b on b.customer = e.customer and b.ordinal < e.ordinal
    left join sizes on sizes.channel = b.channel
)
select nullif(channel, '') as channel, known, nullif(before, '') as before,
    count(*) as customers
from earlier
where place = 1
group by channel, known, before
order by channel, known, before
