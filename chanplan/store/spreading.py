"""Amounts spread over lines to the cent, what is left over to the largest remainders."""

from __future__ import annotations

# Amounts in whole cents are spread in cents, others in the four places that money is kept with.
_UNITS = "case when total = round(total, 2) then 100 else 10000 end"


def spread(parts: str) -> str:
    """SQL of the parts of `parts` with their `share` of `total`; Σ share = total, exactly.

    parts  a relation with `whole` (what is spread, a key), `total` (DECIMAL, the same in every
           row of a whole), `weight` (DECIMAL, >= 0, their sum > 0) and `tie` (decides ties)
    """
    return f"""
        select * exclude (units, top, floored, left_over, rank),
            (((sign(total)::integer * (floored + case when rank <= left_over then 1 else 0 end)
                * (10000 // units))::decimal(30, 0)) * 0.0001)::decimal(18, 4) as share
        from (
            select * exclude (rest), top - sum(floored) over (partition by whole) as left_over,
                row_number() over (partition by whole order by rest desc, tie) as rank
            from (
                select *, (top * scaled // scale)::hugeint as floored,
                    (top * scaled % scale)::hugeint as rest
                from (
                    select *, (abs(total) * units)::hugeint as top,
                        (weight * 10000)::hugeint as scaled,
                        (sum(weight * 10000) over (partition by whole))::hugeint as scale
                    from (select *, {_UNITS} as units from ({parts}))
                )
            )
        )"""
