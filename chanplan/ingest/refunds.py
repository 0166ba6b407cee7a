"""A refund column: whether the amount beside it is what was paid, or what was left of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chanplan.ingest import values
from chanplan.ingest.headers import normal
from chanplan.ingest.told import Note, Question

# "off": a refund is still to be taken off the amount; "within": the amount is without it already.
CHOICES = ("off", "within")
# What an order came to before anything was given back.
_ORDER_TOTALS = frozenset(
    {
        "总金额",
        "订单总金额",
        "订单金额",
        "应付金额",
        "买家应付货款",
        "ordertotal",
        "销售金额",
        "销售额",
        "销售总额",
        "总销售额",
        "grosssales",
        "sales",
    }
)
# A reading stands when so many of the rows that tell anything agree.
_MOST = Decimal(2) / 3
_CENT = Decimal("0.01")

Row = Sequence[str | None]


@dataclass(frozen=True)
class Votes:
    """Rows that only one reading explains."""

    off: int = 0
    within: int = 0


def total_column(headers: Sequence[str], amount_at: int) -> int | None:
    """The column of what orders came to, where the amount is another one."""
    found = (at for at, head in enumerate(headers) if normal(head) in _ORDER_TOTALS)
    return next((at for at in found if at != amount_at), None)


def votes(rows: Iterable[Row], amount: int, refund: int, total: int | None) -> Votes:
    """How the rows with a refund read.

    A refund above the amount cannot come off it; a refund as large as the amount is one of
    what was paid. Where the order's total is told: it is the amount, or amount and refund.
    """
    off = within = 0
    for row in rows:
        paid, back = _number(row, amount), _number(row, refund)
        if not back or paid is None:
            continue
        whole = _number(row, total) if total is not None else None
        back = abs(back)
        if back > paid or (whole is not None and abs(whole - paid - back) < _CENT):
            within += 1
        elif back == paid or (whole is not None and abs(whole - paid) < _CENT):
            off += 1
    return Votes(off, within)


def decided(found: Votes, header: str) -> tuple[str, list[Question], list[Note]]:
    """("off" or "within", what to ask, what to tell)."""
    told = found.off + found.within
    likelier = "within" if found.within > found.off else "off"
    most = max(found.off, found.within)
    if told and most < _MOST * told:
        return likelier, [Question("refunds", header, CHOICES, likelier)], []
    return likelier, [], [Note(f"refunds_{likelier}", {"header": header})]


def _number(row: Row, at: int) -> Decimal | None:
    return values.number_of(row[at]) if at < len(row) else None
