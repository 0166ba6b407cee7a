{include two_sides},
numbered as (
    select sided.*, product as item from sided
),
products as (
    select coalesce(channel, '') as channel, month, coalesce(product, '') as product,
        sum(case when side = 'a' and line_type <> 'return' then coalesce(amount, 0) else 0 end)
            as gross_a,
        sum(case when side = 'b' and line_type <> 'return' then coalesce(amount, 0) else 0 end)
            as gross_b,
        sum(case when side = 'a' and line_type = 'return' then coalesce(amount, 0) else 0 end)
            as back_a,
        sum(case when side = 'b' and line_type = 'return' then coalesce(amount, 0) else 0 end)
            as back_b,
        sum(case when side = 'a' and line_type <> 'return' then base_quantity end) as quantity_a,
        sum(case when side = 'b' and line_type <> 'return' then base_quantity end) as quantity_b,
        max(case when side = 'a' and line_type <> 'return' then 1 else 0 end) as sold_a,
        max(case when side = 'b' and line_type <> 'return' then 1 else 0 end) as sold_b,
        max(case when side = 'a' and line_type = 'return' then 1 else 0 end) as returned_a,
        max(case when side = 'b' and line_type = 'return' then 1 else 0 end) as returned_b,
        min(unit) as unit_low, max(unit) as unit_high
    from sided
    group by coalesce(channel, ''), month, coalesce(product, '')
),
ways as (
    select products.*, case
            when product = '' then 'rest'
            when sold_a > sold_b then 'only_a'
            when sold_b > sold_a then 'only_b'
            when quantity_a is null or quantity_b is null or unit_low <> unit_high then 'rest'
            when quantity_a = quantity_b then 'amount'
            else 'quantity' end as way,
        case when returned_a <> returned_b and sold_a = sold_b then 1 else 0 end as one_returned
    from products
),
stepped as (
    select product as item, channel, month, way as step,
        gross_b - gross_a + case when one_returned = 1 then 0 else back_b - back_a end as money
    from ways
    where gross_b - gross_a + case when one_returned = 1 then 0 else back_b - back_a end <> 0
    union all
    select product as item, channel, month, 'returns' as step, back_b - back_a as money
    from ways
    where one_returned = 1 and back_b - back_a <> 0
)
