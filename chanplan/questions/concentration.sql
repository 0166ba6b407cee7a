-- How concentrated sales are over all members, however many: shares are of those above zero.
--
-- parameters
--   by: dimensions    whose members; what is not stated is none
-- inputs
--   amounts           lines of all months, the smallest relation that holds the members
--   calendar
-- columns
--   members           how many have net sales above zero
--   sales             what those sell together
--   hhi               the sum of their squared shares
--   top               the share of the three largest
--   a_members         those that make the first 80 %, the one that crosses it among them
--   a_share           their share
--   b_members         those after them up to 95 %
--   b_share
with span as (
    {months}
),
cells as (
    select {keys}f.amount_{tax} as amount,
        f.currency_low as currency_low, f.currency_high as currency_high
    from {facts} as f join span on span.month = f.month{joins}
    where {where} and f.line_type in ({counted}) and f.month between :first and :last
),
alike as (
    select min(currency_low) as low, max(currency_high) as high from cells
),
sold as (
    select {key_names}, sum(amount) as net
    from cells
    join alike on alike.low = alike.high
    where coalesce({key_names}) is not null
    group by {key_names}
    having sum(amount) > 0
),
ranked as (
    select net,
        sum(net) over (order by net desc, {key_names}
            rows between unbounded preceding and current row) as running,
        row_number() over (order by net desc, {key_names}) as place,
        sum(net) over () as whole
    from sold
),
shared as (
    select net, place, cast(net as double) / cast(whole as double) as share,
        case when running - net < 0.80 * whole then 'A'
            when running - net < 0.95 * whole then 'B' else 'C' end as abc
    from ranked
)
select count(*) as members, sum(net) as sales, sum(share * share) as hhi,
    sum(case when place <= 3 then share end) as top,
    sum(case when abc = 'A' then 1 else 0 end) as a_members,
    sum(case when abc = 'A' then share else 0 end) as a_share,
    sum(case when abc = 'B' then 1 else 0 end) as b_members,
    sum(case when abc = 'B' then share else 0 end) as b_share
from shared
