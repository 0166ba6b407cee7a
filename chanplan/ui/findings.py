"""Findings of an analysis read out as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chanplan.analysis.arithmetic import Member
from chanplan.analysis.story import Finding
from chanplan.domain.scope import Comparison
from chanplan.reports import findings
from chanplan.ui import figure
from chanplan.ui.plain import plain
from chanplan.ui.session import language, say


def show(found: Sequence[Finding], compare: Comparison) -> None:
    """The first sentence large, those that explain it below."""
    sentences = [tell(finding, compare) for finding in found]
    st.header(sentences[0], anchor=False)
    if sentences[1:]:
        st.markdown(say("findings.join").join(sentences[1:]))


def title(finding: Finding | None, drawn: str, compare: Comparison = "none") -> None:
    """A chart's title: what it shows in a sentence, what is drawn below it in small."""
    st.header(tell(finding, compare) if finding else drawn, anchor=False)
    if finding:
        st.caption(drawn)


def tell(finding: Finding, compare: Comparison) -> str:
    """One finding as a sentence; names from files are shown as they are."""
    return findings.tell(finding, compare, language(), _named, figure.dimension_name)


def _named(dimension: str, member: Member) -> str:
    return plain(figure.name_of(dimension, member))
