"""A person's adjustment of sales: a file of one line, with its author and reason in the journal."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

import pandas as pd

from chanplan.domain.adjusting import ADJUSTED, Told
from chanplan.domain.errors import AdjustmentError, MonthClosedError
from chanplan.domain.period import shift
from chanplan.domain.scope import Basis, Scope, TaxView
from chanplan.domain.tables import table
from chanplan.ingest.recognise import Hints
from chanplan.workspace.by_hand import SAID_AT

if TYPE_CHECKING:
    from chanplan.workspace.records import Outcome
    from chanplan.workspace.workspace import Workspace

# What a line says that it is, in a word every reader of line types knows.
_KIND = "调整"
_DIGITS = 14


@dataclass(frozen=True)
class Adjustment:
    """An amount (negative: less) of a month's net sales, on one side of the tax.

    rate  by which the other side is told
    """

    month: int
    channel: str
    amount: Decimal
    basis: Basis = "order"
    tax: TaxView = "with_tax"
    rate: Decimal = Decimal("0.13")
    partner: str = ""
    product: str = ""


def first_open(space: Workspace) -> int | None:
    """The month after the last closed one; where none is closed the last with sales, and None
    where nothing has come in."""
    covered, closed = space.periods(), space.closings.closed()
    if closed:
        return shift(closed[-1], 1)
    return None if covered is None else covered.last


def adjust(space: Workspace, made: Adjustment, reason: str) -> Outcome:
    """Bring it in as a batch of its own; undone like any.

    Raises AdjustmentError without a channel, an amount or a reason, MonthClosedError for a
    closed month.
    """
    reason = reason.strip()
    missing = [not made.channel.strip(), not made.amount, not reason]
    if any(missing):
        named = ("channel", "amount", "reason")[missing.index(True)]
        raise AdjustmentError(f"adjustment_without_{named}")
    if abs(made.amount.adjusted()) >= _DIGITS:
        raise AdjustmentError("adjustment_too_large")
    if made.month in space.closings.closed():
        told = f"{made.month // 100}-{made.month % 100:02d}"
        raise MonthClosedError("month_closed", months=told)
    text, heads = _written(made, datetime.now(UTC).isoformat(timespec="microseconds"))
    name = f"{ADJUSTED}_{made.month // 100}-{made.month % 100:02d}.csv"
    original = space.receive(name, text)
    hints = Hints(
        table="sales",
        source=ADJUSTED,
        basis=made.basis,
        tax=made.tax,
        tax_rate=str(made.rate),
        columns=heads,
    )
    return space.load(original, space.inspect(original, hints), "append", note=reason)


def told(space: Workspace, scope: Scope) -> Told | None:
    """How many adjustments the net sales of a scope hold, and their sum; None for none."""
    asked = dict(scope.where).get("source")
    if ADJUSTED not in space.members("source") or (asked and ADJUSTED not in asked):
        return None
    count, money = space.sum_of_lines(scope.only("source", ADJUSTED))
    return Told(count, money) if count else None


def listed(space: Workspace) -> pd.DataFrame:
    """Every adjustment, newest first: batch, month, basis, channel, partner, product, with_tax,
    without_tax, reason, at, by, active."""
    return space.store.fetch(_LISTED, [ADJUSTED])


_LISTED = """
    select line.batch, line.month, line.basis, line.channel, line.partner, line.product,
        line.amount_with_tax as with_tax, line.amount_without_tax as without_tax,
        batch.note as reason, batch.imported_at as at, batch.imported_by as by, counted.active
    from sales_line as line join batch on batch.batch = line.batch
    join batch_month as counted on counted.batch = line.batch and counted.month = line.month
    where line.source = ? order by line.batch desc, line.line"""


def _written(made: Adjustment, at: str) -> tuple[bytes, dict[str, str]]:
    """The file, and column → its heading."""
    cells = {
        "date": f"{made.month // 100}-{made.month % 100:02d}",
        "channel": made.channel.strip(),
        "partner": made.partner.strip(),
        "product": made.product.strip(),
        f"amount_{made.tax}": f"{made.amount:f}",
        "line_type": _KIND,
    }
    declared = table("sales").columns
    used = {name: cell for name, cell in cells.items() if cell}
    heads = {name: declared[name].zh for name in used}
    text = StringIO(newline="")
    csv.writer(text).writerows([[*heads.values(), SAID_AT], [*used.values(), at]])
    return text.getvalue().encode(), heads
