"""A recipe becomes SQL: every field typed, and for every row whether and why it is set aside.

The words of `Recipe.formats`, all optional:

    <date field>   how the column is usually written (`values.DateShape`)
    date_order     "mdy", "dmy" or "ymd": how 3/4/2024 is read; without it such text is unreadable
    not_after      ISO date; later dates are set aside
    <money field>  "scale:10000" where the heading says 万元
    decimal        "comma" where the numbers are written 1.234,50
    currency       "USD": the money of the amounts, where it is not CNY; another is unreadable
    errors         "names": columns of names too are looked through for #REF! and its like
    cells          "all" where a row with fewer cells than headings is a shifted one
    <quantity>     "counted" where its cells say 12箱; of the unit, that it is told in them
    <date field>   "yearless" where it tells days without their year: "year" says which it is
    <date field>   "period" where it may name a quarter or a year, too (targets)
    sums           names that are another of the sheet's and a word for a sum (京东计), by chr(31)
    whole          positions of columns of names that hardly any row leaves empty: "1,2"
    rates          "percent" where cells of an amount may say 80% (targets)
    <rate field>   "percent" where the column writes 13 for 13 %
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chanplan.domain.recipe import Recipe
from chanplan.ingest.faults import conditions, faults
from chanplan.ingest.fields import columns_of, dating, exact, grain, net, typed
from chanplan.ingest.no_data import may_be_total, no_data
from chanplan.ingest.reading.plain import UNKNOWN, Plain


@dataclass(frozen=True)
class Cleaning:
    """SQL over the columns of a `Relation`.

    fields   field → typed value, written over c0…; `grain`, `net` (sales) and `may_be_total`
             are among them. Later ones may use earlier ones by name (quoted), as DuckDB's
             aliases allow
    good     true where the row is loaded; over the names of the fields, c0… and extra
    problem  'reason:field' of the first fault, NULL in a good row; over the same
    blank    true where a row that is not good is no data: empty, header again, total, footnote
    exact    the row's money with all its digits, to count what rounding changed; or None
    """

    fields: Mapping[str, str]
    good: str
    problem: str
    blank: str
    exact: str | None


def cleaning(recipe: Recipe, plain: Plain = UNKNOWN) -> Cleaning:
    """The expressions of a recipe; KeyError when its table or a field is not declared.

    plain  what no cell of the rows has, so that nobody asks each of them
    """
    columns = columns_of(recipe)
    fields = {name: typed(recipe, column, plain) for name, column in columns.items()}
    date = dating(recipe)
    if date is not None:
        fields["grain"] = grain(recipe, columns[date])
    if recipe.table == "sales":
        fields["net"] = net(recipe)
    fields["may_be_total"] = may_be_total(recipe, plain)
    found = list(faults(recipe, columns))
    # As one expression; as several, they would be worked out twice: to filter, and to store.
    good = f"({' and '.join(conditions(recipe, columns))}) is true"
    return Cleaning(
        fields=fields,
        good=good,
        problem="case " + " ".join(f"when {fault} then {why}" for fault, why in found) + " end",
        blank=no_data(recipe),
        exact=exact(recipe),
    )
