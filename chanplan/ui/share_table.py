"""The table of a dimension's members: sales, share, what changed; to be taken away too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from chanplan.analysis import arithmetic, shares
from chanplan.charts.words import width
from chanplan.reports.native_chart import Chart
from chanplan.ui import figure, tables
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

# What a table shows beside the bars; its own menu of columns and the downloads have the rest.
RANKED = ("value", "change", "contribution")
MOVED = ("change", "contribution", "growth")
UNCOMPARED = ("value", "share")
# Pixels; the figures beside a name matter more than its end.
WIDEST_NAME = 190
# Bars of a workbook's chart that are still read.
MOST_DRAWN = 20
# What a half-width character takes in a table, its margins shared out.
COLUMN_PIXELS = 8


def show(
    view: View, dimension: str, everyone: pd.DataFrame, key: str, shown: Sequence[str] = RANKED
) -> None:
    """Every member with sales, share and what changed; to be taken away.

    `shown` names the columns that stand after the member; where nothing is compared, sales
    and share do.
    """
    name = figure.dimension_name(dimension)
    named = everyone.assign(name=_names(dimension, everyone))
    if view.base is not None:
        named = named.assign(places=arithmetic.column(shares.ranks(everyone)))
    about = [(say("download.about"), " · ".join(view.told))]
    file_name = say("download.name", what=name, period=_span(view))
    columns = _arranged(_columns(view, name), shown if view.base else UNCOMPARED)
    columns[0] = replace(columns[0], width=name_width(named["name"].head(tables.MOST_SHOWN)))
    alt = say("ranking.table", dimension=name)
    drawn = Chart("bar", ("name",), ("value",), min(len(named), MOST_DRAWN), title=file_name)
    tables.show(named, columns, key, alt, about, file_name, chart=drawn)


def name_width(names: pd.Series) -> int | None:
    """A bound only where a name in sight needs it: short ones leave the room to the figures."""
    needed = max(map(width, names), default=0) * COLUMN_PIXELS
    return WIDEST_NAME if needed > WIDEST_NAME else None


def _names(dimension: str, everyone: pd.DataFrame) -> list[str]:
    """Members by name; a row of others tells how many it sums."""
    names = figure.names_of(dimension, everyone["member"])
    rows = zip(names, everyone["is_others"], everyone["count"], strict=True)
    return [say("members.others", count=n) if others else name for name, others, n in rows]


def _arranged(columns: Sequence[Column], shown: Sequence[str]) -> list[Column]:
    """The member, the columns shown, and the others hidden after them."""
    head, *rest = columns
    places = {name: at for at, name in enumerate(shown)}
    rest = sorted(rest, key=lambda column: places.get(column.name, len(places)))
    return [head, *(replace(column, hidden=column.name not in places) for column in rest)]


def _columns(view: View, name: str) -> list[Column]:
    """The columns of a shares frame; those of the comparison only where there is one."""
    columns = [
        Column("name", name),
        Column("value", figure.measure_name("net_sales"), "money"),
        Column("share", say("figures.share"), "rate"),
    ]
    if view.base is None:
        return columns
    return [
        *columns,
        Column("growth", say(f"compare.growth_{view.compare}"), "rate", signed=True),
        Column("change", say("figures.change"), "money", signed=True),
        Column("share_change", say("figures.share_change"), "points"),
        Column(
            "contribution",
            say("figures.contribution_short"),
            "points",
            help=say("figures.contribution_help"),
        ),
        Column("base", view.base_told, "money"),
        Column("places", say("figures.places"), "count", signed=True),
    ]


def _span(view: View) -> str:
    return figures().span(view.period.first, view.period.last)
