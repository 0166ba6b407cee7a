-- Money collected, by the day it came in; it stands beside sales of every basis and tax view.
--
-- A filter that a sheet of collections cannot follow, such as a product, leaves nothing of it.
--
-- parameters
--   by: dimensions    channel, partner, region, province, customer, salesperson, calendar
-- inputs
--   collection_lines  uploaded collections that count
--   calendar
-- columns
--   *
--   amount
with {include collections_beside},
dated as (
    select collection_lines.*, calendar.month as month, bases.basis as basis, unsaid.*
    from collection_lines
    join calendar on collection_lines.date between calendar.first_day and calendar.last_day
    cross join bases cross join unsaid
),
kept as (
    select {keys}f.amount as amount
    from dated as f join span on span.month = f.month{joins}
    where {where} and f.month between :first and :last and f.amount is not null
)
select {members}sum(amount) as amount
from kept
{grouped}
having count(*) > 0
