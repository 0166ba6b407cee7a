select member, source, coalesce(order_number, cast(day as varchar(10))) as number,
        sum(case when day <= cast(:as_of as date) then net end) as net,
        sum(case when day > cast(:as_of as date) then net end) as later,
        sum(online) as online,
