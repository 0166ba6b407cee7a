"""Which headings look as if their column tells of persons, by the words of personal.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chanplan.ingest.headers import normal, spellings

_WORDS = Path(__file__).with_name("personal.toml")


@dataclass(frozen=True)
class _Words:
    whole: frozenset[str]
    parts: tuple[str, ...]


def personal(headers: Iterable[str]) -> dict[str, str]:
    """heading → id, phone, address, account, name or birthday; of the others nothing."""
    found = {header: kind_of(header) for header in headers if header}
    return {header: kind for header, kind in found.items() if kind is not None}


def kind_of(header: str) -> str | None:
    """What of a person a column under this heading seems to tell; None for most."""
    told = spellings(header)
    for kind, words in _declared().items():
        if any(one in words.whole or any(part in one for part in words.parts) for one in told):
            return kind
    return None


@cache
def _declared() -> Mapping[str, _Words]:
    declared = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return {
        kind: _Words(frozenset(map(normal, words["whole"])), tuple(map(normal, words["parts"])))
        for kind, words in declared.items()
    }
