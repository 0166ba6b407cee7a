numbered as (
    select month, last_day, year - case when month % 100 < 3 then 1 else 0 end as y,
        (month % 100 + 9) % 12 as m
    from calendar
),
begun as (
    select month, last_day, cast(365 * y + floor(y / 4) - floor(y / 100) + floor(y / 400)
        + floor((153 * m + 2) / 5) - 306 as integer) as before
    from numbered
),
kinds as (
    select member, max(value) as kind
    from attribute_current
    where dimension = 'channel' and attribute = 'kind'
    group by member
),
called as (
    select member, max(case when value in (:partners) then 'partner'
        when value in (:outlets) then 'outlet'
        when value in (:consumers) then 'consumer' end) as population
    from attribute_current
    where dimension = 'customer' and attribute = 'kind'
    group by member
),
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
judged as (
    select member, max(called) as called, sum(net) as net,
        coalesce(sum(online), 0) as online, coalesce(sum(offline), 0) as offline
    from sold
    group by member
),
chosen as (
    select member from judged
    where case when :population = 'partner' then 2 * online <= net
        when called is not null then called = :population
        when online > offline then :population = 'consumer'
        when offline > 0 then :population = 'outlet'
        else :population = 'customer' end
),
known as (
    select s.* from sold as s join chosen on chosen.member = s.member
    where s.day <= cast(:as_of as date)
),
dated as (
    select k.member as member, k.day as day, max(begun.before) + day(k.day) as number,
        row_number() over (partition by k.member order by k.day) as place
    from known as k
    join begun on begun.month = year(k.day) * 100 + month(k.day)
    where k.bought = 1
    group by k.member, k.day
)
