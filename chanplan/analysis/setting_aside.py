"""Rows set aside by reason, and what a person has changed in them."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis.arithmetic import ZERO


def by_reason(rows: pd.DataFrame) -> pd.DataFrame:
    """In: told (the reason), money (Decimal or None). Out: told, rows, money (None where no
    row's can be read), the most frequent first."""
    grouped = [
        (told, len(own), _sum(own["money"])) for told, own in rows.groupby("told", sort=True)
    ]
    grouped.sort(key=lambda one: -one[1])
    return pd.DataFrame(grouped, columns=["told", "rows", "money"], dtype=object)


def edits(before: pd.DataFrame, after: pd.DataFrame) -> dict[int, dict[int, str | None]]:
    """Row (by the index) → column (c0 is 0) → its new text, None where it was emptied."""
    cells = [name for name in before.columns if name.startswith("c") and name[1:].isdigit()]
    changed: dict[int, dict[int, str | None]] = {}
    for at in before.index:
        for name in cells:
            was, now = _text(before.at[at, name]), _text(after.at[at, name])
            if was != now:
                changed.setdefault(int(at), {})[int(name[1:])] = now
    return changed


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


def _sum(money: pd.Series) -> Decimal | None:
    known = [one for one in money if isinstance(one, Decimal)]
    return sum(known, ZERO) if known else None
