"""Charts on a page: the reader's words and colours in, a figure with a text alternative out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from chanplan.analysis import maturity
from chanplan.analysis.arithmetic import Member
from chanplan.charts import canvas, palette
from chanplan.charts.palette import DARK, LIGHT, Look
from chanplan.charts.words import Words
from chanplan.metrics.catalogue import catalogue
from chanplan.ui import session
from chanplan.ui.session import language, say
from chanplan.ui.view import View

NOT_STATED = ""


def look() -> Look:
    """Light or dark, as the reader's page is."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def colours(dimension: str) -> dict[Member, str]:
    """The colour of every member, the same on every page."""
    return palette.colours(session.members(dimension))


def bar_colours(dimension: str) -> dict[Member, str]:
    """The same for bars with names beside them: one hue where there are very many."""
    return palette.in_bars(session.members(dimension))


def measure_name(measure: str) -> str:
    """A measure's name in the reader's language."""
    declared = catalogue().measures[measure]
    return declared.zh if language() == "zh" else declared.en


def dimension_name(dimension: str) -> str:
    """A dimension's name in the reader's language."""
    if dimension == maturity.DIMENSION:
        return say("maturities.name")
    declared = catalogue().dimensions[dimension]
    return declared.zh if language() == "zh" else declared.en


def words(view: View, dimension: str, measure: str = "net_sales") -> Words:
    """What a figure of this dimension says, and against which period it compares."""
    return Words(
        measure=measure_name(measure),
        total=say("figures.total"),
        share=say("figures.share"),
        growth=say(f"compare.growth_{view.compare}"),
        base=view.base_told,
        change=say("figures.change"),
        share_change=say("figures.share_change"),
        contribution=say("figures.contribution"),
        others=say("members.others", count="{count}"),
        missing=say("members.missing"),
        labels=session.labels(dimension),
    )


def name_of(dimension: str, member: Member) -> str:
    """What a member is called: its name where it has one, or "not stated"."""
    return names_of(dimension, [member])[0]


def names_of(dimension: str, members: Iterable[Member]) -> list[str]:
    """The same for many members; the labels are fetched once."""
    labels, missing = session.labels(dimension), say("members.missing")
    return [labels.get(each, each) if each else missing for each in members]


def show(
    figure: Any,
    key: str,
    alt: str,
    clicked: Callable[[Member], None] | None = None,
) -> None:
    """Draw a figure in our own look; `clicked` is told the member of a clicked mark."""
    select: Mapping[str, Any] = {}
    if clicked is not None:
        handler = _handler(key, clicked)
        select = {"on_select": handler, "selection_mode": "points"}
    st.plotly_chart(figure, theme=None, key=key, config=_config(alt), alt=alt, **select)


def _config(alt: str) -> dict[str, Any]:
    """The tool bar in the reader's language; a saved picture is named by what it shows."""
    told = (say(f"picture.{word}") for word in ("save", "saving", "saved", "failed"))
    return canvas.config(alt, *told)


def _handler(key: str, clicked: Callable[[Member], None]) -> Callable[[], None]:
    """Reads the chart's selection by item, as tests can set it."""

    def handle() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            member, is_others = points[0]["customdata"][:2]
            if is_others is not True:
                clicked(NOT_STATED if member is None else member)

    return handle
