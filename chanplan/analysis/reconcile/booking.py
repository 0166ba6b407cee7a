"""Finance's figures as typed in a grid of one month: which rows of the ledger they make."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from chanplan.analysis import cells

# Of the rows that a grid shows: as many as anyone types into.
COLUMNS: Final = ("basis", "source", "channel", "tax", "ours", "book", "difference", "reason")
PLACES = Decimal("0.0001")


def grid(told: pd.DataFrame, month: int) -> pd.DataFrame:
    """The rows of `tying.ties` of one month by basis, source and channel: COLUMNS, state."""
    rows = [row for row in cells.records(told) if int(row["month"]) == month]
    rows.sort(key=lambda row: (row["basis"], row["source"] == "", row["source"],
                               row["channel"] or "", row["tax"]))  # fmt: skip
    names = (*COLUMNS, "state")
    return cells.table(names, [[row[name] for name in names] for row in rows])


def said(
    shown: pd.DataFrame, edited: Mapping[int, Mapping[str, Any]], month: int
) -> list[Mapping[str, str]]:
    """Rows (column → text) of the table of control totals that a person has typed.

    edited  position in `grid` → column → what was typed. A row without a figure, typed or known,
    says nothing: a reason belongs to a difference.
    """
    rows = cells.records(shown)
    made: list[Mapping[str, str]] = []
    for at, typed in sorted(edited.items()):
        row = rows[at]
        book, reason = typed.get("book", row["book"]), typed.get("reason", row["reason"])
        if book is None or pd.isna(book):
            continue
        amount = Decimal(str(book)).quantize(PLACES)
        told = {
            "month": f"{month // 100}-{month % 100:02d}",
            "source": row["source"],
            "basis": row["basis"],
            "channel": row["channel"] or "",
            "tax": row["tax"],
            "amount": f"{amount:f}",
            "reason": (reason or "").strip(),
        }
        made.append(told)
    return made
