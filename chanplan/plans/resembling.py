"""Names a letter or two apart, found without holding every name against every other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from chanplan.plans.wording import declared

# Below it two names have letters in common and no meaning.
LIKELIEST = 85
# Shorter names, and shorter words, are like too many others.
SHORTEST_NAME, SHORTEST_WORD = 4, 5
# Names that differ in one word and are held against each other; more of them are a series.
MOST_TOGETHER = 500
_HAN = re.compile(r"[\u4e00-\u9fff]")

Alike = tuple[str, str, float]
# Name without signs → its words.
Words = Mapping[str, Sequence[str]]


def pairs(names: Words) -> Iterator[Alike]:
    """(one, other, likeness from 0 to 1), each pair once.

    In Chinese a sign in another's place is another thing (华东, 华南; 第一, 第二), so only a sign
    more or less makes a pair; in Latin letters a typing error in one word does.
    """
    chinese = [name for name in names if _HAN.search(name)]
    yield from _one_sign_more(chinese)
    yield from _mistyped({name: words for name, words in names.items() if not _HAN.search(name)})


def _one_sign_more(names: Iterable[str]) -> Iterator[Alike]:
    """Each name without each of its signs in turn: few texts, and one look for each."""
    known = {name for name in names if len(name) >= SHORTEST_NAME}
    for name in known:
        shorter = {name[:at] + name[at + 1 :]: sign for at, sign in enumerate(name)}
        for without, sign in shorter.items():
            if without in known and _HAN.match(sign) and sign not in _telling("characters"):
                yield name, without, 2 * len(without) / (len(name) + len(without))


def _mistyped(names: Words) -> Iterator[Alike]:
    """Names that have all words but one in common, and that one is a slip away."""
    beside: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    for name, words in names.items():
        for at, word in enumerate(words):
            if len(word) >= SHORTEST_WORD and word.isalpha() and word not in _telling("words"):
                others = (*words[:at], None, *words[at + 1 :], word[0])
                beside.setdefault(others, []).append((name, word))
    for group in beside.values():
        if 1 < len(group) <= MOST_TOGETHER:
            yield from _slips(group)


def _slips(group: Sequence[tuple[str, str]]) -> Iterator[Alike]:
    from rapidfuzz import fuzz, process  # takes a while to import, and few stores need it
    from rapidfuzz.distance import OSA

    words = [word for _, word in group]
    apart = process.cdist(words, words, scorer=OSA.distance, score_cutoff=1)
    for at, (one, _) in enumerate(group):
        for beside in (apart[at, at + 1 :] == 1).nonzero()[0]:
            other = group[at + 1 + int(beside)][0]
            likeness = fuzz.ratio(one, other)
            if likeness >= LIKELIEST:
                yield one, other, likeness / 100


@cache
def _telling(kind: str) -> frozenset[str]:
    """What makes two otherwise like names two things."""
    return frozenset(declared()["telling"][kind])
