case when :population <> 'partner' then f.customer
            when f.partner is not null then f.partner
            when called.population = 'partner' then f.customer end as member,
        case when f.grain = 'month' then begun.last_day else f.date end as day,
        {include money_of_line}
