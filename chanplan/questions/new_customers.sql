-- Customers who bought for the first time where the question looks: in the scope, in each member.
--
-- A customer is told under the month of its first purchase. The first twelve months of the data
-- tell of nobody whether it bought before (definitions §1): they have no row.
--
-- parameters
--   by: dimensions    places and calendar: what the months of customers know
-- inputs
--   customer_months
--   calendar
-- columns
--   *
--   customers
with span as (
    {months}
),
unsaid as (
    select cast(null as varchar(1000)) as province, cast(null as varchar(1000)) as city,
        cast(null as varchar(1000)) as product, cast(null as varchar(1000)) as category,
        cast(null as varchar(1000)) as salesperson, cast(null as varchar(1000)) as order_number
),
active as (
    select customer_months.*, calendar.month as month, calendar.ordinal as ordinal, unsaid.*,
        min(calendar.ordinal) over (partition by customer_months.basis) as history
    from customer_months
    join calendar on calendar.era = customer_months.era
        and (customer_months.mask & calendar.bit) <> 0
    cross join unsaid
    where calendar.month <= :last
),
bought as (
    select distinct {keys}f.customer as customer, f.month as month,
        case when f.ordinal >= f.history + 12 then 1 else 0 end as is_known
    from active as f join span on span.month = f.month{joins}
    where {where}
),
entered as (
    select bought.*,
        row_number() over (partition by {places}customer order by month) as place
    from bought
)
select {members}count(*) as customers
from entered
where place = 1 and is_known = 1 and month between :first and :last
{grouped}
having count(*) > 0
