-- How long customers of a population go between two buying days, in usual gaps of their own.
--
-- Who has three buying days or more up to the day has a usual gap, the median of its gaps. Who
-- belongs to the population, and what a buying day is, stands in customer_facts.sql.
--
-- parameters
--   population: text  partner, outlet, consumer or customer
--   as_of: day        lines up to this day
--   outlets: texts    kinds of the customer table that mean outlets
--   consumers: texts  the same for consumers
--   partners: texts   the same for partners
-- inputs
--   line_facts
--   attribute_current
--   calendar
-- columns
--   factor            the gap in usual gaps, to a tenth; ascending
--   gaps              how many gaps are that long
with span as (
    {months}
),
{include of_population},
{include usual}
select floor(10 * s.gap / u.gap + 0.5) / 10 as factor, count(*) as gaps
from spaced as s join usual as u on u.member = s.member
group by floor(10 * s.gap / u.gap + 0.5) / 10
order by factor
