"""What a person should know of a file before it is loaded: rows that would stay out, a far year."""

from __future__ import annotations

import streamlit as st

from chanplan.analysis.stocktaking import SALES, far_off
from chanplan.ingest.load import Counts
from chanplan.ui.imports import accounted
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.imports.naming import listed
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace


def told(table: str, counts: Counts | None) -> None:
    """Nothing where all rows would come in, of months near those that are here."""
    if counts is None:
        return
    if not counts.loaded and not counts.set_aside:
        st.info(say("imports.no_rows"), icon=":material/info:")
    if counts.set_aside:
        _kept_back(counts)
    if table == SALES:
        _of_another_year(counts)


def twice(candidate: Candidate) -> None:
    """Other sources tell of the same: the same sales under another name, or sales beside them."""
    if candidate.rivals and candidate.proposal is not None:
        source = plain(candidate.proposal.recipe.source)
        told = say("imports.rivals_before", source=source, others=listed(candidate.rivals))
        st.warning(told, icon=":material/content_copy:")


def _kept_back(counts: Counts) -> None:
    rows, why = figures().count(counts.set_aside), accounted.reasons(counts.reasons)
    if counts.loaded:
        st.info(say("imports.some_aside", rows=rows, reasons=why), icon=":material/rule:")
    else:
        st.warning(say("imports.all_aside", rows=rows, reasons=why), icon=":material/warning:")


def _of_another_year(counts: Counts) -> None:
    """Months far from all that is here: right, or a year that was read wrongly."""
    covered = workspace().periods()
    if covered and far_off(counts.months, covered.first, covered.last):
        span = figures().span
        own, here = span(min(counts.months), max(counts.months)), span(covered.first, covered.last)
        st.warning(say("imports.far_off", own=own, here=here), icon=":material/event_busy:")
