-- What the product table says has become of products: who follows them, how they stand.
--
-- parameters
-- inputs
--   attribute_current
--   attribute_then
-- columns
--   product
--   successor         the product that took its place, whenever that was; null for none
--   status            its status at the end of the scope's period, as the person wrote it
with followed as (
    select member, max(value) as successor
    from attribute_current
    where dimension = 'product' and attribute = 'successor' and value <> member
    group by member
),
standing as (
    select member, max(value) as status
    from attribute_then
    where dimension = 'product' and attribute = 'status'
        and :last between from_month and to_month
    group by member
),
told as (
    select member, successor, cast(null as varchar(1000)) as status from followed
    union all
    select member, cast(null as varchar(1000)) as successor, status from standing
)
select member as product, max(successor) as successor, max(status) as status
from told
group by member
order by member
