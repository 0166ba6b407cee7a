"""Findings of an analysis read out as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from chanplan.analysis.arithmetic import Member
from chanplan.analysis.story import Finding
from chanplan.domain.scope import Comparison
from chanplan.reports import findings
from chanplan.ui import figure
from chanplan.ui.plain import plain
from chanplan.ui.session import language, say

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


@dataclass(frozen=True)
class Sentences:
    """Findings that stand on the page, and where: what is known later is added there."""

    place: DeltaGenerator
    found: tuple[Finding, ...]


def show(found: Sequence[Finding], compare: Comparison) -> Sentences:
    """The first sentence large, those that explain it below: these are handed back."""
    st.header(tell(found[0], compare), anchor=False)
    return write(found[1:], compare)


def write(found: Sequence[Finding], compare: Comparison) -> Sentences:
    """Findings as running text."""
    said = Sentences(st.empty(), tuple(found))
    if found:
        say_again(said, found, compare)
    return said


def say_again(said: Sentences, found: Sequence[Finding], compare: Comparison) -> None:
    """Other findings in the place of these."""
    told = [tell(finding, compare) for finding in found]
    said.place.markdown(say("findings.join").join(told))


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
