"""The sections of the page of clusters that are words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.analysis.cells import records
from chanplan.analysis.customers.clusters.features import features
from chanplan.analysis.customers.clusters.rules import Bound
from chanplan.analysis.customers.clusters.scaling import APART
from chanplan.analysis.customers.clusters.sizing import beside
from chanplan.analysis.customers.clusters.stability import STABLE
from chanplan.analysis.customers.clusters.story import story
from chanplan.ui import figure, history, population, tables
from chanplan.ui.clusters.asking import Shown, called, feature_name, feature_names, left_out
from chanplan.ui.clusters.values import value
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column

NAME_WIDTH = 230


def headline(shown: Shown) -> None:
    """What was found and why, and what has become of the groups kept before."""
    told, found = story(shown.found), shown.found
    if told is None or found.k is None:
        return
    st.header(
        say(
            "clusters.found",
            count=figures().count(told.customers),
            population=population.name(shown.asked.population).lower(),
            k=found.k,
            name=called(shown, told.largest),
            share=figures().percent(told.share),
            part=figures().percent(told.part),
        ),
        anchor=False,
    )
    lines = [
        say(
            "clusters.why_unstable" if found.verdict == "unstable" else "clusters.why",
            traits=feature_names(told.traits),
            apart=say(f"clusters.apart_{told.apart}"),
            silhouette=figures().exact(found.silhouette),
            stability=figures().exact(found.stability),
            stable=figures().exact(STABLE),
        )
    ]
    if told.outliers:
        count = figures().count(told.outliers)
        lines.append(say("clusters.apart_says", count=count, limit=f"{APART:g}"))
    st.markdown(say("findings.join").join(lines))
    _since(shown)


def _since(shown: Shown) -> None:
    """Against which kept fit names are held, what is new and what is gone."""
    said = [say("clusters.left_out", left=left_out(shown.found))] if shown.found.left_out else []
    last, named = shown.clustered.last, shown.clustered.named
    if last is not None:
        said.append(say("clusters.kept_by", by=plain(last.by), at=history.moment(last.at)))
        if named.fresh:
            said.append(say("clusters.fresh", names=[called(shown, at) for at in named.fresh]))
        if named.gone:
            gone = [plain(one) for one in shown.gone]
            said.append(say("clusters.gone", names=gone))
    if said:
        st.caption(say("findings.join").join(said))


def table(shown: Shown) -> None:
    """A row per group; all of them to take away."""
    st.header(say("clusters.table"), anchor=False)
    found = shown.found
    known = beside(found.labels, workspace().customers.mix(shown.asked, "channel"))
    told = [known.get(row["cluster"], {}) for row in records(found.sizes)]
    rows = found.sizes.assign(
        name=[shown.called[at] for at in shown.called_in_order],
        growth=pd.Series([row.get("growth") for row in told], dtype=object),
        margin=pd.Series([row.get("margin") for row in told], dtype=object),
        main=pd.Series([_channel(row) for row in told], dtype=object),
    )
    columns = [
        Column("name", say("clusters.name"), width=NAME_WIDTH),
        Column("customers", say("clusters.customers"), "count"),
        Column("share_customers", say("clusters.part"), "rate"),
        Column("net", figure.measure_name("net_sales"), "money"),
        Column("share", say("clusters.share"), "rate"),
        Column("per_customer", say("clusters.per_customer"), "money"),
        Column("growth", say("clusters.growth"), "rate", signed=True,
               help=say("clusters.growth_help")),
        Column("margin", say("clusters.margin"), "rate"),
        Column("main", say("clusters.channel"), help=say("clusters.channel_help")),
    ]  # fmt: skip
    about = [(say("download.about"), population.about(shown.asked))]
    key, alt = "clusters_table", say("clusters.table_alt")
    tables.show(rows, columns, key, alt, about, _file_name(shown, "clusters.title"), whole=True)


def rules(shown: Shown) -> None:
    """Every group in plain bounds, with how well they fit."""
    st.header(say("clusters.rules"), anchor=False)
    st.caption(say("clusters.rules_says"))
    known = {rule.cluster: rule for rule in shown.found.rules}
    lines = []
    for cluster in shown.clustered.named.known:
        name, rule = called(shown, cluster), known.get(cluster)
        if rule is None:
            lines.append(say("clusters.no_rule", name=name))
            continue
        bounds = say("crumbs.join").join(map(_bound, rule.bounds))
        fit = {
            "covers": figures().percent(rule.covers, 0),
            "right": figures().percent(rule.right, 0),
        }
        lines.append(say("clusters.rule", name=name, bounds=bounds, **fit))
    st.markdown("\n".join(f"- {line}" for line in lines))


def customers(shown: Shown) -> None:
    """Every customer with its group and traits, to take away."""
    st.header(say("clusters.download"), anchor=False)
    st.caption(say("clusters.download_says"))
    traits = shown.found.features
    kinds: dict[str, Any] = {"amount": "money", "order_value": "price", "price": "price",
                             "channel_share": "rate", "discount": "rate", "returns": "rate",
                             "growth": "rate"}  # fmt: skip
    columns = [
        Column("name", say("clusters.customer")),
        Column("group", say("clusters.cluster")),
        Column("net", figure.measure_name("net_sales"), "money"),
        *(Column(one, feature_name(one), kinds.get(one, "count")) for one in traits
          if one != "amount"),
    ]  # fmt: skip

    def rows() -> pd.DataFrame:
        facts = workspace().customers.facts(shown.asked)
        told = features(facts, [one for one in traits if one != "amount"])
        if "growth" in told:
            told["growth"] = 2 * told["growth"] / (1 - told["growth"])
        labels = shown.found.labels.set_index("customer")["cluster"]
        groups = labels.reindex(facts["customer"]).to_numpy()
        return told.assign(
            name=figure.names_of(shown.asked.dimension, facts["customer"]),
            group=[shown.called[int(one)] for one in groups],
            net=[*facts["net"]],
        )

    about = [(say("download.about"), population.about(shown.asked))]
    name = _file_name(shown, "clusters.download_name")
    tables.downloads(rows, columns, name, "clusters_customers", about)


def _bound(bound: Bound) -> str:
    name = feature_name(bound.feature)
    low, high = (
        None if end is None else value(bound.feature, end) for end in (bound.low, bound.high)
    )
    if low is not None and high is not None:
        return say("clusters.between", feature=name, low=low, high=high)
    if high is not None:
        return say("clusters.up_to", feature=name, value=high)
    return say("clusters.above", feature=name, value=low)


def _channel(row: Mapping[str, Any]) -> str | None:
    if row.get("channel") is None:
        return None
    [name] = figure.names_of("channel", [row["channel"]])
    share = figures().percent(row["share_channel"], 0)
    return say("clusters.channel_share", channel=name, share=share)


def _file_name(shown: Shown, what: str) -> str:
    return say("download.name", what=say(what), period=population.head(shown.asked))
