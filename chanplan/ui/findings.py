"""Findings of an analysis read out as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from chanplan.analysis.story import MEMBERS, MONTHS, UNITS, Finding
from chanplan.domain.scope import Comparison
from chanplan.language.numbers import Number
from chanplan.ui import figure
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say


def show(findings: Sequence[Finding], compare: Comparison) -> None:
    """The first sentence large, those that explain it below."""
    sentences = [tell(finding, compare) for finding in findings]
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
    values = {name: _said(name, value, finding) for name, value in finding.values.items()}
    told = say(f"findings.{finding.code}", compare=say(f"compare.word_{compare}"), **values)
    return told.strip()


def _said(name: str, value: object, finding: Finding) -> str:
    if name in UNITS:
        return figures().by_unit(cast("Number | None", value), UNITS[name])
    if name in ("dimension", "level"):
        return figure.dimension_name(str(value)).lower()
    if name == "item":  # a member of the second dimension that a finding speaks of
        level = str(finding.values["level"])
        return _spaced(plain(figure.name_of(level, cast("str | None", value))))
    if name in MEMBERS:
        dimension = str(finding.values["dimension"])
        return _spaced(plain(figure.name_of(dimension, cast("str | None", value))))
    if name in MONTHS and value is not None:
        return figures().month(cast(int, value))
    return str(value)


def _spaced(name: str) -> str:
    """In Chinese a Latin name keeps a space to its neighbours, as print has it."""
    if language() != "zh" or not name:
        return name
    before = " " if name[0].isascii() else ""
    return f"{before}{name}{' ' if name[-1].isascii() else ''}"
