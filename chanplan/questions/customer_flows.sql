-- How each channel's customers came, stayed and went: new, repeat, won back (回流) and lost.
--
-- A customer is active in the months in which it has a sale above zero; all is told by months.
-- New to a channel is who has no earlier month in it: to the company too where it has no earlier
-- month anywhere. Won back is who bought in the period after a gap of more than twice the median
-- of its own gaps before the period (at least two of them); repeat are the others. Lost is who
-- bought in the base and not in the period.
--
-- parameters
--   base: period      the months compared with; the scope's period is the current one
-- inputs
--   customer_months
--   calendar
-- columns
--   whole             1 in the one row of the company, each customer counted once; channel is null
--   channel           null where no file tells it
--   customers         active in the period; the sum of the four that follow
--   new_company       new to the channel and to the company
--   new_channel       new to the channel, known to the company from an earlier month
--   won_back
--   repeated
--   before            active in the base
--   lost              of those, not in the period
--   stayed            of those lost, bought elsewhere in the period
--   ever              customers up to the end of the period
--   matched           of those, known in more than one channel
--   history_first     the first month with any customer on this basis
with span as (
    {months}
),
{include months_unsaid},
active as (
    select customer_months.*, calendar.month as month, calendar.ordinal as ordinal, unsaid.*,
        min(calendar.month) over (partition by customer_months.basis) as history_first
    {include months_bought}
),
bought as (
    select distinct f.customer as customer, coalesce(f.channel, '') as channel,
        f.month as month, f.ordinal as ordinal, f.history_first as history_first
    from active as f join span on span.month = f.month{joins}
    where {where}
),
seen as (
    select customer, channel, 0 as whole, month, ordinal from bought
    union all
    select distinct customer, '' as channel, 1 as whole, month, ordinal from bought
),
company as (
    select customer, min(ordinal) as entered, count(distinct channel) as channels,
        max(case when month between :first and :last then 1 else 0 end) as is_now
    from bought
    group by customer
),
spaced as (
    select whole, channel, customer, month, ordinal,
        ordinal - lag(ordinal) over (
            partition by whole, channel, customer order by ordinal) as gap
    from seen
),
own as (
    select whole, channel, customer, gap,
        row_number() over (
            partition by whole, channel, customer order by gap, ordinal) as place,
        count(*) over (partition by whole, channel, customer) as gaps
    from spaced
    where month < :first and gap is not null
),
usual as (
    select whole, channel, customer, max(gaps) as gaps,
        sum(case when 2 * place = gaps + 1 then 2 * gap
            when 2 * place in (gaps, gaps + 2) then gap end) as twice_median
    from own
    group by whole, channel, customer
),
each_one as (
    select whole, channel, customer, min(ordinal) as entered, min(month) as entered_month,
        max(case when month between :first and :last then 1 else 0 end) as is_now,
        max(case when month between :base_first and :base_last then 1 else 0 end) as is_base,
        max(case when month between :first and :last then gap end) as widest
    from spaced
    group by whole, channel, customer
),
judged as (
    select e.whole as whole, e.channel as channel, e.is_now as is_now, e.is_base as is_base,
        c.is_now as is_anywhere, c.channels as channels,
        case when e.entered_month >= :first and e.entered = c.entered then 'new_company'
            when e.entered_month >= :first then 'new_channel'
            when u.gaps >= 2 and e.widest > u.twice_median then 'won_back'
            else 'repeated' end as state
    from each_one as e
    join company as c on c.customer = e.customer
    left join usual as u on u.whole = e.whole and u.channel = e.channel
        and u.customer = e.customer
),
history as (
    select max(history_first) as history_first from bought
)
select whole, nullif(channel, '') as channel,
    sum(is_now) as customers,
    sum(case when is_now = 1 and state = 'new_company' then 1 else 0 end) as new_company,
    sum(case when is_now = 1 and state = 'new_channel' then 1 else 0 end) as new_channel,
    sum(case when is_now = 1 and state = 'won_back' then 1 else 0 end) as won_back,
    sum(case when is_now = 1 and state = 'repeated' then 1 else 0 end) as repeated,
    sum(is_base) as before,
    sum(case when is_base = 1 and is_now = 0 then 1 else 0 end) as lost,
    sum(case when is_base = 1 and is_now = 0 and is_anywhere = 1 then 1 else 0 end) as stayed,
    count(*) as ever,
    sum(case when channels > 1 then 1 else 0 end) as matched,
    max(history_first) as history_first
from judged cross join history
group by whole, channel
order by whole desc, customers desc, channel
