"""The pivot on a page: one sentence, the chart that was chosen, the table and its downloads."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic, pivot
from chanplan.analysis.pivot import TOTAL, Head, Key, Lead, Pivot
from chanplan.charts import crossed, palette
from chanplan.charts.crossed import Series
from chanplan.metrics.catalogue import catalogue
from chanplan.reports.native_chart import Chart
from chanplan.ui import figure, saved_views, session, tables
from chanplan.ui.pivot import choices, narrowing, words
from chanplan.ui.pivot.choices import Choices
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

# Rows on the page; the downloads have all.
MOST_SHOWN = 200
# Series an eye tells apart, and bars or points of a single one.
MOST_SERIES, MOST_BARS, MOST_POINTS = 8, 15, 60
# The strongest shade of a cell leaves its figure readable on a light and on a dark page.
STRONGEST = 0.5
_SHADE = "#0b65c7"


def show(view: View) -> None:
    """Ask for what is chosen, and show it; say what to do where nothing can be shown. The
    sentence stands above all, though it is known last."""
    top = st.container()
    choices.presets()
    saved_views.show()
    chosen = choices.choices(view)
    if chosen is None:
        st.info(say("pivot.begin"))
        return
    with st.spinner(say("pivot.asking")):
        asked = pivot.queries(chosen.layout, view.scope, view.compare)
        found = pivot.pivot(chosen.layout, [session.ask(one) for one in asked], chosen.order)
    if not found.keys:
        st.info(say("pivot.nothing"))
        return
    with top:
        _headline(view, found)
    _noted(found)
    if chosen.chart != "table":
        _chart(chosen, found)
    _table(view, chosen, found)


def _headline(view: View, found: Pivot) -> None:
    """Who is largest and who moved most, in one sentence made from the answer."""
    measure, told = found.layout.measures[0], pivot.lead(found)
    total = found.cell(TOTAL, Head(TOTAL, measure, "value"))
    said = {"measure": figure.measure_name(measure), "total": _figure(measure, total)}
    if told is None:
        st.header(say("pivot.lead_total", **said), anchor=False)
        return
    said |= {"name": _plainly(found, told.largest), "value": _figure(measure, told.value)}
    code = "pivot.lead" if told.share is None else "pivot.lead_share"
    first = say(code, **said, share=figures().percent(told.share))
    st.header(first + _moved(view, found, told), anchor=False)


def _moved(view: View, found: Pivot, told: Lead) -> str:
    if told.mover is None or told.change is None:
        return say("pivot.stop")
    unit = words.unit_of_change(found.layout.measures[0])
    code = "pivot.rose" if told.change > 0 else "pivot.fell"
    said = {"name": _plainly(found, told.mover), "change": figures().by_unit(told.change, unit)}
    return say(code, **said, compare=say(f"compare.word_{view.compare}"))


def _noted(found: Pivot) -> None:
    """What cannot be answered, and why."""
    told = [(name, "unknown") for name in pivot.unanswered(found)]
    told += [(name, "no_total") for name in pivot.without_total(found)]
    for measure, why in told:
        reason = say(f"pivot.{why}_{words.needs(measure)}")
        st.caption(say("pivot.note", measure=figure.measure_name(measure), reason=reason))


def _chart(chosen: Choices, found: Pivot) -> None:
    """The first measure drawn, its first rows as series where there is something across."""
    measure = found.layout.measures[0]
    declared, kind = catalogue().measures[measure], chosen.chart
    if kind == "stacked" and not declared.additive:
        st.caption(say("pivot.not_stacked", measure=figure.measure_name(measure)))
        kind = "bars"
    months: tuple[int, ...] = ()
    if found.across:
        keys = found.keys[:MOST_SERIES]
        if found.layout.column == "month":
            months = tuple(int(str(month)) for (month,) in found.across)
        places = [words.name(found.layout, across, True) for across in found.across]
        series = [_series(found, key, measure, at) for at, key in enumerate(keys)]
    else:
        keys = found.keys[: MOST_BARS if kind == "bars" else MOST_POINTS]
        places = [words.name(found.layout, key) for key in keys]
        values = tuple(found.cell(key, Head(TOTAL, measure, "value")) for key in keys)
        series = [Series(figure.measure_name(measure), _SHADE, values)]
    drawn = crossed.crossed(
        kind,  # type: ignore[arg-type]
        series,
        places,
        declared.unit,
        figures(),
        figure.look(),
        months,
    )
    what = _title(found)
    if len(keys) < len(found.keys):
        what = say("pivot.drawn", what=what, shown=len(keys), of=len(found.keys))
    st.caption(what)
    clicked = narrowing.narrowing(found, keys)
    figure.show(drawn, "pivot_picture", say("pivot.alt", what=_title(found)), clicked=clicked)


def _series(found: Pivot, key: Key, measure: str, at: int) -> Series:
    heads = [Head(across, measure, "value") for across in found.across]
    values = tuple(found.cell(key, head) for head in heads)
    colour, own = palette.HUES[at % len(palette.HUES)], figure.colours(found.layout.rows[0])
    if len(key) == 1 and len(own) <= palette.MOST_COLOURS:  # else colours would come twice
        colour = own.get(key[0], colour)
    return Series(words.name(found.layout, key), colour, values)


def _table(view: View, chosen: Choices, found: Pivot) -> None:
    heads = found.heads(chosen.totals)
    rows = found.rows()
    shown = rows[:MOST_SHOWN]
    columns = _columns(view, found, heads)
    total: Sequence[Key] = [TOTAL] if chosen.totals else []
    styles = _styles(found, [*total, *shown], heads) if chosen.heat else None
    if len(shown) < len(rows):
        st.caption(say("pivot.cut", shown=MOST_SHOWN, of=figures().count(len(rows))))
    title = _title(found)
    frame = _frame(found, [*total, *shown], heads)
    tables.show(frame, columns, "pivot_table", say("pivot.table_alt", what=title), styles=styles)
    span = figures().span(view.period.first, view.period.last)
    name = say("download.name", what=title, period=span)
    about = [(say("download.about"), " · ".join(view.told)), (say("pivot.title"), title)]
    drawn = _native(chosen, found, heads, title)
    every = [*rows, *total]
    # A file is made outside the reader's session, which alone knows the language: named here.
    names = words.names(found.layout, every)
    everything = lambda: _frame(found, every, heads, names)  # noqa: E731
    tables.downloads(everything, columns, name, "pivot_table", about, drawn)


def _frame(
    found: Pivot,
    keys: Sequence[Key],
    heads: Sequence[Head],
    names: Sequence[Sequence[str]] | None = None,
) -> pd.DataFrame:
    """One row per key; () is the total, of several dimensions the first member alone its group's.
    Names stand in r0, r1, …, figures in c0, c1, …"""
    if names is None:
        names = words.names(found.layout, keys)
    held = {f"r{at}": arithmetic.column(cells) for at, cells in enumerate(names)}
    for at, head in enumerate(heads):
        held[f"c{at}"] = arithmetic.column(found.cell(key, head) for key in keys)
    return pd.DataFrame(held)


def _columns(view: View, found: Pivot, heads: Sequence[Head]) -> list[Column]:
    named = [Column(f"r{at}", figure.dimension_name(d)) for at, d in enumerate(found.layout.rows)]
    scales = words.scales(found)
    told = [
        Column(
            f"c{at}",
            words.heading(view, found, head),
            words.kind(head),
            signed=head.part != "value",
            scale=scales.get((head.measure, head.part)),
        )
        for at, head in enumerate(heads)
    ]
    return [*named, *told]


def _styles(found: Pivot, keys: Sequence[Key], heads: Sequence[Head]) -> pd.DataFrame:
    """A ground for every cell by its size among its measure's; the figure stays printed."""
    shades = pivot.heat(found)
    red, green, blue = (int(_SHADE[at : at + 2], 16) for at in (1, 3, 5))
    held = {f"r{at}": [""] * len(keys) for at in range(len(found.layout.rows))}
    for at, head in enumerate(heads):
        strengths = [shades.get((key, head)) for key in keys]
        held[f"c{at}"] = [
            f"background-color: rgba({red}, {green}, {blue}, {STRONGEST * far:.2f})" if far else ""
            for far in strengths
        ]
    return pd.DataFrame(held)


