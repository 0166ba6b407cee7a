-- Net sales day by day, of the lines that tell their day: what an event brings beside other days.
--
-- A line of month grain lies on no day, and is left out.
--
-- parameters
--   by: dimensions
-- inputs
--   line_facts
--   calendar
-- columns
--   *
--   day               ascending
--   net               net sales in the scope's tax view
with span as (
    {months}
),
facts as (
    select {keys}f.date as day, f.amount_{tax} as amount
    from line_facts as f join span on span.month = f.month{joins}
    where {where} and f.line_type in ({counted}) and f.grain <> 'month'
        and f.month between :first and :last
)
select {members}day, sum(amount) as net
from facts
group by {places}day
order by day
