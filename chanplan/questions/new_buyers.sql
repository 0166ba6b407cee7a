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
{include first_bought}
