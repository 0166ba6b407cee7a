"""Cohorts on the page of who stays: a triangle of months, and value per customer by channel."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import pandas as pd
import streamlit as st

from chanplan.analysis.customers import cohorts
from chanplan.charts import axes, curves, heat
from chanplan.charts.axes import Ticks
from chanplan.ui import figure, tables
from chanplan.ui.retention import page
from chanplan.ui.retention.page import Found
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

# What a phone has room for; the table has every cohort and month.
MOST_COHORTS, MOST_AGES = 18, 12
MOST_CHANNELS = 8
# Months between ticks of the ages.
TICK_MONTHS = 6
UNKNOWN_MARK = "*"


def months(found: Found) -> None:
    """Who of each month's first buyers still buys, month by month."""
    rows = found.cohorts.months
    wide = cohorts.triangle(rows, MOST_COHORTS)
    wide = wide.iloc[:, :MOST_AGES].dropna(how="all")
    st.header(say("retention.cohorts"), anchor=False)
    if wide.empty:
        st.info(say("retention.no_cohorts"))
        return
    st.caption(say("retention.cohorts_says"))
    if not rows["is_known"].all():
        st.caption(say("retention.unknown", months=cohorts.HISTORY))
    figure.show(_triangle(found, wide), "retention_cohorts", say("retention.cohorts_alt"))
    _table(found, rows.assign(name=[_month(found, int(m)) for m in rows["cohort"]]), "cohorts")


def channels(found: Found) -> None:
    """What a customer has been worth since the first purchase, by first channel."""
    rows = found.cohorts.channels
    if rows["channel"].dropna().empty or rows["age"].max() < 1:
        return
    st.header(_title(found), anchor=False)
    st.caption(say("retention.channels_says"))
    sizes = rows[rows["age"] == 0].sort_values("customers", ascending=False, kind="stable")
    drawn = sizes["channel"].head(MOST_CHANNELS).tolist()
    shown = _lines(rows, [None if pd.isna(one) else one for one in drawn])
    figure.show(shown, "retention_channels", say("retention.channels_alt"))
    names = figure.names_of("channel", [None if pd.isna(c) else c for c in rows["channel"]])
    _table(found, rows.assign(name=names), "channels")


def _title(found: Found) -> str:
    """What the lines show a year after the first purchase, or their question."""
    rows = found.cohorts.channels
    at = rows[(rows["age"] == cohorts.HISTORY) & (rows["customers"] >= cohorts.LEAST)]
    if len(at) < 2:
        return say("retention.channels")
    ends = at.sort_values("worth").iloc[[-1, 0]]
    names = [page.told("channel", one) for one in ends["channel"]]
    values = [figures().money(one) for one in ends["worth"]]
    return say(
        "retention.channels_found", best=names[0], worst=names[1], most=values[0], least=values[1]
    )


def _triangle(found: Found, wide: pd.DataFrame) -> object:
    sizes = found.cohorts.months.groupby("cohort")["customers"].first()
    most = float(wide.max().max()) or 1.0
    drawn = []
    for row, (cohort, shares) in enumerate(wide.iterrows()):
        for column, (age, stays) in enumerate(shares.items()):
            if pd.isna(stays):
                continue
            hover = say(
                "retention.cell",
                cohort=escape(_month(found, int(str(cohort)))),
                age=age,
                share=figures().percent(stays),
                customers=figures().count(int(sizes[int(str(cohort))])),
            )
            text = f"{stays * 100:.0f}"
            drawn.append(heat.Cell(row, column, text, float(stays) / most, hover, f"{cohort}"))
    names = [_month(found, int(cohort)) for cohort in wide.index]
    return heat.heat(names, [str(age) for age in wide.columns], drawn, figure.look())


def _month(found: Found, cohort: int) -> str:
    rows = found.cohorts.months
    known = bool(rows.loc[rows["cohort"] == cohort, "is_known"].iloc[0])
    return figures().month(cohort) + ("" if known else UNKNOWN_MARK)


def _lines(rows: pd.DataFrame, drawn: list[str | None]) -> object:
    colours, found = figure.colours("channel"), []
    names = dict(zip(drawn, figure.names_of("channel", drawn), strict=True))
    for channel in drawn:
        same = rows["channel"].isna() if channel is None else rows["channel"] == channel
        part = rows[same].sort_values("age")
        hovers = [
            f"<b>{escape(names[channel])}</b><br>"
            + say(
                "retention.worth_cell",
                age=int(age),
                value=figures().exact(worth),
                customers=figures().count(int(customers)),
            )
            for age, worth, customers in zip(
                part["age"], part["worth"], part["customers"], strict=True
            )
        ]
        colour = colours.get(channel, colours[None])
        found.append(curves.Curve(names[channel], colour, [*part["age"]], [*part["worth"]], hovers))
    ages = range(0, int(rows["age"].max()) + 1, TICK_MONTHS)
    across = Ticks(tuple(map(float, ages)), tuple(say("retention.age", age=age) for age in ages))
    most = max((max(one.y) for one in found), default=0.0)
    up = axes.amounts(Decimal(0), Decimal(str(round(most, 2))) or Decimal(1), figures())
    return curves.curves(found, across, up, figure.look())


def _table(found: Found, rows: pd.DataFrame, what: str) -> None:
    with st.expander(say(f"retention.{what}_table")):
        columns = [
            Column("name", say(f"retention.{what}_name")),
            Column("age", say("retention.age_name"), "count"),
            Column("customers", say("retention.customers"), "count"),
            Column("buyers", say("retention.buyers"), "count"),
            Column("stays", say("retention.stays"), "rate"),
            Column("net", figure.measure_name("net_sales"), "money"),
            Column("worth", say("retention.worth"), "price"),
        ]
        name, key = found.file_name(f"retention.{what}"), f"retention_{what}_table"
        tables.show(rows, columns, key, say(f"retention.{what}_alt"), found.about, name)
