"""A recipe becomes SQL: every field typed, and for every row whether and why it is set aside.

The words of `Recipe.formats`, all optional:

    <date field>   how the column is usually written (`values.DateShape`)
    date_order     "mdy", "dmy" or "ymd": how 3/4/2024 is read; without it such text is unreadable
    not_after      ISO date; later dates are set aside
    <money field>  "scale:10000" where the heading says 万元
    <rate field>   "percent" where the column writes 13 for 13 %
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import Column, table
from chanplan.ingest import cells_sql, forms
from chanplan.ingest.cells_sql import literal

# Cells that mark a row as a sum of others; only a row without a date (or key) is one.
_TOTALS = r"(^|\x1f)\s*((合计|总计|小计|汇总|total|subtotal|sub-total|grand total)\s*[:：]?|[^\x1f]{1,30}(小计|合计|总计))\s*(\x1f|$)"  # noqa: E501
_MONEY_PARTS = (("quantity", "unit_price"), ("list_amount",))


@dataclass(frozen=True)
class Cleaning:
    """SQL over the columns of a `Relation`.

    fields   field → typed value, written over c0…; `grain` and `net` (sales) are among them.
             Later ones may use earlier ones by name (quoted), as DuckDB's aliases allow
    good     true where the row is loaded; over the names of the fields, c0… and extra
    problem  'reason:field' of the first fault, NULL in a good row; over the same
    blank    true where a row that is not good is no data: empty, header again, subtotal
    exact    the row's money with all its digits, to count what rounding changed; or None
    """

    fields: Mapping[str, str]
    good: str
    problem: str
    blank: str
    exact: str | None


def cleaning(recipe: Recipe) -> Cleaning:
    """The expressions of a recipe; KeyError when its table or a field is not declared."""
    columns = _columns(recipe)
    fields = {name: _typed(recipe, column) for name, column in columns.items()}
    date = date_field(recipe)
    if date is not None:
        fields["grain"] = _grain(recipe, columns[date])
    if recipe.table == "sales":
        fields["net"] = _net(recipe)
    faults = list(_faults(recipe, columns))
    good = " and ".join(_conditions(recipe, columns))
    return Cleaning(
        fields=fields,
        good=good if _dated(recipe) else f"{good} and not ({_no_data(recipe)})",
        problem="case " + " ".join(f"when {fault} then {why}" for fault, why in faults) + " end",
        blank=_no_data(recipe),
        exact=_exact(recipe),
    )


def date_field(recipe: Recipe) -> str | None:
    """The field that dates a row: the table's first date column that the recipe maps."""
    dates = (n for n, column in table(recipe.table).columns.items() if column.kind == "date")
    return next((name for name in dates if name in recipe.columns), None)


def money_field(recipe: Recipe) -> str | None:
    """The field whose sum describes a file: `net` for sales, else the first amount mapped."""
    if recipe.table == "sales":
        return "net"
    kinds = table(recipe.table).columns
    return next((name for name in recipe.columns if kinds[name].kind == "amount"), None)


def factor(recipe: Recipe, field: str) -> int:
    """10000 for a column told in 万元, else 1."""
    told = recipe.formats.get(field, "")
    return int(told.removeprefix("scale:")) if told.startswith("scale:") else 1


def _columns(recipe: Recipe) -> dict[str, Column]:
    declared = table(recipe.table).columns
    return {name: declared[name] for name in (*recipe.columns, *recipe.constants)}


def _cell(recipe: Recipe, field: str) -> str:
    if field in recipe.constants:
        return literal(recipe.constants[field])
    return f"c{recipe.columns[field]}"


def _typed(recipe: Recipe, column: Column) -> str:
    cell = _cell(recipe, column.name)
    match column.kind:
        case "date":
            first = cells_sql.month(cell, _shape(recipe, column.name))
            return f"coalesce({_day(recipe, column.name)}, case when {cell} <> '' then {first} end)"
        case "amount" | "quantity":
            # Prices keep eight places, so that price times quantity is rounded once.
            places = 8 if column.name in ("unit_price", "list_price", "unit_cost") else 4
            if recipe.table != "sales":
                places = 4
            return cells_sql.number(cell, places, factor(recipe, column.name))
        case "rate":
            return cells_sql.rate(cell, recipe.formats.get(column.name) == "percent")
        case "integer":
            return cells_sql.integer(cell)
        case "flag":
            return cells_sql.flag(cell)
        case "text":
            return cells_sql.member(cell)


def _shape(recipe: Recipe, field: str) -> str:
    return recipe.formats.get(field, "iso")


def _day(recipe: Recipe, field: str) -> str:
    order = recipe.formats.get("date_order")
    return cells_sql.day(_cell(recipe, field), _shape(recipe, field), order)


