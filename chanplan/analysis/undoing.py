"""What would go with the last import, if it were taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.stocktaking import SALES


@dataclass(frozen=True)
class Undoing:
    """batches, and the files they came from; rows and money that no longer count; months, first
    and last, or none; replaces: lines that gave way to them count again."""

    batches: tuple[int, ...]
    files: tuple[str, ...]
    rows: int
    money: Decimal
    months: tuple[int, int] | None
    replaces: bool


def undoing(batches: pd.DataFrame, last: Collection[int]) -> Undoing | None:
    """In: `analysis.batch_money.placed` and `Workspace.imports.last`. None where nothing counts."""
    ours = batches[batches["batch"].isin(list(last))]
    if ours.empty:
        return None
    sales = ours[(ours["table"] == SALES) & ours["first_month"].notna()]
    span = None
    if not sales.empty:
        span = int(sales["first_month"].min()), int(sales["last_month"].max())
    return Undoing(
        batches=tuple(int(batch) for batch in ours["batch"]),
        files=tuple(dict.fromkeys(str(name) for name in ours["name"])),
        rows=int(ours["rows_loaded"].sum()),
        money=sum((told for told in sales["counted"] if isinstance(told, Decimal)), ZERO),
        months=span,
        replaces=bool(ours["takes"].isin(["replace", "replace_months"]).any()),
    )
