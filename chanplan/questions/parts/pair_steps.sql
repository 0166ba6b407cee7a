totals as (
    select coalesce(channel, '') as channel, month, 'total_' || side as step,
        sum(coalesce(amount_stated, 0)) as money,
        count(distinct item) as items, 0 as firsts,
        sum(case when amount_stated is null then 1 else 0 end) as unknown
    from numbered
    where month between :first and :last
    group by coalesce(channel, ''), month, side
),
taxed as (
    select coalesce(channel, '') as channel, month, 'tax' as step,
        sum(amount_stated - amount) as money, 0 as items, 0 as firsts, 0 as unknown
    from numbered
    where month between :first and :last and side = 'b' and :tax_a <> :tax_b
        and amount_stated is not null
    group by coalesce(channel, ''), month
),
counted as (
    select channel, month, step, item, sum(money) as money
    from stepped
    where month between :first and :last
    group by channel, month, step, item
),
ranked as (
    select counted.*, row_number() over (partition by step, item
        order by month, channel) as place
    from counted
),
steps as (
    select channel, month, step, sum(money) as money, count(item) as items,
        sum(case when item is not null and place = 1 then 1 else 0 end) as firsts, 0 as unknown
    from ranked
    group by channel, month, step
)
select channel, month, step, money, items, firsts, unknown from totals
union all
select channel, month, step, money, items, firsts, unknown from taxed
union all
select channel, month, step, money, items, firsts, unknown from steps
order by month, channel, step
