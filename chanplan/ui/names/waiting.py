"""Pairs of names that may mean one thing: what speaks for each, and a person's word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.domain.names import Pair, Says
from chanplan.language.likeness import why
from chanplan.plans.suggesting import EVIDENCE, Member, Suggestion
from chanplan.ui import address, figure, tables
from chanplan.ui.names.deciding import decide, page_of, pages
from chanplan.ui.names.shown import keyed, shown
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say
from chanplan.ui.tables import Column

_EVERY = "every"
# Sources named beside a member; more of them are told by the download.
MOST_SOURCES = 3


def show(found: Sequence[Suggestion]) -> None:
    """One kind of evidence, or all: a word on all of it, then one on each pair."""
    counts = Counter(one.evidence for one in found)
    kinds = [kind for kind in EVIDENCE if counts[kind]]
    show = {_EVERY: say("names.all", count=len(found))}
    show |= {
        kind: say("names.kind", name=say(f"names.{kind}"), count=counts[kind]) for kind in kinds
    }
    kind = address.switch("evidence", show, say("names.by_evidence"))
    kept = [one for one in found if kind in (_EVERY, one.evidence)]
    _on_all([one.pair for one in kept])
    for one in kept[page_of(len(kept), "names_waiting")]:
        _row(one)
    pages(len(kept), "names_waiting")
    tables.downloads(_frame(kept), _columns(), say("names.file"), "names_waiting")


def _on_all(pairs: list[Pair]) -> None:
    with st.container(horizontal=True):
        st.button(
            say("names.accept_all", count=len(pairs)),
            key="names_accept_all",
            icon=":material/done_all:",
            on_click=decide,
            args=("accept", pairs),
        )
        st.button(
            say("names.refuse_all", count=len(pairs)),
            key="names_refuse_all",
            icon=":material/remove_done:",
            on_click=decide,
            args=("refuse", pairs),
        )


def _row(one: Suggestion) -> None:
    """What speaks for a pair beside the word on it; below each other on a phone."""
    called = say(
        "names.pair",
        name=_called(one.dimension, one.name),
        master=_called(one.dimension, one.master),
    )
    said = f"{figure.dimension_name(one.dimension)} · {plain(why(one, language()))}"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap="small"):
            st.markdown(f"{called}  \n{said}")
            st.caption(
                "  \n".join(_told(one.dimension, member) for member in (one.name, one.master))
            )
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            _words_on(one)


def _words_on(one: Suggestion) -> None:
    name, master = one.name.name, one.master.name
    key = "_".join([one.dimension, *(keyed(one.dimension, each) for each in (name, master))])
    turned = Pair(one.dimension, master, name)
    _word("accept", key, "accept", one.pair, ":material/check:")
    _word("refuse", key, "refuse", one.pair, ":material/close:")
    _word("turn", key, "accept", turned, ":material/swap_horiz:", type="tertiary",
          help=say("names.turn_help", name=_called(one.dimension, one.name)))  # fmt: skip


def _word(word: str, key: str, says: Says, pair: Pair, icon: str, **more: Any) -> None:
    """A button that decides on a pair."""
    st.button(
        say(f"names.{word}"), key=f"{word}_{key}", icon=icon, on_click=decide,
        args=(says, [pair]), **more,
    )  # fmt: skip


def _called(dimension: str, member: Member) -> str:
    """A name, and what it is called where it is a code."""
    told = [member.name, member.label] if member.label else [member.name]
    return plain(" ".join(shown(dimension, each) for each in told))


def _told(dimension: str, member: Member) -> str:
    """Net sales, sources and months of one of the two."""
    if not member.sources:
        return say("names.member_listed", name=_called(dimension, member))
    return say(
        "names.member",
        name=_called(dimension, member),
        sales=figures().money(member.sales),
        sources=_sources(member),
        span=figures().span(member.first, member.last),
    )


def _sources(member: Member) -> str:
    named = say("crumbs.join").join(plain(source) for source in member.sources[:MOST_SOURCES])
    more = len(member.sources) - MOST_SOURCES
    return say("crumbs.more", names=named, count=more) if more > 0 else named


def _frame(found: Sequence[Suggestion]) -> pd.DataFrame:
    """One row a pair, as it is taken away."""
    join = say("crumbs.join")
    rows = [
        {
            "dimension": figure.dimension_name(one.dimension),
            "name": shown(one.dimension, one.name.name),
            "master": shown(one.dimension, one.master.name),
            "why": why(one, language()),
            "likeness": one.likeness,
            "sales_name": one.name.sales,
            "sales_master": one.master.sales,
            "sources_name": join.join(one.name.sources),
            "sources_master": join.join(one.master.sources),
        }
        for one in found
    ]
    return pd.DataFrame(rows, dtype=object)


def _columns() -> list[Column]:
    return [
        Column("dimension", say("names.dimension")),
        Column("name", say("names.name")),
        Column("master", say("names.master")),
        Column("why", say("names.evidence")),
        Column("likeness", say("names.likeness"), "rate"),
        Column("sales_name", say("names.sales_name"), "price"),
        Column("sales_master", say("names.sales_master"), "price"),
        Column("sources_name", say("names.sources_name")),
        Column("sources_master", say("names.sources_master")),
    ]
