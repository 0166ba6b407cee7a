"""What makes a row unfit to load, and what makes it no row of data at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import Column, table
from chanplan.ingest import cells_sql, forms
from chanplan.ingest.cells_sql import literal
from chanplan.ingest.fields import CODES, CODES_SINCE, amounts, cell_of, dating
from chanplan.ingest.no_data import like_totals, no_data, no_total, rate_rows
from chanplan.ingest.sales_line import told_type

# The version of cleaning that began to set rows without a name, and lost digits, aside.
_NAMES_SINCE = 4
# The version that began to set lost digits of amounts, and names such as 同上, aside.
_LOST_SINCE = 6
# The version that knows a word whatever blanks stand behind it.
_BLANKS_SINCE = 7
# The version that knows rows of rates, and tells of a sum without a date that it is one.
_RATES_SINCE = 7
# The version that began to set lines aside whose pieces come back while their money does not.
_SIGNS_SINCE = 7
# Tables whose rows are of somebody, and how many columns of names say that one must be filled.
_NAMED = ("sales", "targets")
_SEVERAL = 2
# Ways to state money other than as an amount; a row must have all of one.
_MONEY_PARTS = (("quantity", "unit_price"), ("list_amount",))


def faults(recipe: Recipe, columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """(condition, SQL text 'reason:field') in the order a person would look."""
    yield "extra is not null", literal("surplus_cells:")
    must = _required(recipe, columns)
    # A row that says what it is lacks its date for that reason, and no other.
    sums = [(told, literal(f"like_a_total:{name}")) for told, name in like_totals(recipe)]
    first = recipe.cleaning >= _RATES_SINCE
    yield from ((told, literal(f"rate_row:{name}")) for told, name in rate_rows(recipe))
    yield from sums if first else ()
    for name, column in columns.items():
        yield from _field_faults(recipe, column, name in must)
    yield from () if first else sums
    if nameless := _nameless(recipe, columns):
        yield nameless, literal("nameless_row:")
    if recipe.table == "sales":
        # Every amount that could not be read has been named before.
        told = "missing" if amounts(recipe) else "unreadable"
        yield '"net" is null', literal(f"{told}_amount:amount")
    if unlike := _signs_differ(recipe):
        yield unlike, literal("signs_differ:quantity")
    if recipe.formats.get("cells") == "all":
        yield f"{_last_cell(recipe)} is null", literal("missing_cells:")


def conditions(recipe: Recipe, columns: Mapping[str, Column]) -> Iterator[str]:
    """The opposite of `faults`, written so that good rows are seen to be good at little cost."""
    yield "extra is null"
    if recipe.formats.get("cells") == "all":
        yield f"{_last_cell(recipe)} is not null"
    must = _required(recipe, columns)
    for name, column in columns.items():
        known, none = f'"{name}"', _says_none(cell_of(recipe, name))
        if column.kind == "date":
            within = f"between date '{forms.EARLIEST}' and {_last_day(recipe, name)}"
            known = f"case when {known} {within} then 1 end"
        if "errors" in recipe.formats and column.kind == "text" and name in recipe.columns:
            yield f"({_is_error(column, cell_of(recipe, name))}) is not true"
            if recipe.cleaning >= _NAMES_SINCE:
                yield f"({_digits_lost(recipe, name)}) is not true"
                yield f"({_garbled(cell_of(recipe, name))}) is not true"
        if _looks_for_losses(recipe, column):
            yield f"({_lost_or_ditto(recipe, column)}) is not true"
        if name in must:
            yield f"{known} is not null"
        elif column.kind != "text":
            # "or" and CASE over truth values look at every row's text; coalesce stops early.
            known = known if column.kind == "date" else f"case when {known} is not null then 1 end"
            yield f"coalesce({known}, case when {none} then 1 end) is not null"
    if nameless := _nameless(recipe, columns):
        yield f"not ({nameless})"
    if unlike := _signs_differ(recipe):
        yield f"({unlike}) is not true"
    if recipe.table == "sales" and "amount" not in must:
        yield '"net" is not null'
    yield no_total(recipe) if dated(recipe) else f"not ({no_data(recipe)})"


def _field_faults(recipe: Recipe, column: Column, must: bool) -> Iterator[tuple[str, str]]:
    name, cell = f'"{column.name}"', cell_of(recipe, column.name)
    none = _says_none(cell)
    # Of texts only where `conditions` looks too: a row is good if and only if it has no fault.
    looks = column.kind != "text" or "errors" in recipe.formats
    if looks and column.name in recipe.columns:
        uncomputed = f"{cell} = {literal(forms.UNCOMPUTED)}"
        yield uncomputed, literal(f"formula_without_value:{column.name}")
        yield _is_error(column, cell), literal(f"error_cell:{column.name}")
        if column.kind == "text" and recipe.cleaning >= _NAMES_SINCE:
            yield _digits_lost(recipe, column.name), literal(f"digits_lost:{column.name}")
            yield _garbled(cell), literal(f"garbled_text:{column.name}")
    if _looks_for_losses(recipe, column):
        reason = "same_as_above" if column.kind == "text" else "amount_digits_lost"
        yield _lost_or_ditto(recipe, column), literal(f"{reason}:{column.name}")
    if must:
        missing = f"{name} is null and {none}" if column.kind != "text" else f"{name} is null"
        yield missing, literal(f"missing_{column.kind}:{column.name}")
    if column.kind != "text":
        unreadable = f"{name} is null" if must else f"{name} is null and not {none}"
        yield unreadable, literal(f"unreadable_{column.kind}:{column.name}")
    if column.kind == "date":
        within = f"between date '{forms.EARLIEST}' and date '{forms.LATEST}'"
        yield f"{name} not {within}", literal(f"impossible_date:{column.name}")
        yield f"{name} > {_last_day(recipe, column.name)}", literal(f"future_date:{column.name}")


def _is_error(column: Column, cell: str) -> str:
    """SQL that Excel shows an error; #N/A in a column of numbers is how many say "none"."""
    error = f"prefix({cell}, '#') and regexp_full_match({cell}, {literal(forms.ERROR_RE2)})"
    return error if column.kind == "text" else f"{error} and {cell} <> '#N/A'"


