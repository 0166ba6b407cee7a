{include begun},
{include called},
named as (
    select case when :population <> 'partner' then f.customer
            when f.partner is not null then f.partner
            when called.population = 'partner' then f.customer end as member,
        called.population as called, f.channel as channel, f.month as month,
        case when f.grain = 'month' then begun.last_day else f.date end as day,
        case when f.line_type in ({counted}) then f.amount_{tax} end as net,
        case when f.line_type in ({counted}) and coalesce(called.population, case
            when kinds.kind = 'online' then 'consumer' end) = 'consumer'
            then f.amount_{tax} end as online,
        case when f.line_type in ({counted}) and called.population is null
            and kinds.kind = 'offline' then f.amount_{tax} end as offline,
        case when f.line_type = 'sale' and f.paid > 0 then 1 else 0 end as bought
    from line_facts as f join span on span.month = f.month
    join begun on begun.month = f.month
    left join called on called.member = f.customer
    left join kinds on kinds.member = f.channel{joins}
    where {where}
),
sold as (
    select member, channel, month, day, sum(net) as net, max(bought) as bought,
        max(called) as called, sum(online) as online, sum(offline) as offline
    from named
    where member is not null
    group by member, channel, month, day
),
{include known},
dated as (
    select k.member as member, k.day as day, max(begun.before) + day(k.day) as number,
        row_number() over (partition by k.member order by k.day) as place
    from known as k
    join begun on begun.month = year(k.day) * 100 + month(k.day)
    where k.bought = 1
    group by k.member, k.day
)
