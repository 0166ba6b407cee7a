-- What each customer of a population bought, by members of one dimension, up to a day.
--
-- Everyone who buys is told, whatever population: who asks keeps to theirs. Lines and days as in
-- customer_facts.sql.
--
-- parameters
--   by: dimensions    such as category or channel
--   of: text          partner or customer: whose purchases
--   as_of: day        lines up to this day
--   year_ago: day     twelve months before it
--   two_years_ago: day
-- inputs
--   line_facts
--   calendar
-- columns
--   *
--   customer
--   net
--   margin            net less cost of goods, gifts' too, of lines with a cost; null where none has
--   costed            net of those lines
--   net_year          net sales of the twelve months up to the day
--   net_year_before   of the twelve months before those
--   bought            1 where there is a sale above zero
with span as (
    {months}
),
named as (
    select {keys}case when :of = 'partner' then coalesce(f.partner, f.customer)
            else f.customer end as member,
        case when f.grain = 'month' then calendar.last_day else f.date end as day,
        case when f.line_type in ({counted}) then f.amount_{tax} end as net,
        case when f.line_type in ({counted}, 'gift') then f.margin_{tax} end as margin,
        case when f.line_type in ({counted}) then f.costed_{tax} end as costed,
        case when f.line_type = 'sale' and f.paid > 0 then 1 else 0 end as bought
    from line_facts as f join span on span.month = f.month
    join calendar on calendar.month = f.month{joins}
    where {where}
)
select {members}member as customer, coalesce(sum(net), 0) as net, sum(margin) as margin,
    sum(costed) as costed,
    coalesce(sum(case when day > cast(:year_ago as date) then net end), 0) as net_year,
    coalesce(sum(case when day <= cast(:year_ago as date)
        and day > cast(:two_years_ago as date) then net end), 0) as net_year_before,
    max(bought) as bought
from named
where member is not null and day <= cast(:as_of as date)
group by member, {key_names}
