"""Targets that are never summed: ratios, coverage, share and distinct counts, each where it is
meant."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.domain.period import MONTHS_A_YEAR
from chanplan.domain.targets import target_measures
from chanplan.plans.nodes import Place, Told
from chanplan.plans.splitting import Node
from chanplan.ui import session
from chanplan.ui.planning import asked, saving
from chanplan.ui.session import figures, say
from chanplan.workspace.planning import Wish

MOST_ROWS = 200
_HUNDRED = Decimal(100)
_MEMBER, _YEAR = "member", "year"


def show(wish: Wish) -> None:
    """A row a member, the year and its months beside each other; empty cells are no target."""
    st.caption(say("planning.points_how"))
    rate = target_measures()[wish.measure].kind == "rate"
    nodes, version = _nodes(wish), str(session.workspace().version)
    known = {one.place: one for one in asked.told(wish.year) if one.measure == wish.measure}
    frame = pd.DataFrame([_row(wish, node, known, rate) for node in nodes])

    def number(heading: str) -> Any:
        shown = "%.1f %%" if rate else "%,.2f"
        return st.column_config.NumberColumn(heading, min_value=0.0, format=shown)

    edited = st.data_editor(
        frame,
        column_config={
            _MEMBER: st.column_config.TextColumn(say("planning.member"), pinned=True, width=170),
            _YEAR: number(say("planning.whole_year")),
            **{str(month): number(figures().short_month(month)) for month in _months(wish)},
        },
        disabled=[_MEMBER],
        hide_index=True,
        key="_".join(("plan_points", wish.measure, *wish.by, str(wish.year), version)),
        placeholder="",
        alt=say("planning.grid_alt"),
    )
    saving.points_form(wish, _points(wish, nodes, edited, rate))


def _months(wish: Wish) -> list[int]:
    return [wish.year * 100 + month for month in range(1, MONTHS_A_YEAR + 1)]


def _nodes(wish: Wish) -> list[Node]:
    """The members of one dimension; of two, of the first."""
    if not wish.by:
        return [()]
    return [(member,) for member in session.members(wish.by[0])[:MOST_ROWS]]


def _row(wish: Wish, node: Node, known: Mapping[Place, Told], rate: bool) -> dict[str, object]:
    told = known.get(tuple(zip(wish.by, node, strict=False)))
    times = _HUNDRED if rate else Decimal(1)
    year = told.by_period.get("year") if told else None
    months = told.months if told else {}
    return {
        _MEMBER: node[0] if node else say("planning.company"),
        _YEAR: None if year is None else float(year * times),
        **{str(m): float(months[m] * times) if m in months else None for m in _months(wish)},
    }


def _points(
    wish: Wish, nodes: list[Node], edited: pd.DataFrame, rate: bool
) -> dict[tuple[str, Node], Decimal]:
    found: dict[tuple[str, Node], Decimal] = {}
    for node, row in zip(nodes, edited.to_dict("records"), strict=True):
        for name, value in row.items():
            if name == _MEMBER or value is None or pd.isna(value):
                continue
            month = 0 if name == _YEAR else int(str(name))
            period = f"{month // 100}-{month % 100:02d}" if month else f"{wish.year}年"
            told = Decimal(str(round(float(value), 4)))
            found[period, node] = told / _HUNDRED if rate else told
    return found