def _grain(recipe: Recipe, column: Column) -> str:
    if recipe.grain == "month":
        return "'month'"
    return f"case when {_day(recipe, column.name)} is null then 'month' else 'day' end"


def _net(recipe: Recipe) -> str:
    """The line's net amount as the file gives it, DECIMAL(18,4) rounded half-even."""
    have = recipe.columns
    if "amount" in have:
        return '"amount"'
    sides = [f'"{name}"' for name in ("amount_with_tax", "amount_without_tax") if name in have]
    if sides:
        return f"coalesce({', '.join(sides)})"
    if "unit_price" in have and "quantity" in have:
        product = 'cast("unit_price" as decimal(38, 8)) * "quantity"'
        return f"try_cast(round_even({product}, 4) as decimal(18, 4))"
    discount = ' - coalesce("discount", 0)' if "discount" in have else ""
    return f'try_cast(cast("list_amount" as decimal(38, 4)){discount} as decimal(18, 4))'


def _exact(recipe: Recipe) -> str | None:
    field = money_field(recipe)
    if field is None:
        return None
    have = recipe.columns
    direct = ("amount", "amount_with_tax", "amount_without_tax") if field == "net" else (field,)
    read = [
        cells_sql.exact_number(_cell(recipe, n), factor(recipe, n)) for n in direct if n in have
    ]
    if read:
        return f"coalesce({', '.join(read)})"
    if "unit_price" in have and "quantity" in have:
        return 'cast("unit_price" as decimal(38, 8)) * "quantity"'
    return None


def _faults(recipe: Recipe, columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """(condition, SQL text 'reason:field') in the order a person would look."""
    yield "extra is not null and trim(extra) <> ''", literal("surplus_cells:")
    must = _required(recipe, columns)
    for name, column in columns.items():
        yield from _field_faults(recipe, column, name in must)
    if recipe.table == "sales":
        yield '"net" is null', literal("unreadable_amount:amount")


def _conditions(recipe: Recipe, columns: Mapping[str, Column]) -> Iterator[str]:
    """The opposite of `_faults`, written so that good rows are seen to be good at little cost."""
    yield "(extra is null or trim(extra) = '')"
    must = _required(recipe, columns)
    for name, column in columns.items():
        known, none = f'"{name}"', _says_none(_cell(recipe, name))
        if column.kind == "date":
            within = f"between date '{forms.EARLIEST}' and {_last_day(recipe, name)}"
            known = f"case when {known} {within} then 1 end"
        if name in must:
            yield f"{known} is not null"
        elif column.kind != "text":
            # "or" and CASE over truth values look at every row's text; coalesce stops early.
            known = known if column.kind == "date" else f"case when {known} is not null then 1 end"
            yield f"coalesce({known}, case when {none} then 1 end) is not null"
    if recipe.table == "sales" and "amount" not in must:
        yield '"net" is not null'


def _field_faults(recipe: Recipe, column: Column, must: bool) -> Iterator[tuple[str, str]]:
    name, cell = f'"{column.name}"', _cell(recipe, column.name)
    none = _says_none(cell)
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


def _last_day(recipe: Recipe, field: str) -> str:
    last = recipe.formats.get("not_after") if field == date_field(recipe) else None
    return f"cast({literal(last or forms.LATEST)} as date)"


def _says_none(cell: str) -> str:
    return f"({cell} is null or {cell} = '' or {cells_sql.is_none(cell)})"


def _required(recipe: Recipe, columns: Mapping[str, Column]) -> set[str]:
    must = {name for name, column in columns.items() if column.required}
    if recipe.table != "sales":
        return must
    if "amount" in columns:
        return must | {"amount"}
    sides = {"amount_with_tax", "amount_without_tax"} & set(columns)
    if sides:
        return must | (sides if len(sides) == 1 else set())
    return must | next((set(p) for p in _MONEY_PARTS if set(p) <= set(columns)), set())


def _dated(recipe: Recipe) -> bool:
    """Whether a repeated header or a subtotal row fails for want of its date or number."""
    declared = table(recipe.table).columns
    return any(declared[n].required and declared[n].kind != "text" for n in recipe.columns)


def _no_data(recipe: Recipe) -> str:
    cells = [f"c{at}" for at in range(len(recipe.headers))]
    row = f"concat_ws(chr(31), {', '.join(cells)})"
    empty = f"trim(replace({row}, chr(31), '')) = ''"
    ats = sorted(set(recipe.columns.values()))
    header = " and ".join(f"trim(c{at}) = {literal(recipe.headers[at].strip())}" for at in ats)
    date = date_field(recipe)
    undated = f"{cells_sql.is_none(_cell(recipe, date))} and " if date else ""
    total = f"{undated}regexp_matches(lower({row}), {literal(_TOTALS)})"
    return f"coalesce(({empty}) or ({header}) or ({total}), false)"
