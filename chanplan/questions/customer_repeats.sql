-- Repeat buying days of the customers known at a day, day by day, up to a later one.
--
-- A repeat is a buying day after a customer's first. Who belongs to the population, and what a
-- buying day is, stands in customer_facts.sql.
--
-- parameters
--   population: text  partner, outlet, consumer or customer
--   known_at: day     customers whose first buying day is up to this day
--   as_of: day        lines up to this day
--   outlets: texts    kinds of the customer table that mean outlets
--   consumers: texts  the same for consumers
--   partners: texts   the same for partners
-- inputs
--   line_facts
--   attribute_current
--   calendar
-- columns
--   day               ascending
--   repeats           customers with a repeat on that day
with span as (
    {months}
),
{include of_population},
entered as (
    select member from dated where place = 1 and day <= cast(:known_at as date)
)
select d.day as day, count(*) as repeats
from dated as d join entered on entered.member = d.member
where d.place > 1
group by d.day
order by day
