"""Every field of a recipe as a typed SQL expression over the columns of a relation."""

from __future__ import annotations

from decimal import Decimal

from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import Column, table
from chanplan.ingest import bare_days, cells_sql
from chanplan.ingest.cells_sql import literal
from chanplan.ingest.quarters import first_day
from chanplan.ingest.reading.plain import UNKNOWN, Plain

NUMBERS = ("amount", "quantity", "rate", "factor", "integer")


def date_field(recipe: Recipe) -> str | None:
    """The field that dates a row: the table's first date column that the recipe maps."""
    dates = (n for n, column in table(recipe.table).columns.items() if column.kind == "date")
    return next((name for name in dates if name in recipe.columns), None)


def dating(recipe: Recipe) -> str | None:
    """The field that says when a row was: its date column, else the month of the whole sheet."""
    dates = (n for n, column in table(recipe.table).columns.items() if column.kind == "date")
    return date_field(recipe) or next((n for n in dates if n in recipe.constants), None)


def money_field(recipe: Recipe) -> str | None:
    """The field whose sum describes a file: `net` for sales, else the first amount mapped."""
    if recipe.table == "sales":
        return "net"
    kinds = table(recipe.table).columns
    return next((name for name in recipe.columns if kinds[name].kind == "amount"), None)


def factor(recipe: Recipe, field: str) -> int | Decimal:
    """10000 for a column told in 万元, 0.01 for one in 分, else 1."""
    told = recipe.formats.get(field, "")
    if not told.startswith("scale:"):
        return 1
    size = told.removeprefix("scale:")
    return int(size) if size.isdigit() else Decimal(size)


# Fields by which rows are joined, and the version of cleaning that brings their writings together.
CODES = ("order", "original_order", "refund_number")
CODES_SINCE = 7


def columns_of(recipe: Recipe) -> dict[str, Column]:
    """The declared columns a recipe fills, by name."""
    declared = table(recipe.table).columns
    return {name: declared[name] for name in (*recipe.columns, *recipe.constants)}


def cell_of(recipe: Recipe, field: str) -> str:
    """SQL of a field's text: its column, or the constant that stands for it."""
    if field in recipe.constants:
        return literal(recipe.constants[field])
    return f"c{recipe.columns[field]}"


def number_cell(recipe: Recipe, field: str) -> str:
    """The same for a field of numbers, with a point for the decimals."""
    cell = cell_of(recipe, field)
    if recipe.formats.get(field) == "counted":
        cell = cells_sql.counted(cell, 1)
    return cells_sql.swapped(cell) if recipe.formats.get("decimal") == "comma" else cell


def currency(recipe: Recipe) -> str | None:
    """The money that the file's amounts are in; None where every line says its own."""
    return None if "currency" in recipe.columns else own_currency(recipe)


def own_currency(recipe: Recipe) -> str:
    """The money of lines that do not say theirs."""
    return recipe.formats.get("currency", "CNY")


def typed(recipe: Recipe, column: Column, plain: Plain = UNKNOWN) -> str:
    """SQL of a field's value; NULL where the text cannot be read or says that there is none.

    plain  what no cell of the rows has
    """
    cell = cell_of(recipe, column.name)
    if column.name in recipe.constants or _taken_apart(recipe, column.name):
        plain = UNKNOWN
    if column.kind in NUMBERS:
        cell = number_cell(recipe, column.name)
    match column.kind:
        case "date":
            first = cells_sql.month(cell, _shape(recipe, column.name))
            if _shape(recipe, column.name) == "period":
                first = f"coalesce({first}, {first_day(cell)})"
            return f"coalesce({_day(recipe, column.name)}, case when {cell} <> '' then {first} end)"
        case "amount" | "quantity":
            # Prices keep eight places, so that price times quantity is rounded once.
            places = 8 if column.name in ("unit_price", "list_price", "unit_cost") else 4
            if recipe.table != "sales":
                places = 4
            money = currency(recipe) if column.kind == "amount" else None
            sized = column.kind == "amount"
            told = cells_sql.number(cell, places, factor(recipe, column.name), money, plain, sized)
            return f"coalesce({told}, {_percent(cell)})" if _with_rates(recipe, column) else told
        case "rate":
            return cells_sql.rate(cell, recipe.formats.get(column.name) == "percent")
        case "factor":
            return cells_sql.number(cell, places=8, plain=plain)
        case "integer":
            return cells_sql.integer(cell)
        case "flag":
            return cells_sql.flag(cell)
        case "text":
            if recipe.formats.get(column.name) == "counted":
                cell = cells_sql.counted(cell, 2)
            if column.name == "currency" and recipe.table != "sales":
                return cells_sql.currency_code(cells_sql.member(cell, plain))
            member = cells_sql.member(cell, plain)
            return cells_sql.code(member) if _is_code(recipe, column.name) else member


