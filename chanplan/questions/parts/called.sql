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
)
