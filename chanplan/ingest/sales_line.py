"""The sales line, shaped once: typed fields of a recipe become the columns of `sales_line`."""

from __future__ import annotations

from chanplan.domain.recipe import Recipe
from chanplan.domain.taxing import divided, times
from chanplan.ingest import cells_sql
from chanplan.ingest.cells_sql import literal
from chanplan.ingest.fields import own_currency, untaxed

_TEXTS = (
    "channel", "partner", "region", "province", "city", "product", "category", "customer",
    "salesperson",
)  # fmt: skip


def line_columns(recipe: Recipe) -> dict[str, str]:
    """column of sales_line → SQL over the typed fields; batch, line and month are the loader's."""
    money = _money(recipe)
    return {
        "date": '"date"',
        "grain": '"grain"',
        "source": literal(recipe.source),
        "basis": literal(recipe.basis),
        "line_type": _line_type(recipe),
        **{name: _field(recipe, name) or "null" for name in _TEXTS},
        "order_number": _field(recipe, "order") or "null",
        "original_order": _field(recipe, "original_order") or "null",
        "quantity": _signed(recipe, _field(recipe, "quantity")),
        "unit": _field(recipe, "unit") or "null",
        "base_quantity": _signed(recipe, _field(recipe, "quantity")),
        **{name: _signed(recipe, value) for name, value in money.items()},
        "currency": _currency(recipe),
        "status": _field(recipe, "status") or "null",
        "type_word": _field(recipe, "line_type") or "null",
        "own_rate": _field(recipe, "tax_rate") or "null",
        "stated": _stated(recipe),
    }


def told_type(recipe: Recipe) -> str | None:
    """SQL over c0… of the line type a row's own words tell; None without such a column."""
    cells = [f"c{recipe.columns[n]}" for n in ("line_type", "status") if n in recipe.columns]
    if not cells:
        return None
    kinds = [cells_sql.mapped(cell, recipe.line_types) for cell in cells]
    told = f"coalesce({', '.join(kinds)})"
    if len(kinds) == 1 or recipe.cleaning < 2:
        return told
    # An order of the type "sale" that was closed unpaid is none.
    return f"case when {kinds[1]} = 'not_a_sale' then 'not_a_sale' else {told} end"


def refund_columns(recipe: Recipe) -> dict[str, str]:
    """column of `refund` → SQL, for the rows of which `has_refund` is true."""
    gross, bare = _both(recipe, 'abs("refund")')
    return {
        "date": _field(recipe, "refund_date") or "null",
        "amount": f"try_cast({gross or bare} as decimal(18, 4))",
        "told": 'abs("refund")',
        "kind": _field(recipe, "refund_type") or "null",
    }


def has_refund(recipe: Recipe) -> str:
    """SQL true of a sale in whose row a refund stands."""
    sale = '"net" >= 0'
    if told_type(recipe) is not None:
        sale += " and coalesce(told, 'sale') = 'sale'"
    return f'({sale} and "refund" <> 0) is true'


def _paid(recipe: Recipe) -> str:
    """What was paid for a line, before anything was given back."""
    if recipe.formats.get("refund_is") != "within":
        return '"net"'
    return f'case when {has_refund(recipe)} then "net" + abs("refund") else "net" end'


def _field(recipe: Recipe, name: str) -> str | None:
    return f'"{name}"' if name in recipe.columns or name in recipe.constants else None


def _currency(recipe: Recipe) -> str:
    """The code of a line's money, so that ¥, RMB and 人民币 are one and lines that say nothing are
    in that of their file."""
    own = literal(own_currency(recipe))
    if "currency" not in recipe.columns:
        return own
    told = cells_sql.currency_code('"currency"')
    return f"coalesce({told}, {own})"


def _line_type(recipe: Recipe) -> str:
    negative = '"net" < 0'
    if "quantity" in recipe.columns:
        negative += ' or "quantity" < 0'
    by_sign = f"case when {negative} then 'return' else 'sale' end"
    if told_type(recipe) is None:
        return by_sign
    back = f"when {_given_back(recipe, negative)} then 'return'" if recipe.cleaning >= 6 else ""
    return f"case {back} when told is not null and told <> 'sale' then told else {by_sign} end"


