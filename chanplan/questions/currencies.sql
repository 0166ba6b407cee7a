-- In which currencies the amounts of each source are: unlike ones are never added.
--
-- parameters
--   by: dimensions    whose members: source, to say where each currency comes from
-- inputs
--   amounts           lines of all months, the smallest relation that holds the members
--   calendar
-- columns
--   *                 the member; one row per member and currency
--   currency          its code
with span as (
    {months}
),
cells as (
    select {keys}f.currency_low as low, f.currency_high as high
    from {facts} as f join span on span.month = f.month{joins}
    where {where} and f.line_type in ({counted}) and {now}
),
told as (
    select {key_names}, low as currency from cells
    union
    select {key_names}, high as currency from cells
)
select {members}currency
from told
order by {key_names}, currency
