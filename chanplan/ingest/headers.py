"""Header words: how two spellings of the same heading are brought together."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from chanplan.domain.tables import Column, all_tables

# Cells of the first rows are looked at once per table; more texts than this are not kept.
_REMEMBERED = 20_000
_NOISE = re.compile(r"[\s_\-–—*:：'\"\u200b\ufeff]+")
_BRACKETS = re.compile(r"[(\[{【〔].*?[)\]}】〕]")


@lru_cache(_REMEMBERED)
def normal(text: str) -> str:
    """A heading without width, case, blanks, underscores and hyphens.

    "SalesOrderNumber", "sales_order_number" and "Sales Order Number" meet; the dot of
    "Account Name.id" stays, since that is another column than "Account Name".
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(_REMEMBERED)
def spellings(header: str) -> tuple[str, ...]:
    """The heading as it stands, then without its bracketed remark: （必填）, (元)."""
    whole = normal(header)
    bare = _BRACKETS.sub("", unicodedata.normalize("NFKC", header)).strip(" /,")
    return tuple(dict.fromkeys(word for word in (whole, normal(bare)) if word))


@cache
def words(column: Column) -> tuple[str, ...]:
    """The column's own words, earlier ones stronger; its names count as words too."""
    return tuple(dict.fromkeys(normal(w) for w in (*column.words, column.zh, column.en)))


@cache
def fallbacks(column: Column) -> tuple[str, ...]:
    """Words taken only when nothing better is in the sheet."""
    return tuple(dict.fromkeys(normal(word) for word in column.fallback))


@cache
def vocabulary() -> frozenset[str]:
    """Every word that means a column of any table."""
    columns = (column for one in all_tables().values() for column in one.columns.values())
    return frozenset(word for column in columns for word in (*words(column), *fallbacks(column)))


def shape(headers: Sequence[str]) -> str:
    """The key of a file's shape: sha256 over its normalised headings, in order."""
    return hashlib.sha256("\x1f".join(map(normal, headers)).encode()).hexdigest()
