numbered as (
    select month, ordinal, last_day, year - case when month % 100 < 3 then 1 else 0 end as y,
        (month % 100 + 9) % 12 as m
    from calendar
),
begun as (
    select month, ordinal, last_day, cast(365 * y + floor(y / 4) - floor(y / 100) + floor(y / 400)
        + floor((153 * m + 2) / 5) - 306 as integer) as before
    from numbered
)
