{include begun},
{include called},
named as (
    select f.source as source, f.order_number as order_number,
        {include told_of_line}
    {include lines_told}
)
