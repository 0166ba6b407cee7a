-- What targets of one measure were set, month by month or by longer spans, by the levels they name.
--
-- A filter that a target does not name leaves nothing of it: a target above is never split.
--
-- parameters
--   by: dimensions
--   measure: text     a measure of the catalogue
--   plan: text        in_force (现行目标) or at_start (年初目标)
--   basis: text       the basis of the scope: a target that names another is of other sales
-- inputs
--   targets_in_force
--   targets_at_start
--   calendar
-- columns
--   *
--   period            month, quarter or year
--   month             its first month
--   grain             the levels that the row names, joined by commas
--   value
with span as (
    {months}
),
unsaid as (
    select cast(null as varchar(1000)) as source, cast(null as varchar(1000)) as city,
        cast(null as varchar(1000)) as order_number, cast(:basis as varchar(1000)) as basis
),
planned as (
    select 'in_force' as plan, targets_in_force.* from targets_in_force
    union all
    select 'at_start' as plan, targets_at_start.* from targets_at_start
),
told as (
    select extract(year from planned.month) * 100
            + extract(month from planned.month) as month,
        planned.period as period, planned.channel as channel,
        planned.partner as partner, planned.region as region,
        planned.province as province, planned.product as product,
        planned.category as category, planned.customer as customer,
        planned.salesperson as salesperson, planned.value as value,
        concat(
            case when planned.channel is null then '' else 'channel,' end,
            case when planned.partner is null then '' else 'partner,' end,
            case when planned.region is null then '' else 'region,' end,
            case when planned.province is null then '' else 'province,' end,
            case when planned.product is null then '' else 'product,' end,
            case when planned.category is null then '' else 'category,' end,
            case when planned.customer is null then '' else 'customer,' end,
            case when planned.salesperson is null then '' else 'salesperson,' end
        ) as grain
    from planned
    where planned.plan = :plan
        and planned.measure = :measure
        and coalesce(planned.basis, :basis) = :basis
        and coalesce(planned.tax, '{tax}') = '{tax}'
),
facts as (
    select told.*, unsaid.* from told cross join unsaid
)
select {members}f.period as period, f.month as month, f.grain as grain, sum(f.value) as value
from (
    select {keys}f.period as period, f.month as month, f.grain as grain, f.value as value
    from facts as f join span on span.month = f.month{joins}
    where {where} and f.month between :first and :last
) as f
group by {places}f.period, f.month, f.grain
order by {places}f.month, f.period, f.grain
