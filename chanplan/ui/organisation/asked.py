"""What the page asks of the store, kept until the data changes."""

from __future__ import annotations

import pandas as pd

from chanplan.analysis import hierarchy, reorganising
from chanplan.analysis.hierarchy import Tree
from chanplan.analysis.reorganising import CARRIERS, Move, Reorganised
from chanplan.domain.scope import Comparison, Scope
from chanplan.plans.organisation import KINDS, Change
from chanplan.ui import session
from chanplan.ui.session import worked_out, workspace
from chanplan.workspace import organising

Rows = tuple[tuple[tuple[str, str], ...], ...]


def members(kind: str, scope: Scope) -> pd.DataFrame:
    """Members of a kind with what the company says of them."""
    return worked_out(_members, kind, scope)


def history(kind: str, member: str) -> pd.DataFrame:
    """Every word on one member."""
    return worked_out(_history, kind, member)


def said(kind: str) -> pd.DataFrame:
    """What was said by hand."""
    return worked_out(_said, kind)


def preview(
    kind: str, changed: tuple[Change, ...], rows: Rows, scope: Scope
) -> dict[str, tuple[Move, ...]]:
    """What saving these rows would move."""
    return worked_out(_preview, kind, changed, rows, scope)


def tree(scope: Scope, levels: tuple[str, ...]) -> Tree:
    """A tree of the scope's net sales."""
    return worked_out(_tree, scope, levels)


def reorganised(scope: Scope, compare: Comparison, dimension: str) -> Reorganised:
    """What moved between the groups of a dimension from the base to the period."""
    return worked_out(_reorganised, scope, compare, dimension)


def _members(kind: str, scope: Scope) -> pd.DataFrame:
    return organising.members(workspace(), KINDS[kind], scope)


def _history(kind: str, member: str) -> pd.DataFrame:
    return organising.history(workspace(), KINDS[kind], member)


def _said(kind: str) -> pd.DataFrame:
    return organising.said(workspace(), KINDS[kind])


def _preview(
    kind: str, changed: tuple[Change, ...], rows: Rows, scope: Scope
) -> dict[str, tuple[Move, ...]]:
    told = [dict(row) for row in rows]
    return organising.preview(workspace(), KINDS[kind], changed, told, scope)


def _tree(scope: Scope, levels: tuple[str, ...]) -> Tree:
    return hierarchy.tree(session.ask(hierarchy.query(scope, levels)), levels)


def _reorganised(scope: Scope, compare: Comparison, dimension: str) -> Reorganised:
    """A channel carries its group; where partners have moved between channels, they do."""
    for carrier in (CARRIERS[dimension], "partner"):
        then, current = (
            session.ask(reorganising.query(scope, dimension, compare, view, carrier))
            for view in ("then", "current")
        )
        if reorganising.carries(then, current):
            break
    return reorganising.reorganised(then, current)
