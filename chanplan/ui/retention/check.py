"""How right the same forecast would have been, and what it rests on."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.analysis.customers import checking, retention_story
from chanplan.analysis.customers.buying import Buying
from chanplan.analysis.customers.checking import Check
from chanplan.analysis.customers.rhythm import Rhythm
from chanplan.charts import axes, curves, palette
from chanplan.charts.axes import Ticks
from chanplan.reports.tables import Kind
from chanplan.ui import figure, tables
from chanplan.ui.retention.page import Found
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

TICKS = 5


def show(found: Found) -> None:
    """Forecast and what came, week by week and by how often customers had bought before."""
    check = found.check
    if check is None:
        if found.outlook.method != "none":
            st.header(say("retention.check"), anchor=False)
            st.info(say("retention.no_check", days=2 * checking.LEAST_DAYS))
        return
    st.header(_title(check), anchor=False)
    method = "model" if isinstance(check.model, Buying) else "rhythm"
    st.caption(say("retention.check_says", split=figures().date(check.split),
                   customers=figures().count(check.customers),
                   method=say(f"retention.method_{method}")))  # fmt: skip
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(say("retention.curve"))
        figure.show(_curve(check), "retention_curve", say("retention.curve"))
    with right:
        st.caption(say("retention.bins"))
        figure.show(_bins(check), "retention_bins", say("retention.bins"))
    _table(found, check)


def advanced(found: Found) -> None:
    """The method, its parameters and its weeks."""
    with st.expander(say("retention.advanced")):
        st.markdown(say(f"retention.advanced_{found.outlook.method}"))
        rows = pd.DataFrame(_parameters(found), columns=["name", "value"])
        columns = [
            Column("name", say("retention.parameter")),
            Column("value", say("retention.value")),
        ]
        key, alt = "retention_parameters", say("retention.advanced")
        tables.show(rows, columns, key, alt, found.about, found.file_name("retention.advanced"))
        if found.check is not None:
            weeks = _weeks(found.check)
            heading = say("retention.curve")
            columns = [Column("day", say("retention.day"), "date"), *_sides()]
            tables.show(weeks, columns, "retention_weeks", heading, found.about,
                        found.file_name("retention.check"))  # fmt: skip


def _title(check: Check) -> str:
    return say(
        f"retention.check_{retention_story.error_code(check)}",
        forecast=figures().count(round(check.forecast)),
        actual=figures().count(check.actual),
        error=figures().percent(abs(check.error or 0.0)),
        again=figures().count(round(check.again)),
        came=figures().count(check.came_back),
    )


def _curve(check: Check) -> object:
    weeks, look = check.curve, figure.look()
    x = [float((day - check.split).days) for day in weeks["day"]]
    days = [figures().date(day) for day in weeks["day"]]
    drawn = [_side(check, name, x, days, weeks[name]) for name in ("actual", "forecast")]
    at = [round(each * (len(x) - 1) / (TICKS - 1)) for each in range(TICKS)] if len(x) > 1 else [0]
    at = sorted(set(at))
    across = Ticks(tuple(x[each] for each in at), tuple(_short(weeks["day"][each]) for each in at))
    return curves.curves(drawn, across, _up(weeks), look)


def _bins(check: Check) -> object:
    bins = check.bins
    x = [float(days) for days in bins["days"]]
    names = [_bin(int(days)) for days in bins["days"]]
    told = [
        say("retention.bin_cell", days=name, customers=figures().count(int(count)))
        for name, count in zip(names, bins["customers"], strict=True)
    ]
    drawn = [_side(check, name, x, told, bins[name]) for name in ("actual", "forecast")]
    return curves.beside(drawn, Ticks(tuple(x), tuple(names)), _up(bins), figure.look())


def _side(
    check: Check, name: str, x: list[float], places: list[str], values: pd.Series
) -> curves.Curve:
    label = say(f"retention.{name}")
    hovers = [
        f"<b>{place}</b><br>{label} {figures().tenths(value)}"
        for place, value in zip(places, values, strict=True)
    ]
    hue = palette.HUES[0 if name == "actual" else 1]
    return curves.Curve(label, hue, x, [float(v) for v in values], hovers, name == "forecast")


def _up(rows: pd.DataFrame) -> Ticks:
    most = Decimal(str(round(float(rows[["actual", "forecast"]].max().max()), 4)))
    return axes.between(Decimal(0), most or Decimal(1), figures())


def _short(day: object) -> str:
    told = pd.Timestamp(str(day))
    return f"{told.month}/{told.day}<br>{told.year}"


def _bin(days: int) -> str:
    return say("retention.bin_more", days=days) if days == checking.MOST_BIN else str(days)


def _table(found: Found, check: Check) -> None:
    with st.expander(say("retention.bins_table")):
        rows = check.bins.assign(name=[_bin(int(days)) for days in check.bins["days"]])
        columns = [
            Column("name", say("retention.bought_before")),
            Column("customers", say("retention.customers"), "count"),
            *_sides("price"),
        ]
        name, key = found.file_name("retention.bins_table"), "retention_bins_table"
        tables.show(rows, columns, key, say("retention.bins"), found.about, name, whole=True)


def _sides(kind: Kind = "count") -> list[Column]:
    return [Column(name, say(f"retention.{name}"), kind) for name in ("forecast", "actual")]


def _weeks(check: Check) -> pd.DataFrame:
    return check.curve.round({"forecast": 1})


def _parameters(found: Found) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = [(say("retention.day"), figures().date(found.asked.as_of))]
    fits = [(say("retention.now"), found.outlook.buying or found.outlook.rhythm)]
    if found.check is not None:
        fits.append((figures().date(found.check.split), found.check.model))
    for when, fit in fits:
        if fit is not None:
            told += [(f"{name} ({when})", value) for name, value in _of(fit)]
    if (spends := found.outlook.spending) is not None:
        told += [("gamma–gamma p", f"{spends.p:.3f}"), ("gamma–gamma q", f"{spends.q:.3f}"),
                 ("gamma–gamma γ", f"{spends.gamma:.3f}")]  # fmt: skip
    if found.outlook.even is not None:
        told.append((say("retention.even"), f"{found.outlook.even:.2f}"))
    return told


def _of(fit: Buying | Rhythm) -> list[tuple[str, str]]:
    if isinstance(fit, Rhythm):
        return [
            (say("retention.usual_gap"), f"{fit.usual:.0f}"),
            (say("retention.leaving"), f"{fit.leaving:.4f}"),
            (say("retention.gaps"), figures().count(fit.gaps)),
        ]
    named = [("r", fit.r), ("α", fit.alpha), ("a", fit.a), ("b", fit.b)]
    told = [(f"BG/NBD {name}", f"{value:.3f}") for name, value in named]
    told.append((say("retention.likelihood"), f"{fit.likelihood:,.1f}"))
    ends = ", ".join(fit.at_bound)
    return [*told, (say("retention.at_bound"), ends)] if ends else told
