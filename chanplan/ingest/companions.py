"""Sheets that describe the orders of another one: its returns, or the items of its orders."""

from __future__ import annotations

from dataclasses import replace

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.fitting import Fit, best_fit
from chanplan.ingest.read import Sheet
from chanplan.ingest.told import Hints

JOINING = ("returns", "order_items")


def companion(sheet: Sheet, name: str, sales: Fit) -> Fit | None:
    """How a further sheet of a workbook of sales describes its orders; None if it does not.

    A sheet that is a table of sales itself is none, unless the first one names no products
    and this one does.
    """
    if sheet.hidden or "order" not in sales.matches:
        return None
    own = best_fit(sheet, Hints(), name)
    if own.complete and own.table.name in JOINING:
        return own
    itemised = "product" in own.matches and "product" not in sales.matches
    if own.complete and not (own.table.name == "sales" and itemised):
        return None
    return _as_items(sheet, name)


def _as_items(sheet: Sheet, name: str) -> Fit | None:
    try:
        found = best_fit(sheet, replace(Hints(), table="order_items"), name)
    except UnrecognisedTableError:
        return None
    return found if found.complete else None
