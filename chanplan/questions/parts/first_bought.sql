bought as (
    select distinct {keys}f.customer as customer, f.month as month,
        case when f.ordinal >= f.history + 12 then 1 else 0 end as is_known
    from active as f join span on span.month = f.month{joins}
    where {where}
),
entered as (
    select bought.*,
        row_number() over (partition by {places}customer order by month) as place
    from bought
)
select {members}count(*) as customers
from entered
where place = 1 and is_known = 1 and month between :first and :last
{grouped}
having count(*) > 0
