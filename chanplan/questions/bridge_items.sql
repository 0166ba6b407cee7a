-- What each item sold in two periods, and when it was first and last sold at all.
--
-- parameters
--   by: dimensions    what makes an item: channel, product …
--   base: period      the months compared with; the scope's period is the current one
-- inputs
--   amounts           lines of all months, the smallest relation that holds the members
--   calendar
-- columns
--   *                 the item; one row per item and unit
--   unit              of the quantities; null for what has none
--   blurred           1 where a summary holds quantities of several units in one cell
--   currency_low      the first and the last currency by name: unlike ones are never added
--   currency_high
--   net               net sales of the period, and of the base; what has no quantity stands
--                     beside any unit of its item: by unit only the sum over an item is told
--   net_base
--   revenue           the part of it that sales and returns with a quantity make
--   revenue_base
--   quantity          in base units, of sales and returns; null where no line has one
--   quantity_base
--   given             base units given away (赠品), and what they cost
--   given_base
--   given_cost
--   given_cost_base
--   sold              1 where the item has a sale in the period, in the base
--   sold_base
--   first_sale        month of the item's first sale ever, whatever its unit
--   last_sale         month of its last sale up to the end of the current period
with span as (
    {months}
),
cells as (
    select {keys}f.month as month, f.line_type as line_type,
        case when f.base_quantity is not null then f.unit_low end as unit,
        f.unit_low as unit_low, f.unit_high as unit_high,
        f.currency_low as currency_low, f.currency_high as currency_high,
        f.base_quantity as quantity, f.amount_{tax} as amount, f.priced_{tax} as priced,
        f.cost_{tax} as cost,
        case when {now} then 1 else 0 end as is_now,
        case when {then} then 1 else 0 end as is_base
    from {facts} as f join span on span.month = f.month{joins}
    where {where} and f.line_type in ({counted}, 'gift')
),
told as (
    select cells.*,
        case when line_type in ({counted}) then 1 else 0 end as counts,
        case when line_type in ({priced}) and quantity is not null then 1 else 0 end as has_price
    from cells
),
summed as (
    select {key_names}, unit,
        max(is_now) as is_now, max(is_base) as is_base,
        max(case when (is_now = 1 or is_base = 1) and quantity is not null
            and unit_low <> unit_high then 1 else 0 end) as blurred,
        min(case when (is_now = 1 or is_base = 1) and counts = 1 and amount is not null
            then currency_low end) as currency_low,
        max(case when (is_now = 1 or is_base = 1) and counts = 1 and amount is not null
            then currency_high end) as currency_high,
        sum(case when is_now = 1 and counts = 1 then amount end) as net,
        sum(case when is_base = 1 and counts = 1 then amount end) as net_base,
        sum(case when is_now = 1 and has_price = 1 then priced end) as revenue,
        sum(case when is_base = 1 and has_price = 1 then priced end) as revenue_base,
        sum(case when is_now = 1 and has_price = 1 then quantity end) as quantity,
        sum(case when is_base = 1 and has_price = 1 then quantity end) as quantity_base,
        sum(case when is_now = 1 and line_type = 'gift' then quantity end) as given,
        sum(case when is_base = 1 and line_type = 'gift' then quantity end) as given_base,
        sum(case when is_now = 1 and line_type = 'gift' then cost end) as given_cost,
        sum(case when is_base = 1 and line_type = 'gift' then cost end) as given_cost_base,
        max(case when is_now = 1 and line_type = 'sale' then 1 else 0 end) as sold,
        max(case when is_base = 1 and line_type = 'sale' then 1 else 0 end) as sold_base,
        min(case when line_type = 'sale' then month end) as first_sale,
        max(case when line_type = 'sale' and month <= :last then month end) as last_sale
    from told
    group by {key_names}, unit
),
known as (
    select summed.*,
        min(first_sale) over (partition by {key_names}) as first_ever,
        max(last_sale) over (partition by {key_names}) as last_ever
    from summed
)
select {members}unit, blurred, currency_low, currency_high, net, net_base, revenue, revenue_base,
    quantity, quantity_base, given, given_base, given_cost, given_cost_base, sold, sold_base,
    first_ever as first_sale, last_ever as last_sale
from known
where is_now = 1 or is_base = 1
order by {key_names}, unit
