"""The sections of the page of customers in and out: headline, states, ways, orders."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from chanplan.analysis import cells, customer_flows, flows_story
from chanplan.analysis.customer_flows import DIMENSION, STATES, Flows
from chanplan.charts import palette, stacks
from chanplan.metrics.query import BASE
from chanplan.ui import figure, findings, session, sidebar, tables
from chanplan.ui.flows import finding, ways
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

# The bars in sight; the table has every channel.
MOST_BARS = 20
_COLOURS = dict(zip((*STATES, "lost"), (palette.HUES[at] for at in (0, 6, 2, 4, 1)), strict=True))
_COUNTS = ("customers", *STATES, "lost", "stayed")


def headline(view: View, found: Flows) -> None:
    """The first lines of the page, and whose figures these are."""
    findings.show(flows_story.flows_story(found), view.compare)
    st.caption(say("flows.identities", basis=say(f"basis.{view.scope.basis}")))
    if within := customer_flows.within(view.scope):
        names = [figure.dimension_name(name) for name in within]
        st.caption(say("flows.within", filters=say("crumbs.join").join(names)))
    if view.scope.days is not None:
        st.caption(say("flows.whole_months"))
    if found.match_rate is not None:
        rate, floor = figures().percent(found.match_rate), customer_flows.MATCH_FLOOR
        st.caption(say("flows.matched", rate=rate, floor=figures().percent(floor, 0)))


def states(view: View, found: Flows) -> None:
    """Every channel's customers by what they are to it, those lost to the left."""
    st.header(say("flows.states"), anchor=False)
    span = finding.base(view)
    st.caption(say("flows.states_says", base=figures().span(span.first, span.last)))
    if found.unknown:
        st.info(say("flows.unknown", months=customer_flows.HISTORY))
    if found.channels.empty:
        st.caption(say("members.none"))
        return
    drawn, alt = _bars(found.channels.head(MOST_BARS)), say("flows.states_alt")
    figure.show(drawn, "flows_states", alt, clicked=sidebar.narrowing(DIMENSION))
    if len(found.channels) > MOST_BARS:
        st.caption(say("flows.left", count=MOST_BARS))
    _table(view, found)


def switches(view: View, found: Flows) -> None:
    """Where the new customers of each channel bought before."""
    st.header(say("flows.ways"), anchor=False)
    if found.match_rate is None:
        st.caption(say("flows.one_channel"))
    elif found.refused:
        ways.refused(found)
    elif found.unknown:
        st.caption(say("flows.unknown", months=customer_flows.HISTORY))
    elif found.switches.empty:
        st.caption(say("flows.no_ways"))
    else:
        ways.show(view, found.switches)


def frequency(view: View) -> None:
    """Average order and orders per customer, beside the period compared with."""
    st.header(say("flows.frequency"), anchor=False)
    table = customer_flows.frequency(session.ask(customer_flows.query(view.scope, view.compare)))
    if table.empty:
        st.caption(say("members.none"))
        return
    growth = say(f"compare.growth_{view.compare}")
    columns = [Column("name", figure.dimension_name(DIMENSION))]
    for name in customer_flows.MEASURES:
        is_ratio = name in customer_flows.MEASURES[:2]
        label = figure.measure_name(name)
        columns.append(Column(name, label, "price" if is_ratio else "count"))
        if view.compare != "none":
            base = say("flows.of_base", name=label, base=view.base_told)
            kind = columns[-1].kind
            columns.append(Column(name + BASE, base, kind, hidden=True))
        if view.compare != "none" and is_ratio:
            heading = say("flows.growth", name=label, growth=growth)
            columns.append(Column(f"{name}_growth", heading, "rate", signed=True))
    named = table.assign(name=figure.names_of(DIMENSION, table["member"]))
    alt = say("flows.frequency_alt")
    saved = finding.file_name(view, "flows.frequency")
    tables.show(named, columns, "flows_frequency", alt, finding.about(view), saved)


def _bars(shown: pd.DataFrame) -> object:
    names = figure.names_of(DIMENSION, shown["member"])
    told = [_hover(name, row) for name, row in zip(names, cells.records(shown), strict=True)]
    known = [name for name in (*STATES, "lost") if any(shown[name])]
    parts = [
        stacks.Part(
            say(f"flows.{name}"),
            _COLOURS[name],
            list(shown[name]),
            [figures().count(count) for count in shown[name]],
            told,
            is_gone=name == "lost",
        )
        for name in known
    ]
    if not any(name in STATES for name in known):
        counts, label = list(shown["customers"]), say("flows.customers")
        texts = [figures().count(count) for count in counts]
        parts.insert(0, stacks.Part(label, _COLOURS["repeated"], counts, texts, told))
    return stacks.stacks(names, list(shown["member"]), parts, figure.look())


def _hover(name: str, row: dict[str, object]) -> str:
    lines = [f"<b>{escape(name)}</b>"]
    lines += [f"{say(f'flows.{each}')} {_count(row[each])}" for each in _COUNTS]
    return "<br>".join(lines)


def _count(value: object) -> str:
    return "—" if value is None else figures().count(int(str(value)))


def _table(view: View, found: Flows) -> None:
    """Every channel, and the company below them with each customer once."""
    rows = found.channels.assign(name=figure.names_of(DIMENSION, found.channels["member"]))
    if "channel" not in dict(view.scope.where) and found.company is not None:
        company = {**found.company, "name": say("flows.company")}
        last = cells.table(list(rows.columns), [[company[name] for name in rows.columns]])
        rows = pd.concat([rows, last], ignore_index=True)
    columns = [Column("name", figure.dimension_name(DIMENSION))]
    columns += [
        Column(name, say(f"flows.{name}"), "count", help=say(f"flows.{name}_help"))
        for name in _COUNTS
    ]
    columns.append(Column("lost_rate", say("flows.lost_rate"), "rate"))
    columns.append(Column("before", say("flows.before"), "count", hidden=True))
    alt = say("flows.states_alt")
    saved = finding.file_name(view, "flows.states")
    tables.show(rows, columns, "flows_table", alt, finding.about(view), saved)
    if len(rows) > len(found.channels):
        st.caption(say("flows.company_says"))
