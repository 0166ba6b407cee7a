"""Which rows below a header are no data: blank ones, the header again, totals, footnotes.

A row that states a number is never taken for a footnote, and a row without a date is never
taken for a total unless a cell says so: what is unsure is set aside, where a person sees it.
"""

from __future__ import annotations

from collections.abc import Iterator

from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import table
from chanplan.ingest.cells_sql import is_none, literal
from chanplan.ingest.fields import date_field

# Cells that mark a row as a sum of others where the row has no date.
_TOTALS = (
    r"(^|\x1f)\s*((合计|总计|小计|汇总|total|subtotal|sub-total|grand total)\s*[:：]?"
    r"|[^\x1f]{1,30}(小计|合计|总计))\s*(\x1f|$)"
)
# Where the row has a date, only these cells may say so, and no company's name ends like it.
_MEMBERS = (
    "channel", "partner", "region", "province", "city", "product", "product_name", "category",
    "customer", "customer_name", "salesperson",
)  # fmt: skip
_DATED_TOTAL = r"^\s*([^\x1f]{0,30}(小计|合计|总计)|汇总|total|subtotal|sub-total|grand total)\s*$"
# "Total" may be the name of a customer; as a channel, region or product it is a sum.
_NAMES = ("partner", "customer", "customer_name", "salesperson")
_NAMED_TOTAL = r"^\s*[^\x1f]{0,30}(小计|合计|总计)\s*$"
# A cell that says of its row that it sums up the whole file, and not a part of it.
_WHOLE = r"(^|\x1f)\s*(合计|总计|总合计|total|grand total)\s*[:：]?\s*(\x1f|$)"
# The last sign of all of these.
_LAST_SIGNS = ("计", "总", "l", "L", " ")

# A remark such as 制表人：张三 or 共 100 条 fills one or two cells.
_FOOTNOTE_CELLS = 2
_NUMBERS = ("amount", "quantity", "rate", "integer")


def no_data(recipe: Recipe) -> str:
    """SQL true where a row that is not good is none of the data; over fields and c0…"""
    cells = [f"c{at}" for at in range(len(recipe.headers))]
    row = f"concat_ws(chr(31), {', '.join(cells)})"
    empty = f"trim(replace({row}, chr(31), '')) = ''"
    ats = sorted(set(recipe.columns.values()))
    header = " and ".join(f"trim(c{at}) = {literal(recipe.headers[at].strip())}" for at in ats)
    date = date_field(recipe)
    undated = f'"{date}" is null and ' if date else ""
    total = f"{undated}regexp_matches(lower({row}), {literal(_TOTALS)})"
    cases = [empty, header, total, *_dated_totals(recipe), *_footnotes(recipe, cells)]
    if recipe.wide:  # the cell under the month says that there is nothing
        cases.append(is_none(cells[-1]))
    return f"coalesce({' or '.join(f'({case})' for case in cases)}, false)"


def whole_total(recipe: Recipe) -> str:
    """SQL true where a row that is no data says that it sums up the whole file; over c0…"""
    row = f"concat_ws(chr(31), {', '.join(f'c{at}' for at in range(len(recipe.headers)))})"
    return f"coalesce(regexp_matches(lower({row}), {literal(_WHOLE)}), false)"


def may_be_total(recipe: Recipe) -> str:
    """SQL over c0… that is true for every total and for few other rows; cheap to find."""
    ats = sorted({recipe.columns[name] for name in _MEMBERS if name in recipe.columns})
    # Compared one by one: `in` would become a join of the whole file for every column.
    likely = " or ".join(f"c{at}[-1] = {literal(sign)}" for at in ats for sign in _LAST_SIGNS)
    return f"coalesce({likely}, false)" if ats else "false"


def no_total(recipe: Recipe) -> str:
    """SQL that a row with a date is no total; `coalesce` looks closer only where it must."""
    totals = " or ".join(_dated_totals(recipe)) or "false"
    return (
        'coalesce(case when "may_be_total" then null else 1 end,'
        f" case when ({totals}) is not true then 1 end) is not null"
    )


def _dated_totals(recipe: Recipe) -> Iterator[str]:
    """One condition for each member column: its cell says that the row is a sum."""
    for name in _MEMBERS:
        if name in recipe.columns:
            words = literal(_NAMED_TOTAL if name in _NAMES else _DATED_TOTAL)
            yield f"regexp_matches(lower(c{recipe.columns[name]}), {words})"


def _footnotes(recipe: Recipe, cells: list[str]) -> Iterator[str]:
    """At most two cells, no date in them and no number in a column of numbers."""
    columns, date = table(recipe.table).columns, date_field(recipe)
    if date is None or not columns[date].required:
        return
    filled = " + ".join(f"coalesce(trim({cell}) <> '', false)::integer" for cell in cells)
    numbers = {at for name, at in recipe.columns.items() if columns[name].kind in _NUMBERS}
    digits = [f"coalesce(regexp_matches(c{at}, '[0-9０-９]'), false)" for at in sorted(numbers)]
    attempt = f"coalesce(regexp_matches(c{recipe.columns[date]}, '^\\s*[0-9０-９]'), false)"
    none_of = " or ".join([f"{attempt} and ({filled}) > 1", *digits])
    yield f'"{date}" is null and ({filled}) <= {_FOOTNOTE_CELLS} and not ({none_of})'
