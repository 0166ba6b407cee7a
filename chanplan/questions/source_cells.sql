-- What every source tells of each channel and month in a basis, and whether it counts there.
--
-- parameters
-- inputs
--   source_cells      sources that count, and what those they outrank tell
--   source_authority  for which channels a source is said to count, and from when on
--   calendar
-- columns
--   source
--   channel           null where no file tells it
--   month
--   counts            1, or 0 where another source is said to count
--   said              1 where a person has said that this one counts
--   lines
--   with_tax          null for unlike currencies, or where nothing is known on this side
--   without_tax
with span as (
    {months}
),
unsaid as (
    select cast(null as varchar(1000)) as region, cast(null as varchar(1000)) as province,
        cast(null as varchar(1000)) as city, cast(null as varchar(1000)) as product,
        cast(null as varchar(1000)) as category, cast(null as varchar(1000)) as customer,
        cast(null as varchar(1000)) as salesperson, cast(null as varchar(1000)) as order_number
),
facts as (
    select source_cells.*, unsaid.* from source_cells cross join unsaid
),
told as (
    select f.source as source, f.channel as channel, f.month as month, max(f.counts) as counts,
        sum(f.lines) as lines,
        case when min(f.currency_low) = max(f.currency_high) then sum(f.amount_with_tax) end
            as with_tax,
        case when min(f.currency_low) = max(f.currency_high) then sum(f.amount_without_tax) end
            as without_tax
    from facts as f join span on span.month = f.month{joins}
    where {where} and f.month between :first and :last
    group by f.source, f.channel, f.month
)
select told.source as source, told.channel as channel, told.month as month, told.counts as counts,
    case when said.source is null then 0 else 1 end as said, told.lines as lines,
    told.with_tax as with_tax, told.without_tax as without_tax
from told left join source_authority as said
    on said.source = told.source and said.channel = told.channel
    and told.month between said.from_month and said.to_month
order by told.month, told.channel, told.source
