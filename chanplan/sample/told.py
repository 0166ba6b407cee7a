"""Lines as a source tells them: with names, money in yuan, cut by month or by quarter."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from chanplan.sample.writing import yuan

# What the company's own books call kinds of lines.
KINDS = {"sale": "销售", "return": "退货", "gift": "赠品"}


def told(sales: pd.DataFrame, names: dict[str, str], shops: dict[str, str]) -> pd.DataFrame:
    """Lines with the names of products and partners, and their money in yuan."""
    return sales.assign(
        name=sales["product"].map(names),
        shop=sales["partner"].map(shops),
        paid=yuan(sales["amount_cents"]),
        off=yuan(sales["discount_cents"]),
        cost=yuan(sales["cost_cents"]),
        price=yuan(sales["unit_price"]),
        before=yuan(sales["list_cents"]),
    )


def by_month(sales: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """("2025-06", the lines of that month)."""
    for month, lines in sales.groupby("month"):
        yield f"{str(month)[:4]}-{str(month)[4:]}", lines


def by_quarter(sales: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """("2025Q2", the lines of that quarter)."""
    quarter = sales["month"] // 100 * 10 + (sales["month"] % 100 - 1) // 3 + 1
    for number, lines in sales.groupby(quarter):
        yield f"{str(number)[:4]}Q{str(number)[4:]}", lines
