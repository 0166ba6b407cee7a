from line_facts as f join span on span.month = f.month
    join begun on begun.month = f.month
    left join called on called.member = f.customer
    left join kinds on kinds.member = f.channel{joins}
    where {where}
