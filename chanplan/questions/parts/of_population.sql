{include begun},
{include called},
named as (
    select f.channel as channel, f.month as month,
        {include told_of_line}
    {include lines_told}
),
sold as (
    select member, channel, month, day, sum(net) as net, max(bought) as bought,
        sum(online) as online
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
