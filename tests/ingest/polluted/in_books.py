"""Pollutions that only workbooks have, and headings that say their column in an odd dress."""

from __future__ import annotations

from decimal import Decimal

from tests.ingest.polluted.draft import AMOUNT, HEADERS, Draft
from tests.ingest.polluted.pollutions import BOOKS, each, pollution


@pollution("amount", forms=("xlsx",))
def shown_in_pounds(draft: Draft) -> None:
    """The money stands in the number format alone."""
    draft.options["amount_format"] = "[$£-809]#,##0.00"


@pollution("amount", forms=("xlsx",))
def shown_in_ten_thousands(draft: Draft) -> None:
    """The size stands in the number format alone."""
    draft.options["amount_format"] = '0.0000"万元"'
    draft.options["shown_size"] = 10_000
    each(draft, AMOUNT, lambda amount: Decimal(amount) / 10000)


@pollution("amount", "formats_differ", forms=("xlsx",))
def shown_in_two_sizes(draft: Draft) -> None:
    draft.options["amount_format"] = '0.00"万元"'
    draft.options["plain_amounts"] = 3


@pollution("header")
def framed_headings(draft: Draft) -> None:
    draft.header[0][:] = [f"【{head}】" for head in draft.header[0]]


@pollution("header")
def numbered_headings(draft: Draft) -> None:
    draft.header[0][:] = [f"{at}.{head}" for at, head in enumerate(draft.header[0], 1)]


@pollution("header")
def headings_in_two_languages(draft: Draft) -> None:
    pairs = zip(HEADERS["zh"], HEADERS["en"], strict=True)
    draft.header[0][:] = [f"{zh}/{en}" for zh, en in pairs]


@pollution("shape", "rows", forms=BOOKS)
def same_table_beside(draft: Draft) -> None:
    """A second table right beside the first, without a gap."""
    for cells in (*draft.header, *(row.cells for row in draft.rows)):
        cells += list(cells)
