case when f.line_type in ({counted}) then f.amount_{tax} end as net,
        case when f.line_type in ({counted}) and coalesce(called.population, case
            when kinds.kind = 'online' then 'consumer' end) = 'consumer'
            then f.amount_{tax} end as online,
        case when f.line_type = 'sale' and f.paid > 0 then 1 else 0 end as bought
