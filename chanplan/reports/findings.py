"""Findings of an analysis as sentences, in a page, on the command line or in a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from chanplan.analysis.arithmetic import Member
from chanplan.analysis.story import MEMBERS, MONTHS, PLACES, STEPS, UNITS, Finding
from chanplan.domain.scope import Comparison
from chanplan.language.numbers import Formatter, Number
from chanplan.language.scale import Language
from chanplan.language.words import text
from chanplan.metrics.catalogue import catalogue

# A dimension and its member → what the reader calls it.
Named = Callable[[str, Member], str]


def tell(
    finding: Finding,
    compare: Comparison,
    language: Language,
    named: Named,
    called: Callable[[str], str] | None = None,
) -> str:
    """One finding as a sentence in the reader's language; `called` names a dimension, by default
    as the catalogue does."""
    dimension = called or partial(_dimension, language)
    values = {
        name: _said(name, value, finding, language, named, dimension)
        for name, value in finding.values.items()
    }
    against = text(language, f"compare.word_{compare}")
    said = text(language, f"findings.{finding.code}", compare=against, **values).strip()
    more = [tell(each, compare, language, named, called) for each in finding.also]
    return text(language, "findings.join").join([said, *more])


def _said(
    name: str,
    value: object,
    finding: Finding,
    language: Language,
    named: Named,
    dimension: Callable[[str], str],
) -> str:
    figures = Formatter(language)
    if name in UNITS:
        return figures.by_unit(cast("Number | None", value), UNITS[name])
    if name in ("dimension", "level"):
        return dimension(str(value)).lower()
    if name == "item":  # a member of the second dimension that a finding speaks of
        member = named(str(finding.values["level"]), cast("Member", value))
        return _spaced(member, language)
    if name in MEMBERS:
        member = named(str(finding.values["dimension"]), cast("Member", value))
        return _spaced(member, language)
    if name in PLACES:
        pairs = cast("tuple[tuple[str, str], ...]", value)
        return _spaced(" · ".join(named(*pair) for pair in pairs), language)
    if name in MONTHS and value is not None:
        return figures.month(cast(int, value))
    if name in STEPS:
        step = text(language, f"bridge.said.{value}")
        return step if name == STEPS[0] else step.lower()
    return str(value)


def _dimension(language: Language, name: str) -> str:
    declared = catalogue().dimensions[name]
    return declared.zh if language == "zh" else declared.en


def _spaced(name: str, language: Language) -> str:
    """In Chinese a Latin name keeps a space to its neighbours, as print has it."""
    if language != "zh" or not name:
        return name
    before = " " if name[0].isascii() else ""
    return f"{before}{name}{' ' if name[-1].isascii() else ''}"
