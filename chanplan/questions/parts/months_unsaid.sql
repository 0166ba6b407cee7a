unsaid as (
    select cast(null as varchar(1000)) as province, cast(null as varchar(1000)) as city,
        cast(null as varchar(1000)) as product, cast(null as varchar(1000)) as category,
        cast(null as varchar(1000)) as salesperson, cast(null as varchar(1000)) as order_number
)
