"""Whether a channel sells online or offline, told from its name where nobody has said so."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("channels.toml")


def kind_of(name: str) -> str | None:
    """'online', 'offline', or None for a name that holds none of the known words.

    A word of Latin letters must stand alone ("ka" is no part of "Kansas").
    """
    return told_by(name, _known())


def told_by(name: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """The first of the known kinds that has a word in the name."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    latin = set("".join(c if c.isascii() and c.isalnum() else " " for c in folded).split())
    for kind, words in known.items():
        if any(_holds(folded, latin, word) for word in words):
            return kind
    return None


def _holds(folded: str, latin: set[str], word: str) -> bool:
    return word in latin if word.isascii() and word.isalnum() else word in folded


@cache
def _known() -> dict[str, list[str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
