"""The table beside a bridge: its steps, or the items that make one of them; to be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic, bridge
from chanplan.analysis.bridge import STEPS, Bridge
from chanplan.charts.waterfall import BridgeWords, Row, rows_of
from chanplan.charts.words import width
from chanplan.reports.native_chart import Chart
from chanplan.ui import comparing, figure, tables
from chanplan.ui.session import figures, say
from chanplan.ui.share_table import name_width
from chanplan.ui.tables import Column
from chanplan.ui.view import View

Grain = tuple[str, ...]
# What a table of a step's items shows; its menu of columns and the downloads have the rest.
SHOWN = {
    "volume": ("quantity_base", "quantity"),
    "mix": ("unit_price_base", "quantity"),
    "price": ("unit_price_base", "unit_price"),
    "new": ("quantity",),
    "lost": ("quantity_base",),
    "gifts": ("given", "given_cost"),
    "other": ("base", "value"),
}
# Half-width columns of a period's name beside its bar; a longer one is told above the chart.
WIDEST_PERIOD = 12
_MONEY = ("value", "base", "given_cost", "given_cost_base")
_QUANTITY = ("quantity", "quantity_base", "given", "given_base")
_PRICE = ("unit_price", "unit_price_base")


def steps(view: View, found: Bridge, words: BridgeWords, key: str) -> None:
    """The bars as a table: money, part of the growth, and how each is worked out; the workbook
    has the totals between them, too, and draws all."""
    rows = rows_of(found, words)
    moved = [row for row in rows if not row.total and row.money]
    columns = [
        Column("part", say("bridge.part")),
        Column("money", figure.measure_name("net_sales"), "money", signed=True),
        Column("points", say("figures.contribution_short"), "points"),
        Column("formula", say("bridge.formula_heading")),
    ]
    key = f"{key}_steps"
    frame = _frame(moved, found, words)
    tables.show(frame, columns, key, say("bridge.steps_alt"), whole=True)
    totals = tuple(at for at, row in enumerate(rows) if row.total)
    file = _file(view, found, say("bridge.title"))
    drawn = Chart("waterfall", ("part",), ("money",), len(rows), title=file, totals=totals)
    whole = _frame(rows, found, words)
    tables.downloads(whole, columns, file, key, _about(view), drawn)


def _frame(rows: Sequence[Row], found: Bridge, words: BridgeWords) -> pd.DataFrame:
    """Bars as rows: a total is no part of the growth."""
    parts = [None if r.total else arithmetic.contribution(r.money, found.base) for r in rows]
    frame = pd.DataFrame({"part": [row.name for row in rows]})
    frame["money"] = arithmetic.column(row.money for row in rows)
    frame["points"] = arithmetic.column(parts)
    frame["formula"] = ["" if row.total else words.formulas[row.step] for row in rows]
    return frame


def items(view: View, found: Bridge, step: str, words: BridgeWords, key: str) -> None:
    """The items of one step, most money first."""
    st.caption(f"{words.says[step]}  \n{words.formulas[step]}")
    rows = bridge.behind(found, step)
    if rows.empty:
        st.caption(say("bridge.none"))
        return
    for name in found.by:
        rows[name] = figure.names_of(name, arithmetic.members(rows, name))
    rows["kind"] = [say(f"bridge.kinds.{kind}") for kind in rows["kind"]]
    heading = say("bridge.money", step=words.steps[step])
    columns = [
        *(_members(rows, name) for name in found.by),
        Column("money", heading, "money", signed=True, hidden=step == "gifts"),
        *_figures(step),
        Column("kind", say("bridge.kind"), hidden=True),
    ]
    alt = say("bridge.items_alt", step=words.steps[step], items=items_name(found.by).lower())
    file = _file(view, found, words.steps[step])
    tables.show(rows, columns, f"{key}_{step}_items", alt, _about(view), file)


def _members(rows: pd.DataFrame, dimension: str) -> Column:
    wide = name_width(rows[dimension].head(tables.MOST_SHOWN))
    return Column(dimension, figure.dimension_name(dimension), width=wide)


def _figures(step: str) -> list[Column]:
    """What the money of a step comes from; first what it needs, the rest hidden."""
    told = [Column(name, say(f"bridge.{name}"), "money") for name in _MONEY]
    told += [Column(name, say(f"bridge.{name}"), "quantity") for name in _QUANTITY]
    told += [Column(name, say(f"bridge.{name}"), "price") for name in _PRICE]
    places = {name: at for at, name in enumerate(SHOWN[step])}
    told.sort(key=lambda column: places.get(column.name, len(places)))
    return [replace(column, hidden=column.name not in places) for column in told]


def items_name(by: Grain) -> str:
    """渠道 × 产品: what an item is called."""
    return say("bridge.times").join(figure.dimension_name(name) for name in by)


def words_of(view: View, found: Bridge) -> BridgeWords:
    """What the waterfall says, in the reader's words."""
    items = items_name(found.by).lower()
    given = {
        name: figures().quantity(arithmetic.total(found.items[name]))
        for name in ("given", "given_base")
    }
    volume = "bridge.formula.volume_unlike" if found.unlike_units else "bridge.formula.volume"
    names = (*STEPS, "continuing")
    formulas = {name: say(f"bridge.formula.{name}") for name in names} | {"volume": say(volume)}
    told = periods(view)
    if max(map(width, told.values())) > WIDEST_PERIOD:
        told = {side: say(f"bridge.short.{side}") for side in told}
    return BridgeWords(
        **told,
        steps={name: say(f"bridge.steps.{name}") for name in names},
        says={name: say(f"bridge.says.{name}", items=items, **given) for name in names},
        formulas=formulas,
    )


def periods(view: View) -> dict[str, str]:
    """Both sides as a reader calls them, by their months or days."""
    return {"base": view.base_told, "now": comparing.told(view.period, view.scope.days)}


def _about(view: View) -> list[tuple[str, str]]:
    return [(say("download.about"), " · ".join(view.told))]


def _file(view: View, found: Bridge, step: str) -> str:
    what = items_name(found.by).replace(" ", "")
    return say("bridge.name", what=what, step=step, period=periods(view)["now"])
