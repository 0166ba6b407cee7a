case when :population = 'partner' then 2 * coalesce(o.online, 0) <= o.everything
        when called.population is not null then called.population = :population
        when coalesce(o.online, 0) > coalesce(o.offline, 0) then :population = 'consumer'
        when o.offline > 0 then :population = 'outlet'
        else :population = 'customer' end
