"""Headings that read almost like a known word: shown as a suggestion, never taken by themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from chanplan.domain.tables import Column, Table
from chanplan.ingest.headers import fallbacks, normal, words
from chanplan.ingest.matching import Match
from chanplan.ingest.told import Suggestion

# Below it two headings have letters in common and no meaning: 销量 and 销售额 are at 57.
LIKELIEST = 85
# Shorter words are like too many others.
_SHORTEST = 3
# Headings of money and of pieces are never taken for each other, however alike.
_PIECES = re.compile(r"数|量|件|qty|quantity|units|pieces|volume")
_MONEY = re.compile(r"额|价|款|费|收入|钱|amount|price|sales|revenue|cost|value")


def suggested(
    one: Table, headers: Sequence[str], matches: Mapping[str, Match], used: Collection[int]
) -> tuple[Suggestion, ...]:
    """For every heading left over the open field it reads like, the likest first."""
    spare = [header for at, header in enumerate(headers) if header and at not in used]
    if not spare:
        return ()
    open_fields = [column for name, column in one.columns.items() if name not in matches]
    found = [best for header in spare if (best := _likest(header, open_fields))]
    return tuple(sorted(found, key=lambda suggestion: -suggestion.likeness))


def _likest(header: str, columns: Sequence[Column]) -> Suggestion | None:
    from rapidfuzz import fuzz  # takes a while to import, and few files have headings to spare

    told = normal(header)
    # What is called just so and was not taken has other values: no likeness makes up for that.
    columns = [one for one in columns if told not in {*words(one), *fallbacks(one)}]
    likeness = {
        column.name: max(
            (
                round(fuzz.ratio(told, word))
                for word in (*words(column), *fallbacks(column))
                if len(word) >= _SHORTEST and _kin(told, word, column.kind)
            ),
            default=0,
        )
        for column in columns
    }
    best = max(likeness, key=lambda name: likeness[name], default=None)
    if best is None or likeness[best] < LIKELIEST:
        return None
    return Suggestion(best, header, likeness[best])


def _kin(told: str, word: str, kind: str) -> bool:
    """Whether two headings are both of money, both of pieces, or of neither."""
    if kind not in ("amount", "quantity"):
        return True
    wrong = _PIECES if kind == "amount" else _MONEY
    return not (wrong.search(told) and not wrong.search(word))
