"""The figures of a chart over time: a row a month, a column a member; to be taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.analysis import arithmetic, over_time
from chanplan.analysis.arithmetic import Member
from chanplan.reports.native_chart import Chart
from chanplan.reports.tables import Kind
from chanplan.ui import figure, tables
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View


def of_members(view: View, monthly: pd.DataFrame, dimension: str, key: str, alt: str) -> None:
    """The figures of `over_time.by_month`, and every month's total."""
    box = st.expander(say("figures.see"), key=f"{key}_figures", on_change="rerun")
    if not box.open:
        return
    kept, months = over_time.by_member(monthly)
    frame = _months([row.month for row in months])
    frame["total"] = arithmetic.column(row.total for row in months)
    for at, _ in enumerate(kept):
        frame[f"m{at}"] = arithmetic.column(row.values[at] for row in months)
    drawn = [f"m{at}" for at, _ in enumerate(kept)]
    columns = [
        Column(name, _called(dimension, *one), "money")
        for name, one in zip(drawn, kept, strict=True)
    ]
    columns.append(Column("total", say("figures.total"), "money"))
    what = f"{figure.measure_name('net_sales')}-{figure.dimension_name(dimension)}"
    with box:
        _show(view, frame, columns, Chart("stacked", ("name",), tuple(drawn), len(frame)), key,
              (alt, what))  # fmt: skip


def of_course(
    view: View, values: Mapping[int, Decimal], kind: Kind, key: str, told: tuple[str, str]
) -> None:
    """The figures of one line. `told`: its text alternative, and what the figures are."""
    box = st.expander(say("figures.see"), key=f"{key}_figures", on_change="rerun")
    if not box.open:
        return
    frame = _months(sorted(values))
    frame["value"] = arithmetic.column(values[month] for month in sorted(values))
    columns = [Column("value", told[1], kind)]
    with box:
        _show(view, frame, columns, Chart("line", ("name",), ("value",), len(frame)), key, told)


def _months(months: Sequence[int]) -> pd.DataFrame:
    return pd.DataFrame({"name": [figures().month(month) for month in months]})


def _called(dimension: str, member: Member, is_others: bool, count: int) -> str:
    if is_others:
        return say("members.others", count=count)
    return figure.name_of(dimension, member)


def _show(
    view: View,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    chart: Chart,
    key: str,
    told: tuple[str, str],
) -> None:
    alt, what = told
    ends = frame["name"].iloc[0], frame["name"].iloc[-1]
    saved = say("download.name", what=what, period=say("compare.from_to", **_span(*ends)))
    about = [(say("download.about"), " · ".join(view.told))]
    every = [Column("name", say("figures.month")), *columns]
    tables.show(frame, every, f"{key}_table", alt, about, saved, chart=chart)


def _span(first: str, last: str) -> dict[str, str]:
    return {"first": first, "last": last}
