"""Targets of rates and distinct counts: each beside its own actual, met or not."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from chanplan.analysis import tracking_rates
from chanplan.charts import heat
from chanplan.language.numbers import UNKNOWN
from chanplan.metrics.catalogue import catalogue
from chanplan.reports.tables import Kind
from chanplan.ui import figure, session, tables
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.ui.tracking.choice import Choice
from chanplan.ui.tracking.heat import headings

# An attainment of 70 or 130 % has the full colour.
FULL: Final = 0.3
MOST_ROWS: Final = 25
_KINDS: Final[Mapping[str, Kind]] = {"rate": "rate", "price": "price", "count": "count"}


def show(choice: Choice) -> None:
    """How many are met, the map of members and periods, and the table to take away."""
    frame = session.worked_out(_found, choice.scope, choice.level, choice.measure)
    name = figure.measure_name(choice.measure)
    if frame.empty:
        st.info(say("targets.said_no_target", span=choice.span))
        return
    met, judged = tracking_rates.in_sight(frame)
    said = "targets.rates_met" if judged else "targets.rates_none"
    st.header(say(said, span=choice.span, measure=name, met=met, judged=judged), anchor=False)
    st.caption(say("targets.rates_says"))
    rows = frame.to_dict("records")
    _map(choice, rows)
    _table(choice, frame, rows)


def _found(scope: Any, by: str, measure: str) -> pd.DataFrame:
    return workspace().targets.rated(scope, by, measure)


def _map(choice: Choice, rows: list[dict[Any, Any]]) -> None:
    names = list(dict.fromkeys(_name(choice, row) for row in rows))[:MOST_ROWS]
    spans = sorted({(row["first"], row["last"]) for row in rows})
    cells = [
        _cell(
            choice, names.index(_name(choice, row)), spans.index((row["first"], row["last"])), row
        )
        for row in rows
        if _name(choice, row) in names
    ]
    drawn = heat.heat(names, _headings(spans), cells, figure.look())
    figure.show(drawn, "target_rates", say("targets.heat_alt"))


def _headings(spans: list[tuple[int, int]]) -> list[str]:
    """Of one year 10–12月 says enough: the head line has the year."""
    if all(first == last for first, last in spans):
        return headings([first for first, _ in spans])
    if len({month // 100 for span in spans for month in span}) > 1:
        return [_span(*span) for span in spans]
    named = [tuple(map(figures().short_month, span)) for span in spans]
    return [one if one == last else f"{one.removesuffix('月')}–{last}" for one, last in named]


def _cell(choice: Choice, row: int, column: int, told: dict[Any, Any]) -> heat.Cell:
    reached = told["attainment"]
    strength = None if reached is None else max(-1.0, min(1.0, float(reached - 1) / FULL))
    if strength is not None and catalogue().measures[choice.measure].better == "down":
        strength = -strength
    lines = [
        f"<b>{escape(_name(choice, told))} · {_span(told['first'], told['last'])}</b>",
        f"{say('targets.target')} {choice.written(told['target'])}",
        f"{say('targets.actual')} {choice.written(told['actual'])}",
        say(f"targets.rate_{told['state']}"),
    ]
    text = UNKNOWN if told["actual"] is None else choice.written(told["actual"])
    return heat.Cell(row, column, text, strength, "<br>".join(lines), "")


def _table(choice: Choice, frame: pd.DataFrame, rows: list[dict[Any, Any]]) -> None:
    unit = catalogue().measures[choice.measure].unit
    kind: Kind = _KINDS.get(unit, "quantity")
    shown = frame.assign(
        name=[_name(choice, row) for row in rows],
        span=[_span(row["first"], row["last"]) for row in rows],
        said=[_judged(row) for row in rows],
    )
    level = figure.dimension_name(choice.level) if choice.level else say("targets.company")
    columns = [
        Column("name", level, width=150),
        Column("span", say("targets.period")),
        Column("target", say("targets.target"), kind),
        Column("actual", say("targets.actual"), kind),
        Column("attainment", say("targets.attainment"), "rate"),
        Column("difference", say("targets.difference"), "points" if unit == "rate" else kind,
               signed=True),
        Column("said", say("targets.state")),
    ]  # fmt: skip
    measure = figure.measure_name(choice.measure)
    saved = say("download.name", what=f"{say('targets.title')} {measure}", period=choice.span)
    about = [(say("download.about"), " · ".join(choice.view.told))]
    tables.show(shown, columns, "target_rates_table", say("targets.table_alt"), about, saved)


def _judged(row: dict[Any, Any]) -> str:
    if row["met"] is None:
        return say(f"targets.rate_{row['state']}")
    met = say("targets.rate_met" if row["met"] else "targets.rate_short")
    return met if row["state"] == "done" else f"{met} · {say('targets.rate_open')}"


def _name(choice: Choice, row: dict[Any, Any]) -> str:
    if row["is_total"] or not choice.level:
        return say("targets.whole")
    return figure.name_of(choice.level, row[choice.level])


def _span(first: int, last: int) -> str:
    return figures().short_month(first) if first == last else figures().span(first, last)
