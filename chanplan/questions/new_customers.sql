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
{include months_unsaid},
active as (
    select customer_months.*, calendar.month as month, calendar.ordinal as ordinal, unsaid.*,
        min(calendar.ordinal) over (partition by customer_months.basis) as history
    {include months_bought}
),
{include first_bought}
