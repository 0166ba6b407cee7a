"""Summaries kept beside the lines, so that no page has to read lines.

Amounts are summed by month and three sets of members. Distinct counts cannot be summed, so
they are kept differently: a customer has one row per place with a mask of the months it
bought in; an order that lies in a single cell is counted there, and only the few that
straddle cells (a return in a later month, two channels) are kept one by one.
"""

from chanplan.store.rollups.distinct import order_cells
from chanplan.store.rollups.rebuilding import create, rebuild
from chanplan.store.rollups.summing import sums
from chanplan.store.rollups.tables import AMOUNTS, CELL, MONTHS_A_MASK, PLACE, ROLLUPS, columns

__all__ = [
    "AMOUNTS",
    "CELL",
    "MONTHS_A_MASK",
    "PLACE",
    "ROLLUPS",
    "columns",
    "create",
    "order_cells",
    "rebuild",
    "sums",
]
