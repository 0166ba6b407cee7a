told as (
    select outlet_lines.*,
        row_number() over (partition by outlet
            order by case when coalesce(channel, partner, region, province, city, name) is null
                then 1 else 0 end, batch desc, line desc) as place,
        row_number() over (partition by outlet
            order by case when category_sales is null then 1 else 0 end, batch desc, checked desc,
                line desc) as weighed
    from outlet_lines
)
