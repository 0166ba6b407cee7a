-- All outlets there are, and what they sell of the category: what distribution is measured on.
--
-- Each month of the data has all of them, as the newest row that tells a place tells it.
--
-- parameters
--   by: dimensions    channel, partner, region, province, city, calendar
-- inputs
--   outlet_lines      uploaded outlets that count
--   rollup_partner
--   calendar
-- columns
--   *
--   outlets
--   weight            their category sales together; null where no row tells any
with span as (
    {months}
),
bases as (
    {bases}
),
unsaid as (
    select cast(null as varchar(1000)) as source, cast(null as varchar(1000)) as product,
        cast(null as varchar(1000)) as category, cast(null as varchar(1000)) as customer,
        cast(null as varchar(1000)) as salesperson, cast(null as varchar(1000)) as order_number
),
{include outlets_told},
known as (
    select outlet, {include outlet_places}
        max(case when weighed = 1 then category_sales end) as weight
    from told
    group by outlet
),
reach as (
    select min(month) as first_month, max(month) as last_month from rollup_partner
),
standing as (
    select known.*, calendar.month as month, bases.basis as basis, unsaid.*
    from known cross join reach cross join bases cross join unsaid
    join calendar on calendar.month between reach.first_month and reach.last_month
    where calendar.month between :first and :last
),
kept as (
    select distinct {keys}f.outlet as outlet, f.weight as weight
    from standing as f join span on span.month = f.month{joins}
    where {where}
)
select {members}count(*) as outlets, sum(weight) as weight
from kept
{grouped}
having count(*) > 0
