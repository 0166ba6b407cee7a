"""Each line with the columns that summaries are made of."""

from __future__ import annotations

# The ISO 8601 week of a line with a day: its year and number are those of the week's Thursday.
_THURSDAY = "(date_trunc('week', date) + interval 3 day)"
_WEEK = (
    f"case when grain = 'day' then concat(year({_THURSDAY}), '-W',"
    f" lpad(cast((dayofyear({_THURSDAY}) + 6) // 7 as varchar), 2, '0')) end"
)


def line_facts_sql() -> str:
    """Each line with the columns its summaries have. A gift has no price: what it cost
    lowers the margin whole."""
    facts = []
    for tax in ("with_tax", "without_tax"):
        amount, cost = f"amount_{tax}", f"cost_{tax}"
        value = f"case when line_type = 'gift' then 0 else {amount} end"
        facts += [
            f"({value} - {cost})::decimal(18, 4) as margin_{tax}",
            f"case when {cost} is not null then {amount} end as costed_{tax}",
            f"case when base_quantity is not null then {amount} end as priced_{tax}",
        ]
    bounds = [
        f"coalesce({value}, '') as {name}_{end}"
        for name, value in (("unit", "base_unit, unit"), ("currency", "currency"))
        for end in ("low", "high")
    ]
    return f"""select *, {", ".join([*bounds, *facts])}, {_WEEK} as week,
        coalesce(amount_with_tax, amount_without_tax) as paid from lines"""
