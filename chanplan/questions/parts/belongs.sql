case when :population = 'partner' then 2 * coalesce(o.online, 0) <= o.everything
        when called.population is not null then called.population = :population
        when 2 * o.online >= o.everything then :population = 'consumer'
        else :population = 'customer' end
