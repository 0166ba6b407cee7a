"""What the page asks of the store, kept until the data changes."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis.reconcile import ruling, two_sources, tying
from chanplan.analysis.reconcile.ruling import Conflict
from chanplan.analysis.reconcile.two_sources import ALL, Difference, Pair, Side, Way
from chanplan.domain.period import Period
from chanplan.domain.scope import BASES, Basis, Scope, TaxView
from chanplan.ui import session
from chanplan.ui.session import worked_out, workspace
from chanplan.workspace.reconciling import states


def ruled(scope: Scope) -> pd.DataFrame:
    """Which source counts, by channel and month."""
    return ruling.ruled(session.ask(ruling.question(scope)), scope.tax)


def conflicts(scope: Scope) -> list[Conflict]:
    """Where several sources count and nobody has said so."""
    return ruling.conflicts(ruled(scope))


def ties(period: Period, bases: tuple[Basis, ...] | None = None) -> pd.DataFrame:
    """Finance's figures beside ours, of these bases or of all that have any."""
    return worked_out(_ties, period, bases or BASES)


def _ties(period: Period, bases: tuple[Basis, ...]) -> pd.DataFrame:
    return states.ties(workspace(), period, bases)


def tied(told: pd.DataFrame) -> tying.Tied:
    """How many tie."""
    return tying.tied(told)


def usual_tax() -> TaxView:
    """The side of the tax of a figure that names none."""
    return states.usual_tax(workspace())


def sides(scope: Scope) -> list[Side]:
    """Every source of every basis with lines in these months, and every basis as a whole where
    several sources make it; each on the page's side of the tax where it has any amount there."""
    found = []
    for basis in BASES:
        told = session.ask(ruling.question(Scope(scope.period, basis, scope.tax)))
        known: dict[str, bool] = {}
        for row in told.to_dict("records"):
            name = str(row["source"])
            known[name] = known.get(name, False) or row[scope.tax] is not None
        other: TaxView = "without_tax" if scope.tax == "with_tax" else "with_tax"
        own = [Side(name, basis, scope.tax if has else other) for name, has in known.items()]
        if len(own) > 1:
            found.append(Side(ALL, basis, scope.tax if all(known.values()) else other))
        found += sorted(own, key=lambda side: side.source)
    return found


def difference(
    scope: Scope, pair: Pair, way: Way | None, channels: tuple[str, ...] | None
) -> tuple[Difference | None, Way]:
    """Two sides' difference: as their bases ask for it, by product where no order is shared."""
    asked = way or two_sources.usual_way(pair)
    found = _difference(scope, pair, asked, channels)
    if way is None and asked == "orders" and (found is None or not found.shared):
        asked = "products"
        found = _difference(scope, pair, asked, channels)
    return found, asked


def _difference(
    scope: Scope, pair: Pair, way: Way, channels: tuple[str, ...] | None
) -> Difference | None:
    return two_sources.difference(
        session.ask(two_sources.question(scope, pair, way)), way, channels
    )


def rate() -> Decimal:
    """The rate that is taken where nobody has said one."""
    return two_sources.USUAL_RATE
