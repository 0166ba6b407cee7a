"""The map of segments: how large each type is, what it sells, where, and how dense it lies."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis import cells
from chanplan.analysis.customers import segment_map
from chanplan.charts import heat, paired
from chanplan.ui import figure, tables
from chanplan.ui.segments.finding import Found, about, customers, file_name, name_of, names_of
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

# Members of a mix that a table's cell names.
MOST_NAMED = 3
# The part of the densest cell's money from which a cell has the full colour.
FULL = 0.6
MIXES = ("channel", "category")


def show(found: Found) -> None:
    """The types side by side, the table of all that is known of them, and the map of customers."""
    st.header(say("segments.map"), anchor=False)
    sizes = found.sizes
    rows = cells.records(sizes)
    drawn = paired.paired(
        names_of(sizes["segment"]),
        [(row["share_customers"], row["share"] or 0.0) for row in rows],
        [(figures().percent(row["share_customers"]), _rate(row["share"])) for row in rows],
        [_hover(row) for row in rows],
        (say("segments.share_customers"), say("segments.share")),
        figure.look(),
    )
    figure.show(drawn, "segments_sizes", say("segments.map_alt"))
    _table(found)
    _density(found)


def _rate(value: Any) -> str:
    return "—" if value is None or pd.isna(value) else figures().percent(float(str(value)))


def _hover(row: dict[str, object]) -> str:
    lines = [
        f"<b>{escape(name_of(str(row['segment'])))}</b>",
        f"{say('segments.customers')} {figures().count(int(str(row['customers'])))}",
        f"{figure.measure_name('net_sales')} {figures().money(float(str(row['net'])))}",
        f"{say('segments.average')} {figures().money(float(str(row['average'])))}",
        f"{say('segments.growth')} {_rate(row['growth'])}",
    ]
    return "<br>".join(lines)


def _table(found: Found) -> None:
    shown = found.sizes.assign(name=names_of(found.sizes["segment"]))
    for dimension in MIXES:
        shown[dimension] = _mixes(found, dimension)
    columns = [
        Column("name", say("segments.segment")),
        Column("customers", say("segments.customers"), "count"),
        Column("net", figure.measure_name("net_sales"), "money"),
        Column("share", say("segments.share"), "rate"),
        Column("average", say("segments.average"), "money"),
        Column("margin_rate", figure.measure_name("gross_margin_rate"), "rate"),
        Column("growth", say("segments.growth"), "rate", True, say("segments.growth_help")),
        Column("channel", say("segments.mix", dimension=figure.dimension_name("channel"))),
        Column("category", say("segments.mix", dimension=figure.dimension_name("category"))),
        Column("share_customers", say("segments.share_customers"), "rate", hidden=True),
        Column("net_year", say("segments.net_year"), "money", hidden=True),
    ]
    alt, saved = say("segments.map_alt"), file_name(found, say("segments.map"))
    tables.show(shown, columns, "segments_table", alt, about(found), saved, whole=True)


def _mixes(found: Found, dimension: str) -> list[str]:
    """「天猫 45%、京东 30%」 for each type."""
    parts = customers().mix(found.asked, dimension)
    key = ("segment_mix", found.asked, found.rules, dimension)
    lie = customers().kept(key, lambda: segment_map.mix(found.labels, parts, dimension))
    told = []
    for segment in found.sizes["segment"]:
        own = lie[(lie["segment"] == segment) & (lie["share"] > 0)].head(MOST_NAMED)
        names = figure.names_of(dimension, own["member"])
        shares = [figures().percent(share, 0) for share in own["share"]]
        pairs = [f"{name} {share}" for name, share in zip(names, shares, strict=True)]
        told.append(say("crumbs.join").join(pairs))
    return told


def _density(found: Found) -> None:
    """Where customers lie by how long ago and how often: darker is more money."""
    st.subheader(say("segments.density"), anchor=False)
    st.caption(say("segments.density_says"))
    dense = segment_map.density(found.labels)
    across = sorted({(row["recency_from"], row["recency_to"]) for row in cells.records(dense)})
    up = sorted({(row["often_from"], row["often_to"]) for row in cells.records(dense)})[::-1]
    most = float(dense["money"].max()) or 1.0
    drawn = []
    for row in cells.records(dense):
        x = across.index((row["recency_from"], row["recency_to"]))
        y = up.index((row["often_from"], row["often_to"]))
        strength = math.sqrt(min(max(row["money"], 0.0) / most / FULL, 1.0))
        hover = say(
            "segments.density_cell",
            days=_span(row["recency_from"], row["recency_to"]),
            orders=_span(row["often_from"], row["often_to"]),
            count=figures().count(row["customers"]),
            money=figures().money(row["money"]),
        )
        count = figures().count(row["customers"])
        drawn.append(heat.Cell(y, x, count, strength, hover, f"{y}.{x}"))
    names = [say("segments.times", orders=_span(*each)) for each in up]
    headings = [say("segments.days", days=_span(*each)) for each in across]
    shown = heat.heat(names, headings, drawn, figure.look())
    figure.show(shown, "segments_density", say("segments.density_alt"))


def _span(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low}–{high}"
