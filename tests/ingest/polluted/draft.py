"""A clean table of sales lines, and what a pollution may do to it before it becomes a file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

DATE, CHANNEL, PRODUCT, QUANTITY, AMOUNT, CUSTOMER, NOTE = range(7)
# What a loaded line must say: date, channel, product, quantity, amount, customer.
Truth = tuple[date, str, str, Decimal | None, Decimal, str]

HEADERS = {
    "zh": ["日期", "渠道", "产品", "数量", "金额", "客户", "备注"],
    "en": ["Date", "Channel", "Product", "Quantity", "Amount", "Customer", "Note"],
}
CHANNELS = {"zh": ["天猫", "京东", "经销商"], "en": ["Online", "Retail", "Wholesale"]}
PRODUCTS = {"zh": ["气泡水", "柠檬茶", "冷萃咖啡"], "en": ["Cola", "Lemon tea", "Cold brew"]}
CUSTOMERS = {"zh": ["杭州好邻居", "南京万家"], "en": ["Corner Shop", "Harbour Mart"]}
ROWS = 24


@dataclass(frozen=True)
class Error:
    """A cell of a workbook that shows an Excel error."""

    shown: str


@dataclass(frozen=True)
class Formula:
    """A cell of a workbook whose formula nobody worked out."""

    text: str


@dataclass
class Row:
    """Cells of one row; truth: the line it must become, None where it must not be loaded.

    data  whether it must then be set aside (True) or is no data at all (False)
    """

    cells: list[Any]
    truth: Truth | None
    data: bool = True


@dataclass
class Draft:
    """A table on its way to a file; pollutions change it."""

    language: str
    header: list[list[Any]]
    rows: list[Row]
    above: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    form: str = "csv"
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\n"
    quote_all: bool = False
    wrapped: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    def data(self) -> Iterator[Row]:
        """The rows that are lines, as they are now."""
        return (row for row in self.rows if row.truth is not None)

    def truths(self) -> list[Truth]:
        """What must be loaded."""
        return [row.truth for row in self.rows if row.truth is not None]

    def damaged(self) -> int:
        """How many rows must be set aside."""
        return sum(1 for row in self.rows if row.truth is None and row.data)


def clean(language: str, seed: int, form: str) -> Draft:
    """Rows in the order of their channel; amounts with cents, some negative."""
    chance = random.Random(seed)
    rows = []
    for at in range(ROWS):
        day = date(2024, 3, 1) + timedelta(days=chance.randrange(0, 31))
        quantity = Decimal(chance.randrange(1, 60))
        amount = Decimal(chance.randrange(100_000, 9_000_000)) / 100
        if at % 9 == 4:
            quantity, amount = -quantity, -amount
        channel = CHANNELS[language][at * 3 // ROWS]
        product = chance.choice(PRODUCTS[language])
        customer = chance.choice(CUSTOMERS[language])
        cells = [day, channel, product, quantity, amount, customer, ""]
        rows.append(Row(cells, (day, channel, product, quantity, amount, customer)))
    return Draft(language, [list(HEADERS[language])], rows, form=form)
