"""A name without what does not tell things apart: width, case, spaces, signs, legal forms."""

from __future__ import annotations

import re
import string
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DECLARED = Path(__file__).with_name("wording.toml")
# Signs that only set words apart. A sign between two digits stays: 1.5L is not 15L.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_SIGNS = re.compile(r"[^\w+#&%×·]+|_+")
_ENDING_SIGNS = f"{string.whitespace}{string.punctuation}，。、；：·“”《》【】"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{3}")
# A few letters before digits: SKU-001, CUST 17, Store 2.
_CODE = re.compile(r"[^\W\d_]{1,5}[\W_]*\d.*", re.S)
# What is left of a name without its last words must still be a name.
SHORTEST = 2


@dataclass(frozen=True)
class Wording:
    """A name taken apart.

    form     folded, without signs and spaces: equal forms are one spelling
    base     the form without words that say little in names of its dimension
    without  those words, in the order they were taken off
    words    the words of the base
    is_code  it is no words: SKU-001, C0001, p1; two codes are never alike
    """

    form: str
    base: str
    without: tuple[str, ...]
    words: tuple[str, ...]
    is_code: bool


def worded(name: str, dimension: str) -> Wording:
    """A member's name taken apart as names of its dimension are."""
    told = unicodedata.normalize("NFKC", name).strip()
    if is_code(told):
        return Wording(told, told, (), (told,), True)
    folded = told.casefold()
    rest, without = _shortened(folded, dimension)
    words = tuple(_signless(rest, " ").split())
    return Wording(form_of(folded), "".join(words), without, words, False)


def is_code(told: str) -> bool:
    """Whether a name is a number or a code: no Chinese, and no word of three letters or a few
    letters before digits."""
    if _HAN.search(told):
        return False
    return not _WORD.search(told) or bool(_CODE.fullmatch(told))


def form_of(folded: str) -> str:
    """A folded name without signs and spaces; between digits one sign stands for all."""
    return _signless(folded, "")


def _signless(folded: str, instead: str) -> str:
    return _SIGNS.sub(instead, _BETWEEN_DIGITS.sub("·", folded))


def _shortened(folded: str, dimension: str) -> tuple[str, tuple[str, ...]]:
    """Without its last words, one after the other: 好邻居商贸(集团)有限公司 → 好邻居商贸."""
    rest, without = folded, list[str]()
    for word in declared()["anywhere"].get(dimension, ()):
        if word in rest and len(shorter := rest.replace(word, "")) >= SHORTEST:
            rest, without = shorter, [*without, word]
    while (parted := _without_last(rest, dimension)) is not None:
        rest, ending = parted
        without.append(ending)
    return rest, tuple(without)


def _without_last(rest: str, dimension: str) -> tuple[str, str] | None:
    """What is left without the last word, and that word; None where there is no such word."""
    bare = rest.rstrip(_ENDING_SIGNS)
    words = _endings(dimension)
    if not bare.endswith(words):
        return None
    word = next(word for word in words if bare.endswith(word))
    shorter = bare[: -len(word)]
    part_of_a_word = word.isascii() and shorter[-1:].isalnum()
    return None if part_of_a_word or len(form_of(shorter)) < SHORTEST else (shorter, word)


@cache
def _endings(dimension: str) -> tuple[str, ...]:
    """What a name of this dimension may end in, the longer word first."""
    return tuple(sorted(declared()["endings"].get(dimension, ()), key=len, reverse=True))


@cache
def declared() -> Mapping[str, Any]:
    """What is declared of names, read once."""
    return tomllib.loads(_DECLARED.read_text(encoding="utf-8"))
