-- What was due, and what came in of it: of the members and months of which it is told what was due.
--
-- A member is a customer of a partner as a row names them. A payment counts in the month it came
-- in, what was due in the month it was due; who has nothing due in a month is on neither side.
-- It stands beside sales of every basis and tax view.
--
-- parameters
--   by: dimensions    channel, partner, region, province, customer, salesperson, calendar
-- inputs
--   collection_lines  uploaded collections that count
--   calendar
-- columns
--   *
--   due
--   collected_due     what came in of it
with {include collections_beside},
both_sides as (
    select c.channel, c.partner, c.region, c.province, c.customer, c.salesperson,
        c.due_date as day, c.due as due, cast(0 as decimal(18, 4)) as paid
    from collection_lines as c where c.due is not null
    union all
    select c.channel, c.partner, c.region, c.province, c.customer, c.salesperson,
        c.date as day, null as due, c.amount as paid
    from collection_lines as c where c.amount is not null
),
dated as (
    select both_sides.*, calendar.month as month, bases.basis as basis, unsaid.*
    from both_sides
    join calendar on both_sides.day between calendar.first_day and calendar.last_day
    cross join bases cross join unsaid
),
kept as (
    select {keys}f.partner as of_partner, f.customer as of_customer, f.month as of_month,
        f.due as due, f.paid as paid
    from dated as f join span on span.month = f.month{joins}
    where {where} and f.month between :first and :last
),
cells as (
    select {key_list}of_partner, of_customer, of_month, sum(due) as due, sum(paid) as paid
    from kept
    group by {key_list}of_partner, of_customer, of_month
)
select {members}sum(due) as due, sum(paid) as collected_due
from cells
where due is not null
{grouped}
having count(*) > 0
