"""ABC by XYZ on the page: how much money is in steady and unsteady products, and which they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import cells, concentration, steadiness
from chanplan.charts import heat
from chanplan.domain.scope import Scope
from chanplan.ui import address, figure, session, tables
from chanplan.ui.concentration import Found
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

DIMENSION = "product"
PICKER_WIDTH = 420
_KEY = "abc_xyz"


def show(view: View, found: Found) -> None:
    """The matrix; a cell opened by a click or in the list shows its products."""
    coverage = session.coverage()
    if found.shares is None or coverage is None:
        return
    st.header(say("steadiness.title"), anchor=False)
    span = steadiness.window(view.period, coverage.first)
    steady = session.worked_out(_steady, view.scope, coverage.first)
    matrix = steadiness.matrix(found.ranked, steady)
    st.caption(
        say(
            "steadiness.says",
            span=figures().span(span.first, span.last),
            x=steadiness.X_TO,
            y=steadiness.Y_TO,
            few=steadiness.FEWEST_MONTHS,
        )
    )
    opened = address.current(_KEY, _codes(matrix), "")
    drawn = heat.heat(
        list("ABC"), _headings(matrix), _cells(matrix), figure.look(), opened, lines=2
    )
    figure.show(drawn, "steadiness", say("steadiness.alt"), clicked=_opening())
    if steadiness.BEYOND in _classes(matrix):
        most = figures().count(steadiness.MOST_PRODUCTS)
        st.caption(say("steadiness.beyond_says", most=most))
    _products(view, found, steady, _choice(matrix))


def _steady(scope: Scope, first: int) -> pd.DataFrame:
    ranking = session.ask(concentration.query(scope, DIMENSION))
    span, categories = steadiness.window(scope.period, first), bool(session.members("category"))
    products = cells.by_size(cells.cells(ranking, DIMENSION))
    sold, market = steadiness.queries(scope, span, products, categories)
    return steadiness.steadiness(session.ask(sold), session.ask(market), span, categories)


def _classes(matrix: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(matrix["xyz"]))


def _headings(matrix: pd.DataFrame) -> list[str]:
    return [say(f"steadiness.{name.lower()}") for name in _classes(matrix)]


def _cells(matrix: pd.DataFrame) -> list[heat.Cell]:
    rows = cells.records(matrix)
    most = max((row["share"] for row in rows), default=0) or 1
    classes = _classes(matrix)
    return [_cell(row, classes.index(row["xyz"]), float(row["share"] / most)) for row in rows]


def _cell(row: Mapping[str, Any], column: int, strength: float) -> heat.Cell:
    count, value = figures().count(row["count"]), figures().money(row["value"])
    name = f"{row['abc']} · {say('steadiness.' + row['xyz'].lower())}"
    return heat.Cell(
        "ABC".index(row["abc"]),
        column,
        text=f"{say('steadiness.count', count=count)}<br>{value}" if row["count"] else "0",
        strength=strength if row["count"] else None,
        hover=f"<b>{name}</b><br>{value} · {figures().percent(row['share'])}",
        code=f"{row['abc']}-{row['xyz']}",
    )


def _codes(matrix: pd.DataFrame) -> list[str]:
    return ["", *(f"{row['abc']}-{row['xyz']}" for row in cells.records(matrix))]


def _opening() -> Callable[[str | None], None]:
    def opened(code: str | None) -> None:
        st.session_state[_KEY] = str(code)

    return opened


def _choice(matrix: pd.DataFrame) -> str:
    show = {"": say("ranking.nothing")}
    for row in cells.records(matrix):
        name = say(f"steadiness.{row['xyz'].lower()}")
        told = say("steadiness.cell", abc=row["abc"], xyz=name, count=row["count"])
        show[f"{row['abc']}-{row['xyz']}"] = told
    with st.container(width=PICKER_WIDTH):
        return address.choice(_KEY, list(show), "", say("steadiness.open"), show.__getitem__)


def _products(view: View, found: Found, steady: pd.DataFrame, code: str) -> None:
    """The products of a cell; all of them, with their classes, where none is opened."""
    known = {row["product"]: row for row in cells.records(steady)}
    unknown = {"months": 0, "cv": None, "season": "none", "xyz": steadiness.BEYOND}
    rows = [{**row, **known.get(row["member"], unknown)} for row in cells.records(found.ranked)]
    kept = [row for row in rows if not code or f"{row['abc']}-{row['xyz']}" == code]
    if not kept:
        st.caption(say("members.none"))
        return
    frame = cells.table(list(kept[0]), [tuple(row.values()) for row in kept])
    frame = frame.assign(
        name=figure.names_of(DIMENSION, frame["member"]),
        steady=[say(f"steadiness.{xyz.lower()}") for xyz in frame["xyz"]],
        taken=[say(f"steadiness.season_{season}") for season in frame["season"]],
    )
    columns = [
        Column("name", figure.dimension_name(DIMENSION), width=220),
        Column("abc", "ABC"),
        Column("steady", "XYZ"),
        Column("value", figure.measure_name("net_sales"), "money"),
        Column("share", say("figures.share"), "rate"),
        Column("cumulative", say("concentration.cumulative"), "rate"),
        Column("cv", say("steadiness.cv"), "price", help=say("steadiness.cv_help")),
        Column("months", say("fit.months"), "count"),
        Column("taken", say("steadiness.season"), hidden=True),
    ]
    span = figures().span(view.period.first, view.period.last)
    file_name = say("download.name", what="ABC-XYZ", period=span)
    about = [(say("download.about"), " · ".join(view.told))]
    tables.show(frame, columns, "steadiness_products", say("steadiness.table"), about, file_name)