def _native(chosen: Choices, found: Pivot, heads: Sequence[Head], title: str) -> Chart:
    """The chart of the workbook: what the page draws, or the kind that suits it."""
    measure = found.layout.measures[0]
    names = tuple(f"r{at}" for at in range(len(found.layout.rows)))
    drawn = [
        f"c{at}"
        for at, head in enumerate(heads)
        if (head.measure, head.part) == (measure, "value")
        and bool(head.across) is bool(found.across)
    ]
    kinds = {"bars": "column", "lines": "line", "stacked": "stacked"}
    usual = "line" if found.across else "bar"
    kind = kinds.get(chosen.chart, usual)
    if kind == "stacked" and not catalogue().measures[measure].additive:
        kind = "column"
    most = MOST_SERIES if found.across else MOST_POINTS
    rows = found.rows()
    # A subtotal beside its rows would draw everything twice.
    summed = [at for at, key in enumerate(rows) if len(key) < len(found.layout.rows)]
    ends = [at + 1 for at in range(len(rows)) if at not in set(summed)][:most]
    end = ends[-1] if ends else 0
    left_out = tuple(at for at in summed if at < end)
    return Chart(
        kind,  # type: ignore[arg-type]
        names,
        tuple(drawn),
        end,
        bool(found.across),
        title,
        left_out=left_out,
    )


def _title(found: Pivot) -> str:
    """净销售额：渠道 × 月."""
    by = [*found.layout.rows, *([found.layout.column] if found.layout.column else [])]
    measures = [figure.measure_name(name) for name in found.layout.measures]
    dimensions = " × ".join(figure.dimension_name(name) for name in by)
    return say("pivot.what", measures=measures, dimensions=dimensions)


def _figure(measure: str, value: object) -> str:
    return figures().by_unit(value, catalogue().measures[measure].unit)  # type: ignore[arg-type]


def _plainly(found: Pivot, key: Key) -> str:
    return plain(words.name(found.layout, key))
