"""Measures and dimensions as declared in catalogue.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Unit = Literal["money", "count", "quantity", "rate", "price"]
# The last five are told beside the lines: see chanplan/workspace/beside.
Fact = Literal[
    "amounts", "orders", "customers", "collections", "newcomers", "outlets", "market", "profit"
]
TOLD_BY_LINES = ("amounts", "orders", "customers")

_DECLARATIONS = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True)
class Measure:
    """A number of the business. Either a fact's column, or `over`: a ratio of two measures.

    tax  the side of the tax it is always of; None for the one that the scope names
    """

    name: str
    unit: Unit
    better: Literal["up", "down"]
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str
    source: str
    fact: Fact | None = None
    column: str | None = None
    lines: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    tax: str | None = None
    internal: bool = False

    @property
    def kind(self) -> Literal["measure", "ratio"]:
        """A ratio is computed from sums, never summed or averaged itself."""
        return "ratio" if self.over else "measure"

    @property
    def additive(self) -> bool:
        """Whether members sum to the total; distinct counts and ratios do not."""
        return self.fact in ("amounts", "collections", "profit")

    @property
    def beside(self) -> bool:
        """Whether something other than sales lines tells it; a ratio is asked of its parts."""
        return self.fact is not None and self.fact not in TOLD_BY_LINES

    @property
    def money(self) -> bool:
        """Whether the column exists with and without tax."""
        return self.unit == "money"


@dataclass(frozen=True)
class Dimension:
    """A way to split a number: a column, a calendar column, or an attribute of a member.

    within: the dimension one level above it, where its hierarchy has one.
    """

    name: str
    zh: str
    en: str
    column: str | None = None
    calendar: str | None = None
    of: str | None = None
    attribute: str | None = None
    within: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be asked for; measures include the internal ones."""

    measures: Mapping[str, Measure]
    dimensions: Mapping[str, Dimension]

    def shown(self) -> list[Measure]:
        """The measures a person can ask for."""
        return [measure for measure in self.measures.values() if not measure.internal]


@cache
def catalogue() -> Catalogue:
    """The catalogue, read once."""
    declared = tomllib.loads(_DECLARATIONS.read_text(encoding="utf-8"))
    return Catalogue(
        measures={name: _measure(name, facts) for name, facts in declared["measures"].items()},
        dimensions={
            name: Dimension(name=name, **facts) for name, facts in declared["dimensions"].items()
        },
    )


def _measure(name: str, facts: Mapping[str, Any]) -> Measure:
    lists = {key: tuple(facts[key]) for key in ("lines", "over") if key in facts}
    return Measure(name=name, **{**facts, **lists})