def _digits_lost(recipe: Recipe, name: str) -> str:
    """SQL that Excel has made a number of a code and lost its last digits: 1.23457E+17; of a code
    by which rows are joined, that it may have."""
    cell = cell_of(recipe, name)
    lost = f"contains({cell}, 'E+') and regexp_full_match({cell}, {literal(forms.LOST_RE2)})"
    if name not in CODES or recipe.cleaning < CODES_SINCE:
        return lost
    small = (
        f"contains({cell}, 'e+') and regexp_full_match(upper({cell}), {literal(forms.LOST_RE2)})"
    )
    rounded = f"contains({cell}, '.0') and regexp_full_match({cell}, {literal(forms.ROUNDED_RE2)})"
    return f"{lost} or {small} or {rounded}"


def _looks_for_losses(recipe: Recipe, column: Column) -> bool:
    closely = "errors" in recipe.formats and recipe.cleaning >= _LOST_SINCE
    return closely and column.kind in ("text", "amount") and column.name in recipe.columns


def _lost_or_ditto(recipe: Recipe, column: Column) -> str:
    """SQL that a name says 同上, or that Excel has shortened an amount: of 1.27E+05 nobody knows
    the last digits, while 1.2705E+3 has them all."""
    cell = cell_of(recipe, column.name)
    if column.kind == "text":
        # So few words are compared one by one: `in` would become a join, a pattern costs more.
        ditto = " or ".join(f"{cell} = {literal(word)}" for word in forms.DITTO)
        if recipe.cleaning < _BLANKS_SINCE:
            return ditto
        words = ", ".join(map(literal, forms.DITTO))
        return f"{ditto} or ({cell}[-1] <= ' ' and list_contains([{words}], {_bare(cell)}))"
    mantissa = f"regexp_extract({cell}, '[.]?([0-9]*)E[+]', 1)"
    exponent = f"try_cast(regexp_extract({cell}, 'E[+]([0-9]+)', 1) as integer)"
    places = f"case when contains({cell}, '.') then strlen({mantissa}) else 0 end"
    return f"contains({cell}, 'E+') and {exponent} > {places}"


def _bare(cell: str) -> str:
    """SQL of a cell without the blanks and tabs behind it."""
    return f"rtrim({cell}, {literal(forms.BEHIND)})"


def _garbled(cell: str) -> str:
    """SQL that a name holds the sign that stands for one which nobody could read any more."""
    return f"contains({cell}, {literal(forms.UNREADABLE_SIGN)})"


def _nameless(recipe: Recipe, columns: Mapping[str, Column]) -> str:
    """SQL that a row names nobody and nothing, where others do: a sum that does not say so.

    Of a long sheet only where it has several columns of names, of which one may be empty.
    """
    # Large files come from databases, which write no totals; looking costs a tenth of loading.
    closely = "errors" in recipe.formats and recipe.cleaning >= _NAMES_SINCE
    if not closely or recipe.table not in _NAMED:
        return ""
    names = [n for n, column in columns.items() if column.kind == "text" and n in recipe.columns]
    if len({recipe.columns[name] for name in names}) < (1 if recipe.wide else _SEVERAL):
        return ""
    listed = ", ".join(f'"{name}"' for name in names)
    return f"coalesce({listed}) is null"


def _signs_differ(recipe: Recipe) -> str:
    """SQL that a line takes pieces back and money in: whether it is a return told without its sign
    nobody knows. What says itself that it is a return is one, however it is signed."""
    stated = "quantity" in recipe.columns and amounts(recipe)
    if recipe.table != "sales" or recipe.cleaning < _SIGNS_SINCE or not stated:
        return ""
    told = told_type(recipe)
    plain = f" and coalesce({told}, 'sale') = 'sale'" if told else ""
    return f'"quantity" < 0 and "net" > 0{plain}'


def _last_cell(recipe: Recipe) -> str:
    return f"c{len(recipe.file_headers()) - 1}"


def _last_day(recipe: Recipe, field: str) -> str:
    last = recipe.formats.get("not_after") if field == dating(recipe) else None
    return f"cast({literal(last or forms.LATEST)} as date)"


def _says_none(cell: str) -> str:
    return f"({cell} is null or {cell} = '' or {cells_sql.is_none(cell)})"


def _required(recipe: Recipe, columns: Mapping[str, Column]) -> set[str]:
    must = {name for name, column in columns.items() if column.required}
    if recipe.wide:  # a row is there for the cell under its month
        cell = len(recipe.file_headers()) + 1
        must |= {name for name, at in recipe.columns.items() if at == cell}
    if recipe.table != "sales":
        return must
    if stated := amounts(recipe):
        return must | (set(stated) if len(stated) == 1 else set())
    return must | next((set(p) for p in _MONEY_PARTS if set(p) <= set(columns)), set())


def dated(recipe: Recipe) -> bool:
    """Whether a repeated header or a subtotal row fails for want of its date or number."""
    declared = table(recipe.table).columns
    return any(declared[n].required and declared[n].kind != "text" for n in recipe.columns)
