-- What finance has booked in a basis, the newest word on every source, channel and month.
--
-- A filter that the ledger cannot follow, such as a product, leaves nothing of it.
--
-- parameters
-- inputs
--   control_lines     control totals that count
--   calendar
-- columns
--   source            '' for all sources that count
--   channel           null for all channels
--   month
--   tax               with_tax or without_tax; null where nobody has said
--   amount
--   reason            of the difference
--   file              where it stands, and in which line
--   line
with span as (
    {months}
),
unsaid as (
    select cast(null as varchar(1000)) as partner,
        cast(null as varchar(1000)) as region, cast(null as varchar(1000)) as province,
        cast(null as varchar(1000)) as city, cast(null as varchar(1000)) as product,
        cast(null as varchar(1000)) as category, cast(null as varchar(1000)) as customer,
        cast(null as varchar(1000)) as salesperson, cast(null as varchar(1000)) as order_number
),
facts as (
    select control_lines.*, unsaid.* from control_lines cross join unsaid
)
select f.source as source, f.channel as channel, f.month as month, f.tax as tax,
    f.amount as amount, f.reason as reason, f.file as file, f.line as line
from facts as f join span on span.month = f.month{joins}
where {where} and f.month between :first and :last
order by f.month, f.source, f.channel, f.tax
