"""Sheets that describe the orders of another one: its returns, or the items of its orders."""

from __future__ import annotations

from dataclasses import replace

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.fitting import Fit, best_fit
from chanplan.ingest.matching import cells_of
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
    if own.complete and not (own.table.name == "sales" and _tells_items_of(own, sales)):
        return None
    return _as_items(sheet, name)


def _tells_items_of(own: Fit, sales: Fit) -> bool:
    """Whether sales of another sheet are the items of the first one's orders: it names their
    products, and some of their numbers."""
    if "product" not in own.matches or "product" in sales.matches or "order" not in own.matches:
        return False
    ours, theirs = (set(cells_of(fit.sample, fit.matches["order"].at)) for fit in (own, sales))
    return bool((ours & theirs) - {None, ""})


def _as_items(sheet: Sheet, name: str) -> Fit | None:
    try:
        found = best_fit(sheet, replace(Hints(), table="order_items"), name)
    except UnrecognisedTableError:
        return None
    return found if found.complete else None
