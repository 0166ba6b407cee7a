"""What the company's own tables say today: rates, units, line types; and who has said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from chanplan.domain.calendar import first_day
from chanplan.domain.period import shift
from chanplan.domain.tables import table
from chanplan.store import Store, line_types, standing, taxes, units
from chanplan.workspace.workspace import Workspace


@dataclass(frozen=True)
class Word:
    """The import that a table stands by today: its batch, when and by whom it came, and why."""

    batch: int
    at: str
    by: str
    note: str | None
    rows: int


def word(store: Store, kind: str, source: str | None = None) -> Word | None:
    """Whose word stands today of a table (of a source's, if it is named); None where nobody has
    said anything."""
    found = store.fetch(
        "select batch.batch, imported_at, imported_by, note, rows_loaded from batch"
        " join batch_month using (batch) where active and table_name = ?"
        " and coalesce(source = ?, true) order by batch.batch desc limit 1",
        [kind, source],
    )
    for row in found.to_dict("records"):
        note = row["note"] if isinstance(row["note"], str) else None
        return Word(int(row["batch"]), str(row["imported_at"]), str(row["imported_by"]), note,
                    int(row["rows_loaded"]))  # fmt: skip
    return None


def said(store: Store, kind: str) -> pd.DataFrame:
    """The rows of a table that is said whole (store/standing.py), in the order of its file."""
    columns = ", ".join(f'"{name}"' for name in table(kind).columns)
    return store.fetch(f"select {columns} from ({standing.rows(kind)}) order by batch, line")


def counting(store: Store, kind: str) -> Sequence[int]:
    """The imports of a table that count."""
    found = store.fetch(
        "select batch from batch join batch_month using (batch)"
        " where active and table_name = ? order by batch",
        [kind],
    )
    return [int(batch) for batch in found["batch"]]


def first_open(space: Workspace) -> date | None:
    """The first day of the months that are not closed; None where no month is."""
    closed = space.closings.closed()
    if not closed:
        return None
    return first_day(shift(closed[-1], 1), space.store.counting.cut)


def rated(store: Store) -> pd.DataFrame:
    """By what lines got their other side of the tax: `by_what` ("row", "product", "category",
    "source", or "none" where it is not known), the member and the rate; lines, and their amount
    with tax and without."""
    return store.fetch(
        f"""
        with told as ({taxes.TOLD}), known as ({taxes.CATEGORIES}),
        lines as (
            select case when line.own_rate is not null then 'row'
                    when line.table_rate is not null then line.rate_by::varchar
                    when told.rate is not null then 'source'
                    when amount_with_tax is not null and amount_without_tax is not null
                        then 'stated'
                    else 'none' end as by_what,
                coalesce(line.own_rate, line.table_rate, told.rate) as rate, line.source,
                line.product, coalesce(line.category, known.category) as category,
                amount_with_tax, amount_without_tax
            from counted_lines as line join told using (batch)
            left join known on known.product = line.product
        )
        select by_what, case by_what when 'product' then product when 'category' then category
                else source end as member, rate, count(*) as lines,
            sum(amount_with_tax) as with_tax, sum(amount_without_tax) as without_tax
        from lines group by all order by lines desc, by_what, member, rate"""
    )


def one_sided(store: Store) -> pd.DataFrame:
    """Categories, and products without one, of lines that have one side of the tax only: lines
    and the amount of the side there is, the largest first."""
    return store.fetch(
        f"""
        with known as ({taxes.CATEGORIES}),
        lines as (
            select line.product, coalesce(line.category, known.category) as category,
                amount_with_tax, amount_without_tax
            from counted_lines as line left join known on known.product = line.product
            where (amount_with_tax is null) <> (amount_without_tax is null)
        )
        select case when category is null then product end as product, category,
            count(*) as lines, sum(coalesce(amount_with_tax, amount_without_tax)) as amount
        from lines where coalesce(category, product) is not null
        group by all order by abs(sum(coalesce(amount_with_tax, amount_without_tax))) desc,
            product, category"""
    )


def unknown_units(store: Store) -> pd.DataFrame:
    """Products with lines in a unit that no table knows, though their lines have several units or
    a table knows another: product, unit, base_unit (by the table), lines, quantity, amount."""
    return store.fetch(
        f"""
        with known as (select distinct product, base_unit from ({units.FACTORS})),
        several as (
            select product from counted_lines where unit is not null
            group by product having count(distinct coalesce(base_unit, unit)) > 1
        )
        select line.product, line.unit, known.base_unit, count(*) as lines,
            sum(line.quantity) as quantity,
            sum(coalesce(amount_with_tax, amount_without_tax)) as amount
        from counted_lines as line left join known using (product)
        where line.unit is not null and line.base_unit is null and line.product is not null
            and (known.base_unit is not null or line.product in (select product from several))
        group by all order by lines desc, product, unit"""
    )


def factors(store: Store) -> pd.DataFrame:
    """How many base units a unit holds, by product: product, unit (the base unit), case_unit,
    units_per_case; of units that a table knows."""
    return store.fetch(
        f"""
        select product, base_unit as unit, unit as case_unit, factor as units_per_case
        from ({units.FACTORS}) where unit <> base_unit order by product, unit"""
    )


def caught(store: Store) -> pd.DataFrame:
    """The rules for types of line in the order of their table: field, value, makes, since, and
    the lines that each catches today: lines, amount, of them `moved` otherwise than in the file."""
    with store.trying() as reader:
        fields = line_types.fields_of(reader)
    if not fields:
        return pd.DataFrame(columns=["field", "value", "makes", "since", "lines", "amount"])
    return store.fetch(
        f"""
        with rules as ({line_types.RULES}),
        caught as ({line_types.caught(fields, "counted_lines")}),
        sums as (
            select rule, count(*) as lines, count(type_in_file) as moved,
                sum(coalesce(amount_with_tax, amount_without_tax)) as amount
            from caught where rule is not null group by rule
        )
        select field, value, makes, since, coalesce(lines, 0) as lines,
            coalesce(moved, 0) as moved, amount
        from rules left join sums using (rule) order by rule"""
    )


def by_status(store: Store) -> pd.DataFrame:
    """What files' own words make of their lines: status, type in the file, lines, amount."""
    return store.fetch(
        """
        select coalesce(status, type_word) as status,
            coalesce(type_in_file, line_type)::varchar as makes, count(*) as lines,
            sum(coalesce(amount_with_tax, amount_without_tax)) as amount
        from counted_lines where coalesce(status, type_word) is not null
        group by all order by lines desc, status, makes"""
    )


# Words by which members are called whose lines are likely no ordinary sales.
_LIKELY = {
    "transfer": "调拨|移库|内部|transfer",
    "gift": "赠品|样品|赠送|试用|gift|sample",
    "freight": "运费|邮费|快递费|freight|shipping|postage",
    "adjustment": "补差|票折|调账",
}
# Dimensions that are looked through for them.
_LOOKED_AT = ("channel", "partner", "customer", "category", "product")
# Suggestions told.
MOST_LIKELY = 50


def likely(store: Store) -> pd.DataFrame:
    """Members whose lines count as sales and are likely something else: field, value, makes, why
    ("named" so, or "free": goods for nothing), lines, quantity, amount."""
    whens = " ".join(
        f"when regexp_matches(lower(called), '{words}') then '{kind}'"
        for kind, words in _LIKELY.items()
    )
    sums = "count(*) as lines, sum(quantity) as quantity, sum(paid) as amount"
    members = " union all ".join(
        f"select '{name}' as field, {name} as value, {sums} from sales"
        f" where {name} is not null group by {name}"
        for name in _LOOKED_AT
    )
    return store.fetch(
        f"""
        with sales as (
            select *, coalesce(amount_with_tax, amount_without_tax) as paid
            from counted_lines where line_type = 'sale' and type_in_file is null
        ),
        labels as (
            select dimension, member, max(name) as name from member_name group by dimension, member
        ),
        named as (
            select told.*, coalesce(labels.name, value) as called from ({members}) as told
            left join labels on labels.dimension = field and labels.member = value
        ),
        told as (
            select field, value, case {whens} end as makes, 'named' as why, lines, quantity, amount
            from named
            union all
            select 'free', source, 'gift', 'free', {sums} from sales
            where paid = 0 and quantity > 0 group by source
        )
        select * from told where makes is not null
        order by lines desc, field, value limit {MOST_LIKELY}"""
    )


def listed_rates(store: Store) -> pd.DataFrame:
    """Rates that the table of products tells: a category where all its products have one rate,
    else product by product: product, category, rate."""
    return store.fetch(
        f"""
        with told as (
            select product, category, tax_rate as rate from products
            join batch_month using (batch) where active and tax_rate is not null
            qualify row_number() over (partition by product order by batch desc, line desc) = 1
        ),
        alike as (
            select category, min(rate) as rate from told where category is not null
            group by category having count(distinct rate) = 1
        )
        select null as product, category, rate from alike
        union all
        select product, null, rate from told
        where category is null or category not in (select category from alike)
        order by category, product limit {MOST_LIKELY * 4}"""
    )