def _given_back(recipe: Recipe, negative: str) -> str:
    """SQL true of a negative line whose order is none because it was given back: "Returned" ends
    an order that tells what was paid, and names the return where the money comes back."""
    cells = [f"c{recipe.columns[n]}" for n in ("line_type", "status") if n in recipe.columns]
    words = f"lower(concat_ws(' ', {', '.join(cells)}))"
    return f"told = 'not_a_sale' and ({negative}) and regexp_matches({words}, '退|return|refund')"


def _signed(recipe: Recipe, value: str | None) -> str:
    """Lines called returns by their own words are negative, however the file writes them."""
    if value is None or told_type(recipe) is None:
        return value or "null"
    return f"case when told = 'return' then -abs({value}) else {value} end"


def _money(recipe: Recipe) -> dict[str, str | None]:
    listed = _list(recipe)
    parts = {
        "list": listed,
        "discount": f'({listed}) - "net"' if listed else None,
        "cost": _cost(recipe),
    }
    sides = {"amount": _amounts(recipe)}
    sides |= {
        name: _both(recipe, value) if value else (None, None) for name, value in parts.items()
    }
    names = ("with_tax", "without_tax")
    return {
        f"{part}_{side}": f"try_cast({value} as decimal(18, 4))" if value else None
        for part, values in sides.items()
        for side, value in zip(names, values, strict=True)
    }


def _amounts(recipe: Recipe) -> tuple[str | None, str | None]:
    """Net amount with and without tax; the side nobody states or can work out stays empty."""
    gross, bare = (_field(recipe, f"amount_{side}_tax") for side in ("with", "without"))
    if not (gross or bare) or recipe.formats.get("refund_is") == "within":
        return _both(recipe, _paid(recipe))
    gross, bare = _sides(recipe)
    rate = _rate(recipe)
    if rate is None:
        return gross, bare
    from_bare = times(bare, rate) if bare else None
    from_gross = divided(gross, f"1 + {rate}") if gross else None
    return _first(gross, from_bare), _first(bare, from_gross)


def _sides(recipe: Recipe) -> tuple[str | None, str | None]:
    """SQL of the amount on each side as far as the file states it."""
    gross, bare = (_field(recipe, f"amount_{side}_tax") for side in ("with", "without"))
    plain = _field(recipe, "amount")
    if untaxed(recipe):
        return gross, _first(bare, plain)
    return _first(gross, plain), bare


def _stated(recipe: Recipe) -> str:
    """Which side of its amount a row states, where its file has a column for each."""
    gross, bare = _sides(recipe)
    if not (gross and bare) or recipe.formats.get("refund_is") == "within":
        return "null"
    return (
        f"case when {gross} is not null and {bare} is not null then 'both'"
        f" when {gross} is not null then 'with_tax' else 'without_tax' end"
    )


def _first(*values: str | None) -> str | None:
    """SQL of the first value that a row has."""
    known = [value for value in values if value]
    return f"coalesce({', '.join(known)})" if len(known) > 1 else next(iter(known), None)


def _both(recipe: Recipe, value: str) -> tuple[str | None, str | None]:
    rate = _rate(recipe)
    if untaxed(recipe):
        return (times(value, rate) if rate else None), value
    return value, (divided(value, f"1 + {rate}") if rate else None)


def _rate(recipe: Recipe) -> str | None:
    stated = f"cast({literal(recipe.tax_rate)} as decimal(18, 8))" if recipe.tax_rate else None
    column = _field(recipe, "tax_rate")
    if column and stated:
        return f"coalesce({column}, {stated})"
    return column or stated


def _cost(recipe: Recipe) -> str | None:
    have = recipe.columns
    if "cost" in have:
        return '"cost"'
    if "unit_cost" in have and "quantity" in have:
        return _product('"unit_cost"', '"quantity"')
    return '"net" - "profit"' if "profit" in have else None


def _list(recipe: Recipe) -> str | None:
    have = recipe.columns
    if "list_amount" in have:
        return '"list_amount"'
    if "list_price" in have and "quantity" in have:
        return _product('"list_price"', '"quantity"')
    if "discount" in have:
        given = 'case when "net" < 0 then -abs("discount") else "discount" end'
        return f'"net" + {given}'
    if "discount_rate" in have:
        whole = divided('"net"', '1 - "discount_rate"')
        return f'case when "discount_rate" < 1 then {whole} end'
    return None


def _product(price: str, quantity: str) -> str:
    return f"round_even(cast({price} as decimal(38, 8)) * {quantity}, 4)"
