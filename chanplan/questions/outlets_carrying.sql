-- The outlets that carry what the question is about: that bought it, or were seen to have it.
--
-- An outlet bought in a month with a sale above zero of any basis to it, as a customer or as a
-- partner, by its code or by a name that no other outlet has. What a check has seen holds until
-- the next check of the same outlet and product.
--
-- parameters
--   by: dimensions    channel, partner, region, province, city of the outlet; product, brand,
--                     series, category; calendar
-- inputs
--   outlet_lines
--   line_facts
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
    select cast(null as varchar(1000)) as source, cast(null as varchar(1000)) as customer,
        cast(null as varchar(1000)) as salesperson, cast(null as varchar(1000)) as order_number
),
{include outlets_told},
known as (
    select outlet, {include outlet_places}
        max(case when place = 1 then name end) as name,
        max(case when weighed = 1 then category_sales end) as weight
    from told
    group by outlet
),
own_names as (
    select name, min(outlet) as outlet from known
    where name is not null and name not in (select outlet from known)
    group by name
    having count(*) = 1
),
called as (
    select outlet, outlet as name from known
    union all
    select outlet, name from own_names
),
sold as (
    select distinct customer, partner, month, product, category
    from line_facts
    where line_type = 'sale' and paid > 0 and month between :first and :last
),
bought as (
    select called.outlet as outlet, sold.month as month, sold.product as product,
        sold.category as category
    from sold join called on called.name = sold.customer
    union all
    select called.outlet as outlet, sold.month as month, sold.product as product,
        sold.category as category
    from sold join called on called.name = sold.partner
),
reach as (
    select max(month) as last_month from rollup_partner
),
checks as (
    select outlet_lines.outlet as outlet, outlet_lines.product as product,
        coalesce(calendar.month, 0) as month,
        max(case when outlet_lines.carries then 1 else 0 end) as carries
    from outlet_lines
    left join calendar
        on outlet_lines.checked between calendar.first_day and calendar.last_day
    where outlet_lines.carries is not null
    group by outlet_lines.outlet, outlet_lines.product, coalesce(calendar.month, 0)
),
held as (
    select outlet, product, month as since, carries,
        lead(month) over (partition by outlet, product order by month) as until_month
    from checks
),
seen as (
    select held.outlet as outlet, calendar.month as month, held.product as product,
        cast(null as varchar(1000)) as category
    from held cross join reach
    join calendar on calendar.month >= held.since
        and calendar.month < coalesce(held.until_month, 999999)
        and calendar.month <= reach.last_month
    where held.carries = 1 and calendar.month between :first and :last
),
carried as (
    select outlet, month, product, category from bought
    union
    select outlet, month, product, category from seen
),
placed as (
    select known.*, carried.month as month, carried.product as product,
        carried.category as category, bases.basis as basis, unsaid.*
    from carried join known on known.outlet = carried.outlet
    cross join bases cross join unsaid
),
kept as (
    select distinct {keys}f.outlet as outlet, f.weight as weight
    from placed as f join span on span.month = f.month{joins}
    where {where}
)
select {members}count(*) as outlets, sum(weight) as weight
from kept
{grouped}
having count(*) > 0
