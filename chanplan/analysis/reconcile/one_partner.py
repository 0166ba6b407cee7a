"""One partner's sell-in, sell-out and collections month by month, side by side and never added.

Stock: what was sold in and not out since the first month shown is a hint of what lies with the
partner, in base units: closing = opening + sell-in − sell-out (definitions §8), of which the
opening is unknown here. 回款: what was collected of what was sold in, since then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic, cells
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.domain.period import Period
from chanplan.domain.scope import Basis, Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

# The bases a partner is sold to on, the most telling first.
SELL_IN: Final[tuple[Basis, ...]] = ("shipment", "order", "invoice")
SELL_OUT: Final[Basis] = "sell_out"
COLUMNS: Final = (
    *("month", "sell_in", "sell_out", "collected", "in_quantity", "out_quantity"),
    *("stock", "owed", "rate"),
)
RANKED: Final = ("partner", "sell_in", "sell_out", "collected", "gap")
Ask = Callable[[MetricQuery | Question], pd.DataFrame]
Sums = Mapping[Member, Decimal | None]


def sell_in_bases(known: list[str]) -> list[Basis]:
    """Those of the bases there are that tell of sell-in."""
    return [basis for basis in SELL_IN if basis in known]


def ranked(ask: Ask, scope: Scope, sell_in: Basis) -> pd.DataFrame:
    """Every partner with its three sums, the widest gap first: RANKED.

    gap  sell-in less sell-out, where any of its sell-out is told, else less what was collected
    """
    sold, out, paid = (_by(ask, query) for query in _queries(scope, sell_in, "partner"))
    rows = [
        (partner, sold.get(partner), out.get(partner), paid.get(partner), gap)
        for partner in {*sold, *out, *paid}
        if partner is not None
        for gap in [_gap(sold.get(partner), out.get(partner), paid.get(partner))]
    ]
    rows.sort(key=lambda row: (-abs(row[4] or ZERO), str(row[0])))
    return cells.table(RANKED, rows)


def months(ask: Ask, scope: Scope, sell_in: Basis, partner: str) -> pd.DataFrame:
    """The months of the scope: COLUMNS. What nobody tells is None; `stock`, `owed` and `rate`
    run from the first month, and are None from a month on in which a part is unknown."""
    own = scope.only("partner", partner)
    sold, out, paid = (_by(ask, query) for query in _queries(own, sell_in, "month"))
    came, went = (
        _by(ask, MetricQuery(("quantity",), _on(own, basis), by=("month",)))
        for basis in (sell_in, SELL_OUT)
    )
    return cells.table(COLUMNS, _rows(own.period, sold, out, paid, came, went))


def _rows(
    period: Period, sold: Sums, out: Sums, paid: Sums, came: Sums, went: Sums
) -> list[tuple[object, ...]]:
    stock: Decimal | None = ZERO if came and went else None
    all_sold, all_paid = ZERO, ZERO
    rows: list[tuple[object, ...]] = []
    for month in period:
        at = str(month)
        all_sold += sold.get(at) or ZERO
        all_paid += paid.get(at) or ZERO
        moved = arithmetic.difference(_known(came, at), _known(went, at))
        stock = None if stock is None or moved is None else stock + moved
        owed = all_sold - all_paid if paid else None
        rate = arithmetic.share(all_paid, all_sold) if paid else None
        rows.append(
            (month, sold.get(at), out.get(at), paid.get(at), came.get(at), went.get(at))
            + (stock, owed, rate)
        )
    return rows


def _known(quantities: Sums, month: str) -> Decimal | None:
    """A month without a line moves nothing; one whose units are unlike is unknown."""
    return quantities.get(month, ZERO)


def _gap(sold: Decimal | None, out: Decimal | None, paid: Decimal | None) -> Decimal | None:
    other = out if out is not None else paid
    return None if other is None else (sold or ZERO) - other


def _queries(scope: Scope, sell_in: Basis, by: str) -> tuple[MetricQuery | Question, ...]:
    return (
        MetricQuery(("net_sales",), _on(scope, sell_in), by=(by,)),
        MetricQuery(("net_sales",), _on(scope, SELL_OUT), by=(by,)),
        Question("collections", scope, by=(by,)),
    )


def _on(scope: Scope, basis: Basis) -> Scope:
    return Scope(scope.period, basis, scope.tax, scope.attributes, scope.where, scope.rows)


def _by(ask: Ask, query: MetricQuery | Question) -> dict[Member, Decimal | None]:
    """Member (months as text) → amount; those unknown hold None."""
    frame = ask(query)
    if isinstance(query, Question):
        by, column = query.by[0], "amount"
    else:
        by, column = query.by[0], query.measures[0]
    names = [None if pd.isna(name) else str(name) for name in frame[by].tolist()]
    return dict(zip(names, arithmetic.numbers(frame, column), strict=True))
