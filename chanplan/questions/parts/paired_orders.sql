{include two_sides},
numbered as (
    select sided.*, case when line_type = 'return' then coalesce(original_order, order_number)
        else order_number end as item
    from sided
),
touched as (
    select distinct item from numbered
    where item is not null and month between :first and :last
),
cells_told as (
    select side, numbered.item as item, coalesce(channel, '') as channel, month,
        sum(case when line_type = 'return' then 0 else coalesce(amount, 0) end) as gross,
        sum(case when line_type = 'return' then coalesce(amount, 0) else 0 end) as back,
        max(case when line_type = 'return' then 0 else 1 end) as sold,
        max(case when line_type = 'return' then 1 else 0 end) as returned
    from numbered join touched on touched.item = numbered.item
    group by side, numbered.item, coalesce(channel, ''), month
),
orders as (
    select item,
        max(case when side = 'a' then sold else 0 end) as sold_a,
        max(case when side = 'b' then sold else 0 end) as sold_b,
        max(case when side = 'a' then returned else 0 end) as returned_a,
        max(case when side = 'b' then returned else 0 end) as returned_b
    from cells_told
    group by item
),
moded as (
    select cells_told.*, case
            when sold_a <> sold_b then 'missing'
            when sold_a = 0 and returned_a = returned_b then 'both'
            when sold_a = 0 then 'returns'
            when returned_a = returned_b then 'both'
            else 'sales' end as way,
        case when sold_a = 1 then 'a' else 'b' end as holder
    from cells_told join orders on orders.item = cells_told.item
),
parted as (
    select side, item, channel, month,
        case when way = 'missing' and side = holder then gross + back else 0 end as missing,
        case when way = 'both' then gross + back when way = 'sales' then gross else 0 end as body,
        case when way = 'both' then 1 when way = 'sales' then sold else 0 end as has_body,
        case when way in ('sales', 'returns') then back
            when way = 'missing' and side <> holder then gross + back else 0 end as back
    from moded
),
bodies as (
    select item, channel, month,
        sum(case when side = 'a' then body else 0 end) as a,
        sum(case when side = 'b' then body else 0 end) as b,
        max(case when side = 'a' then has_body else 0 end) as has_a,
        max(case when side = 'b' then has_body else 0 end) as has_b
    from parted
    where has_body = 1
    group by item, channel, month
),
spread as (
    select item from bodies group by item having count(*) > 1
),
monthly as (
    select bodies.*, max(has_a) over (partition by bodies.item, month) as month_a,
        max(has_b) over (partition by bodies.item, month) as month_b
    from bodies join spread on spread.item = bodies.item
),
based as (
    select monthly.*,
        case when month_a = 0 or month_b = 0 or has_a = has_b then 0
            when has_a = 1 then -a else b end as elsewhere,
        case when month_a = month_b then 0 when has_a = 1 then -a else b end as later,
        row_number() over (partition by item, month
            order by has_b desc, has_a, channel) as place_in_month,
        row_number() over (partition by item
            order by has_b desc, month_a, month desc, has_a, channel) as place
    from monthly
),
offset_by as (
    select based.*, sum(elsewhere) over (partition by item, month) as elsewhere_off,
        sum(later) over (partition by item) as later_off
    from based
),
settled as (
    select item, channel, month, a, b,
        elsewhere - case when place_in_month = 1 then elsewhere_off else 0 end as elsewhere,
        later - case when place = 1 then later_off else 0 end as later
    from offset_by
    union all
    select bodies.item, channel, month, a, b, 0 as elsewhere, 0 as later
    from bodies left join spread on spread.item = bodies.item
    where spread.item is null
),
stepped as (
    select item, channel, month, 'only_' || side as step,
        case when side = 'a' then -missing else missing end as money
    from parted where missing <> 0
    union all
    select item, channel, month, 'timing' as step, later as money from settled where later <> 0
    union all
    select item, channel, month, 'elsewhere' as step, elsewhere as money
    from settled where elsewhere <> 0
    union all
    select item, channel, month, 'returns' as step,
        case when side = 'a' then -back else back end as money
    from parted where back <> 0
    union all
    select item, channel, month, 'amount' as step, b - a - later - elsewhere as money
    from settled where b - a - later - elsewhere <> 0
    union all
    select cast(null as varchar(1000)) as item, coalesce(channel, '') as channel, month,
        'rest' as step, case when side = 'a' then -amount else amount end as money
    from numbered where item is null and amount is not null
)
