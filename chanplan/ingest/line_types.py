"""Which words of a status or line-type column mean which type of line, from line_types.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

_RULES = Path(__file__).with_name("line_types.toml")


@cache
def rules() -> Mapping[str, str]:
    """word or pattern (* for any text), lower case → line type, in the order they apply."""
    declared = tomllib.loads(_RULES.read_text(encoding="utf-8"))
    return {word: kind for kind, words in declared.items() for word in words}


def rule_of(text: str, known: Mapping[str, str]) -> str:
    """The word or pattern that decides for a text, "" where none does."""
    told = text.strip().lower()
    if told in known:
        return told
    return next((word for word in known if "*" in word and _like(word).fullmatch(told)), "")


def line_type(text: str, known: Mapping[str, str]) -> str:
    """The type of a line whose status reads so; a text that fits no rule is a sale."""
    return known.get(rule_of(text, known), "sale")


def resolved(statuses: Iterable[str]) -> dict[str, str]:
    """What a recipe keeps: every status seen, resolved, then the rules for those not seen."""
    seen = {text.strip().lower(): line_type(text, rules()) for text in statuses if text.strip()}
    return {**seen, **{word: kind for word, kind in rules().items() if word not in seen}}


@cache
def _like(word: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, word.split("*"))), re.DOTALL)