def _is_code(recipe: Recipe, name: str) -> bool:
    """Whether a column holds numbers by which rows are joined; in the largest files, which come
    from databases, they are as they are."""
    closely = "errors" in recipe.formats and recipe.cleaning >= CODES_SINCE
    return closely and name in CODES and name in recipe.columns


def _with_rates(recipe: Recipe, column: Column) -> bool:
    """Whether an amount's cells may say 80%."""
    return column.rates and "rates" in recipe.formats


def _percent(cell: str) -> str:
    """SQL of 80% as 0.8; of a bare number nothing, for that has been read."""
    says = f"contains({cell}, '%') or contains({cell}, '％')"
    return f"case when {says} then cast({cells_sql.rate(cell)} as decimal(18, 4)) end"


def _taken_apart(recipe: Recipe, field: str) -> bool:
    """Whether what is read is another text than the cell's own."""
    return recipe.formats.get(field) == "counted" or recipe.formats.get("decimal") == "comma"


def _shape(recipe: Recipe, field: str) -> str:
    return recipe.formats.get(field, "iso")


def _day(recipe: Recipe, field: str) -> str:
    order, cell = recipe.formats.get("date_order"), cell_of(recipe, field)
    if _shape(recipe, field) == bare_days.SHAPE and "year" in recipe.formats:
        cell = bare_days.with_year(cell, recipe.formats["year"], order)
    return cells_sql.day(cell, _shape(recipe, field), order)


def grain(recipe: Recipe, column: Column) -> str:
    """SQL of a row's grain: "month" where its date names no day."""
    if recipe.grain == "month":
        return "'month'"
    return f"case when {_day(recipe, column.name)} is null then 'month' else 'day' end"


def untaxed(recipe: Recipe) -> bool:
    """Whether the file's plain amounts hold no tax."""
    plain = {"amount", "amount_with_tax", "amount_without_tax"} & set(recipe.columns)
    return recipe.tax == "without_tax" or plain == {"amount_without_tax"}


def amounts(recipe: Recipe) -> list[str]:
    """The fields that state a line's net amount: of a row the first that is filled counts.

    An amount whose heading names its side of the tax stands before one that does not.
    """
    order = ["amount_with_tax", "amount", "amount_without_tax"]
    if untaxed(recipe):
        order = ["amount_without_tax", "amount", "amount_with_tax"]
    return [name for name in order if name in recipe.columns]


def net(recipe: Recipe) -> str:
    """The line's net amount as the file gives it, DECIMAL(18,4) rounded half-even."""
    have = recipe.columns
    if stated := [f'"{name}"' for name in amounts(recipe)]:
        return stated[0] if len(stated) == 1 else f"coalesce({', '.join(stated)})"
    if "unit_price" in have and "quantity" in have:
        product = 'cast("unit_price" as decimal(38, 8)) * "quantity"'
        return f"try_cast(round_even({product}, 4) as decimal(18, 4))"
    discount = ' - coalesce("discount", 0)' if "discount" in have else ""
    return f'try_cast(cast("list_amount" as decimal(38, 4)){discount} as decimal(18, 4))'


def exact(recipe: Recipe) -> str | None:
    """SQL of a row's money with all its digits; None where the recipe has no money."""
    field = money_field(recipe)
    if field is None:
        return None
    have = recipe.columns
    direct = amounts(recipe) if field == "net" else [field]
    money = currency(recipe)
    read = [
        cells_sql.exact_number(number_cell(recipe, n), factor(recipe, n), money, sized=True)
        for n in direct
    ]
    if read:
        return f"coalesce({', '.join(read)})"
    if "unit_price" in have and "quantity" in have:
        return 'cast("unit_price" as decimal(38, 8)) * "quantity"'
    return None
