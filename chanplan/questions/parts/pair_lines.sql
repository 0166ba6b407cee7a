placed as (
    select listed.*, row_number() over (
        order by abs(money) desc, item, side, month, file, line) as place
    from listed
)
select item, money, side, file, sheet, line, channel, month, source, line_type, product, partner,
    base_quantity as quantity, unit, amount_stated as amount
from placed
where place <= :most
order by place
