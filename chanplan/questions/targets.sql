-- What targets of one measure were set, month by month or by longer spans, by the levels they name.
--
-- A filter that a target does not name leaves nothing of it: a target above is never split.
--
-- parameters
--   by: dimensions
--   measure: text     a measure of the catalogue
--   basis: text       the basis of the scope: a target that names another is of other sales
-- inputs
--   targets_in_force
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
told as (
    select extract(year from targets_in_force.month) * 100
            + extract(month from targets_in_force.month) as month,
        targets_in_force.period as period, targets_in_force.channel as channel,
        targets_in_force.partner as partner, targets_in_force.region as region,
        targets_in_force.province as province, targets_in_force.product as product,
        targets_in_force.category as category, targets_in_force.customer as customer,
        targets_in_force.salesperson as salesperson, targets_in_force.value as value,
        concat(
            case when targets_in_force.channel is null then '' else 'channel,' end,
            case when targets_in_force.partner is null then '' else 'partner,' end,
            case when targets_in_force.region is null then '' else 'region,' end,
            case when targets_in_force.province is null then '' else 'province,' end,
            case when targets_in_force.product is null then '' else 'product,' end,
            case when targets_in_force.category is null then '' else 'category,' end,
            case when targets_in_force.customer is null then '' else 'customer,' end,
            case when targets_in_force.salesperson is null then '' else 'salesperson,' end
        ) as grain
    from targets_in_force
    where targets_in_force.measure = :measure
        and coalesce(targets_in_force.basis, :basis) = :basis
        and coalesce(targets_in_force.tax, '{tax}') = '{tax}'
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
order by f.month, f.period, f.grain
