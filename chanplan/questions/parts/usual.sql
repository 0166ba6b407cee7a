spaced as (
    select d.member as member, d.number - e.number as gap
    from dated as d join dated as e on e.member = d.member and e.place = d.place - 1
),
placed as (
    select member, gap, row_number() over (partition by member order by gap) as place,
        count(*) over (partition by member) as gaps
    from spaced
),
usual as (
    select member, avg(cast(gap as double)) as gap
    from placed
    where gaps >= 2 and (2 * place = gaps + 1 or 2 * place = gaps or 2 * place = gaps + 2)
    group by member
)
