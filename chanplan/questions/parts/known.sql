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
)
