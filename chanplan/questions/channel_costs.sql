-- What was spent on each channel, month by month, by the company's own name for it.
--
-- A filter that no cost sheet can follow, such as a region, leaves nothing of it.
--
-- parameters
-- inputs
--   cost_lines        uploaded channel costs that count; they stand beside sales of every basis
--   rollup_partner
--   calendar
-- columns
--   channel           null for what no channel bears
--   month
--   cost_type         as the company calls it; null where it does not say
--   amount
--   attributed        sales that the sheet says it has brought; null where it does not say
with span as (
    {months}
),
bases as (
    select distinct basis from rollup_partner
),
unsaid as (
    select cast(null as varchar(1000)) as source, cast(null as varchar(1000)) as region,
        cast(null as varchar(1000)) as province, cast(null as varchar(1000)) as city,
        cast(null as varchar(1000)) as category, cast(null as varchar(1000)) as customer,
        cast(null as varchar(1000)) as salesperson, cast(null as varchar(1000)) as order_number
),
costs as (
    select cost_lines.channel as channel, cost_lines.month as month,
        cost_lines.cost_type as cost_type, cost_lines.amount as amount,
        cost_lines.attributed as attributed, bases.basis as basis,
        cost_lines.partner as partner, cost_lines.product as product, unsaid.*
    from cost_lines cross join bases cross join unsaid
)
select f.channel as channel, f.month as month, f.cost_type as cost_type,
    sum(f.amount) as amount, sum(f.attributed) as attributed
from costs as f join span on span.month = f.month{joins}
where {where} and f.month between :first and :last
group by f.channel, f.month, f.cost_type
order by f.month, f.channel, f.cost_type
