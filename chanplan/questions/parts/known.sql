judged as (
    select member, sum(net) as everything, sum(online) as online
    from sold
    group by member
),
chosen as (
    select o.member as member
    from judged as o left join called on called.member = o.member
    where {include belongs}
),
known as (
    select s.* from sold as s join chosen on chosen.member = s.member
    where s.day <= cast(:as_of as date)
)
