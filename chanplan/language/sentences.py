"""Faults and notes turned into sentences: a code and its values in, words out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from chanplan.language.scale import Language
from chanplan.language.words import has, text


class Coded(Protocol):
    """What every error and note of the product carries."""

    @property
    def code(self) -> str: ...
    @property
    def values(self) -> Mapping[str, object]: ...


def explain(error: Coded, language: Language) -> str:
    """What was found, where, and what to do, in the reader's language. A value `in_sheet` is the
    sheet of a workbook it was found in; of such a workbook no other sheet came in either."""
    told, sheet = sentence("errors", error, language), error.values.get("in_sheet")
    return told if sheet is None else text(language, "errors.in_sheet", sheet=sheet, told=told)


def sentence(section: str, coded: Coded, language: Language) -> str:
    """The sentence under `section.<code>`; a code without one is named, never swallowed."""
    key = f"{section}.{coded.code}"
    if not has(key):
        return text(language, "errors.unknown", code=coded.code, values=dict(coded.values))
    try:
        return text(language, key, **coded.values)
    except KeyError:
        return text(language, "errors.unknown", code=coded.code, values=dict(coded.values))
