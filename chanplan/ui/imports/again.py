"""A source tells months again: what is the same, new and gone, and what shall count."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.restated import TAKES, Money, Restated
from chanplan.ui import figure, tables
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.imports.naming import listed
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

# Members that are named one by one; of more, how many they are.
MOST_NAMES = 6


def settle(found: Iterable[Candidate]) -> None:
    """What has been chosen, known before the button above the files is drawn."""
    for candidate in found:
        if candidate.restated is not None:
            candidate.takes = st.session_state.get(_key(candidate), candidate.takes)


def decision(candidate: Candidate) -> None:
    """Both files beside each other, and the choice between them."""
    restated = candidate.restated
    if restated is None:
        return
    st.markdown(f"**{say('again.title', files=_files(restated))}**  \n{_lines(restated)}")
    _sums(candidate.key, restated)
    if restated.absent:
        st.caption(say("again.absent", names=_absent(restated)))
    choices = [takes for takes in TAKES if restated.absent or takes != "replace_months"]
    show = {takes: say(f"again.{takes}") for takes in choices}
    chosen = None if restated.repeats else choices.index("append")
    st.radio(
        say("again.ask"),
        choices,
        index=choices.index(candidate.takes) if candidate.takes in choices else chosen,
        key=_key(candidate),
        format_func=show.__getitem__,
        captions=[say(f"again.{takes}_help") for takes in choices],
    )
    st.caption(say("again.cancel"))


def told(restated: Restated, takes: str | None) -> str:
    """What became of it, for the result."""
    return say(f"again.done_{takes or 'append'}", files=_files(restated), lines=_lines(restated))


def _key(candidate: Candidate) -> str:
    return f"takes_{candidate.key}"


def _files(restated: Restated) -> str:
    return listed(restated.files)


def _lines(restated: Restated) -> str:
    write = figures().count
    return say(
        "again.lines",
        same=write(restated.same),
        changed=write(restated.changed),
        new=write(restated.new),
        vanished=write(restated.vanished),
    )


def _sums(key: str, restated: Restated) -> None:
    """Per channel: before, in this file, and the difference."""
    rows = [
        (figure.name_of("channel", channel), before, now, _difference(before, now))
        for channel, before, now in restated.sums
    ]
    frame = pd.DataFrame(rows, columns=["channel", "before", "now", "change"], dtype=object)
    columns = [
        Column("channel", figure.dimension_name("channel")),
        Column("before", say("again.before"), "price"),
        Column("now", say("again.now"), "price"),
        Column("change", say("figures.change"), "price", signed=True),
    ]
    tables.show(frame, columns, f"again_{key}", say("again.alt"))


def _difference(before: Money, now: Money) -> Money:
    return None if before is None and now is None else (now or ZERO) - (before or ZERO)


def _absent(restated: Restated) -> str:
    named = [
        say(
            "again.member",
            name=plain(name),
            lines=figures().count(lines),
            sum=figures().money(sum_),
        )
        for name, lines, sum_ in restated.absent[:MOST_NAMES]
    ]
    joined = say("crumbs.join").join(named)
    more = len(restated.absent) - MOST_NAMES
    return say("crumbs.more", names=joined, count=more) if more > 0 else joined
