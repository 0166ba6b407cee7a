-- The same as new_customers, where members are told by lines alone: products, cities, persons.
--
-- parameters
--   by: dimensions
-- inputs
--   line_facts
--   calendar
-- columns
--   *
--   customers
with span as (
    {months}
),
active as (
    select line_facts.*, calendar.ordinal as ordinal,
        min(calendar.ordinal) over (partition by line_facts.basis) as history
    from line_facts join calendar on calendar.month = line_facts.month
    where line_facts.line_type = 'sale' and line_facts.paid > 0
        and line_facts.customer is not null and line_facts.month <= :last
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
