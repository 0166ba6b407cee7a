"""In which currencies a scope's amounts are, and which sources tell of each."""

from __future__ import annotations

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.domain.scope import Scope
from chanplan.questions import Question


def query(scope: Scope) -> Question:
    """The currencies of every source."""
    return Question("currencies", scope, by=("source",))


def of_sources(frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Currency → its sources, both by name. In: source, currency."""
    found: dict[str, list[str]] = {}
    sources, codes = (arithmetic.members(frame, name) for name in ("source", "currency"))
    for source, code in sorted(zip(sources, codes, strict=True), key=lambda one: str(one)):
        found.setdefault(str(code or "—"), []).append(str(source or "—"))
    return {code: tuple(names) for code, names in sorted(found.items())}
