"""The charts of the page of clusters: traits by group, numbers of groups, where customers lie."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis.cells import records
from chanplan.analysis.customers.clusters import OUTLIER
from chanplan.analysis.customers.clusters.naming import STRONG, TELLS
from chanplan.analysis.customers.clusters.stability import STABLE
from chanplan.analysis.customers.clusters.story import widest
from chanplan.charts import by_number, heat, places
from chanplan.charts.by_number import Measure
from chanplan.charts.palette import HUES, OTHERS
from chanplan.charts.places import Place
from chanplan.ui import figure
from chanplan.ui.clusters.asking import Shown, called, feature_name
from chanplan.ui.clusters.values import value
from chanplan.ui.session import figures, say

# Names told when the pointer is on a square.
MOST_HERE = 4


def profile(shown: Shown) -> None:
    """Medians of every trait by group, coloured by how far they are from all others."""
    st.header(_widest(shown), anchor=False)
    st.caption(say("clusters.profile_says"))
    rows, columns = list(shown.called_in_order), list(shown.found.features)
    cells = [
        _cell(shown, row, (rows.index(row["cluster"]), columns.index(row["feature"])))
        for row in records(shown.found.profile)
    ]
    names = [shown.called[at] for at in rows]
    drawn = heat.heat(names, [feature_name(one) for one in columns], cells, figure.look())
    figure.show(drawn, "clusters_profile", say("clusters.profile_alt"))


def _widest(shown: Shown) -> str:
    """In what groups differ most, and by how much."""
    told = widest(shown.found.profile)
    if told is None:
        return say("clusters.profile")
    return say(
        "clusters.profile_found",
        feature=feature_name(told.feature).lower(),
        most=called(shown, told.most),
        high=value(told.feature, told.high),
        least=called(shown, told.least),
        low=value(told.feature, told.low),
    )


def _cell(shown: Shown, row: Mapping[str, Any], place: tuple[int, int]) -> heat.Cell:
    feature, apart = str(row["feature"]), float(row["apart"])
    units = figures().points(None) if pd.isna(apart) else f"{apart:+.1f}"
    lines = [
        f"<b>{escape(shown.called[int(row['cluster'])])}</b>",
        f"{feature_name(feature)} {value(feature, row['middle'], named=True)}",
        say("clusters.rest", value=value(feature, row["rest"], named=True)),
        say("clusters.units", value=units.replace("-", "−")),
    ]
    strength = max(-1.0, min(1.0, apart / STRONG))
    return heat.Cell(
        *place,
        text=value(feature, row["middle"]),
        strength=strength if abs(apart) >= TELLS else None,
        hover="<br>".join(lines),
        code=f"{place[0]}.{place[1]}",
    )


def search(shown: Shown) -> None:
    """Silhouette and stability by the number of groups."""
    found = shown.found
    st.header(say("clusters.search_found", k=found.proposed), anchor=False)
    if found.k != found.proposed:
        st.caption(say("clusters.search_says_chosen", chosen=found.k, k=found.proposed))
    elif (found.search["stability"] >= STABLE).any():
        st.caption(say("clusters.search_says_proposed", k=found.k))
    else:
        st.caption(say("clusters.search_says_unstable", k=found.k))
    ks = [int(k) for k in found.search["k"]]
    told = [_measure(found.search, name) for name in ("silhouette", "stability")]
    at = STABLE, say("clusters.stable_from", value=figures().exact(STABLE))
    drawn = by_number.by_number(ks, told, found.k or 0, at, figure.look())
    figure.show(drawn, "clusters_search", say("clusters.search_alt"))


def _measure(tried: pd.DataFrame, name: str) -> Measure:
    label, told = say(f"clusters.{name}"), say(f"clusters.{name}_help")
    values = [float(one) for one in tried[name]]
    hovers = [
        f"<b>{say('clusters.groups', k=int(k))}</b><br>{label} {figures().exact(one)}<br>{told}"
        for k, one in zip(tried["k"], values, strict=True)
    ]
    return Measure(label, values, hovers)


def picture(shown: Shown) -> None:
    """Where customers lie, however many there are."""
    drawn = shown.found.picture
    explained = figures().percent(drawn.explained, 0)
    names = [feature_name(axis[0][0]).lower() for axis in drawn.axes if axis]
    if len(set(names)) == 2:
        title = say("clusters.picture_found", one=names[0], other=names[1], explained=explained)
    else:
        title = say("clusters.picture")
    st.header(title, anchor=False)
    st.caption(say("clusters.picture_says", explained=explained))
    groups = [(at, shown.called[at], _colour(at)) for at in shown.called_in_order]
    across, up = (_axis(axis) for axis in drawn.axes)
    figure.show(
        places.places(_places(shown), groups, (across, up), figure.look()),
        "clusters_picture",
        say("clusters.picture_alt"),
    )


def _places(shown: Shown) -> list[Place]:
    found = []
    for _, here in shown.found.picture.cells.groupby(["x", "y"], sort=True):
        ranked = here.sort_values("customers", ascending=False, kind="stable")
        count = int(ranked["customers"].sum())
        lines = [say("clusters.picture_here", count=figures().count(count))]
        for at, own in ranked.head(MOST_HERE)[["cluster", "customers"]].itertuples(index=False):
            name = escape(shown.called[int(at)])
            lines.append(say("clusters.picture_cell", name=name, count=figures().count(own)))
        most = int(ranked["cluster"].iloc[0])
        found.append(
            Place(
                float(ranked["x"].iloc[0]),
                float(ranked["y"].iloc[0]),
                most,
                count,
                "<br>".join(lines),
            )
        )
    return found


def _axis(traits: tuple[tuple[str, int], ...]) -> str:
    words = [
        say("clusters.more" if way > 0 else "clusters.less", feature=feature_name(name))
        for name, way in traits
    ]
    return " · ".join(words)


def _colour(cluster: int) -> str:
    return OTHERS if cluster == OUTLIER else HUES[cluster % len(HUES)]
