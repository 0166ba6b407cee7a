from customer_months
    join calendar on calendar.era = customer_months.era
        and (customer_months.mask & calendar.bit) <> 0
    cross join unsaid
    where calendar.month <= :last
