span as (
    {months}
),
told as (
    select file, sheet, line, source, counts, channel, partner, region, province, city, product,
        category, customer, salesperson, order_number, original_order, month, line_type,
        base_quantity, coalesce(base_unit, unit, '') as unit, currency, amount_with_tax,
        amount_without_tax, basis as own_basis, :asked as basis
    from source_lines
    where line_type in ({counted})
),
kept as (
    select f.* from told as f join span on span.month = f.month{joins}
    where {where}
),
stated as (
    select kept.*, 'a' as side, case when :tax_a = 'with_tax' then amount_with_tax
        else amount_without_tax end as amount_stated
    from kept
    where own_basis = :basis_a and (source = :source_a or (:source_a = '' and counts))
    union all
    select kept.*, 'b' as side, case when :tax_b = 'with_tax' then amount_with_tax
        else amount_without_tax end as amount_stated
    from kept
    where own_basis = :basis_b and (source = :source_b or (:source_b = '' and counts))
),
factor as (
    select cast(cast(:times as decimal(19, 0)) * cast(0.000000000000000001 as decimal(18, 18))
        as decimal(20, 18)) as times
),
sided as (
    select stated.*, case when side = 'a' or :tax_a = :tax_b then amount_stated
        else cast(amount_stated * factor.times as decimal(18, 4)) end as amount
    from stated cross join factor
)
