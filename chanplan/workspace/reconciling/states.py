"""How far a month is reconciled: sources that stand against each other, figures that do not tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.cells import records
from chanplan.analysis.reconcile import ruling, tying
from chanplan.analysis.reconcile.ruling import Conflict
from chanplan.domain.period import Period
from chanplan.domain.scope import BASES, Basis, Scope, TaxView

if TYPE_CHECKING:
    from chanplan.workspace.workspace import Workspace


class State(NamedTuple):
    """state  "none": nothing to hold against anything; "open"; "done"
    left      what is open: conflicts of sources, and figures of finance's that are off unexplained
    money     what is at stake in them
    """

    state: Literal["none", "open", "done"]
    left: int
    money: Decimal


def state(space: Workspace, month: int) -> State:
    """How far a month is reconciled, in every basis; no money of two bases is added: `money` is
    that of the basis with most at stake."""
    period, side = Period(month, month), usual_tax(space)
    left, most, any_told = 0, ZERO, False
    for basis in _bases(space):
        cells, tied = _sides(space, Scope(period, basis, side))
        told = ruling.conflicts(ruling.ruled(cells, side))
        off = [row for row in records(tied) if row["state"] in ("off", "no_data")]
        any_told |= bool(told) or any(row["book"] is not None for row in records(tied))
        left += len(told) + len(off)
        money = sum((abs(one.stake) for one in told), ZERO)
        money += sum((abs(row["difference"] or row["book"]) for row in off), ZERO)
        most = max(most, money)
    return State("open" if left else "done" if any_told else "none", left, most)


def usual_tax(space: Workspace) -> TaxView:
    """The side of the tax that a figure is of where it does not say: the company's."""
    return "without_tax" if space.company.said.tax == "without_tax" else "with_tax"


def conflicts(space: Workspace, scope: Scope) -> list[Conflict]:
    """Channels and months that several sources tell in the scope's basis, without a word."""
    frame = space.ask(ruling.question(replace(scope, where=()))).frame
    return ruling.conflicts(ruling.ruled(frame, scope.tax))


def ties(
    space: Workspace, period: Period, bases: Sequence[Basis] = BASES, tax: TaxView | None = None
) -> pd.DataFrame:
    """Finance's figures beside ours in these months: see `tying.ties`."""
    side, known = tax or usual_tax(space), _bases(space)
    scopes = [Scope(period, basis, side) for basis in bases if basis in known]
    made = [_sides(space, scope)[1] for scope in scopes]
    kept = [frame for frame in made if not frame.empty]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=[*tying.COLUMNS])


def _sides(space: Workspace, scope: Scope) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What every source tells in the scope's basis, and finance's figures beside it."""
    booked = space.ask(tying.question(scope)).frame
    cells = space.ask(ruling.question(scope)).frame
    tied = tying.ties(booked, cells, scope.basis, scope.tax, space.company.said.tolerance)
    return cells, tied


def _bases(space: Workspace) -> list[Basis]:
    """Those that any sale or any figure of finance's is told on."""
    found = space.store.fetch(
        "select distinct basis from batch where table_name = 'sales'"
        " union select distinct basis from control_lines"
    )
    told = {str(basis) for basis in found["basis"]}
    return [basis for basis in BASES if basis in told]
