span as (
    {months}
),
bases as (
    {bases}
),
unsaid as (
    select cast(null as varchar(1000)) as source, cast(null as varchar(1000)) as city,
        cast(null as varchar(1000)) as product, cast(null as varchar(1000)) as category,
        cast(null as varchar(1000)) as order_number
)
