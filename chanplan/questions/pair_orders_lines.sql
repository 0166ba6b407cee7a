-- The lines behind one step from one source's sales to another's (orders, both sides).
--
-- parameters
--   asked: text       as in pair_orders, and so are the others down to times
--   source_a: text
--   basis_a: text
--   tax_a: text
--   source_b: text
--   basis_b: text
--   tax_b: text
--   times: number
--   step: text
--   channels: texts   those whose lines are asked for; '' for lines without one
--   most: number      lines at most, of those with most money first
-- inputs
--   source_lines
--   calendar
-- columns
--   item              the one the line belongs to; null where it has none
--   money             what that one makes of the step in the span
--   side              a or b
--   file
--   sheet
--   line
--   channel
--   month
--   source
--   line_type
--   product
--   partner
--   quantity
--   unit
--   amount            as the side states it
with {include paired_orders},
chosen as (
    select item, sum(money) as money
    from stepped
    where step = :step and month between :first and :last and channel in (:channels)
    group by item
),
listed as (
    select numbered.*, chosen.money as money
    from numbered join chosen on coalesce(chosen.item, '') = coalesce(numbered.item, '')
    where numbered.item is not null
        or (coalesce(numbered.channel, '') in (:channels)
            and numbered.month between :first and :last)
),
{include pair_lines}
