"""What kind of cost a company's own name for it means, and whether it moves with sales."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Moves = Literal["with_sales", "decided"]
_WORDS = Path(__file__).with_name("cost_kinds.toml")


@dataclass(frozen=True)
class CostKind:
    """A kind of direct channel cost (definitions §5). `decided` ones are an investment."""

    name: str
    moves: Moves
    words: tuple[str, ...] = ()


# A cost nobody can place is taken to move with sales: then it can flatter no investment.
OTHER = CostKind("other", "with_sales")


def kind_of(name: str | None) -> CostKind:
    """平台佣金 → commission; OTHER for a name that holds none of the known words."""
    folded = unicodedata.normalize("NFKC", name or "").casefold()
    found = (kind for kind in kinds().values() if any(word in folded for word in kind.words))
    return next(found, OTHER)


@cache
def kinds() -> Mapping[str, CostKind]:
    """Every known kind by its name, in the order in which their words are tried."""
    declared = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return {
        name: CostKind(name, body["moves"], tuple(body["words"])) for name, body in declared.items()
    }
