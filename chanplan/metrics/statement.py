"""A statement ready to be run: its SQL, the values bound in it, and what it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chanplan.metrics import relations
from chanplan.metrics.catalogue import catalogue


@dataclass(frozen=True)
class Compiled:
    """A statement, its values in order, and the relations it reads."""

    sql: str
    values: tuple[Any, ...]
    reads: tuple[str, ...]

    @property
    def reads_lines(self) -> bool:
        """Whether no summary could answer, so that the page says it read the lines."""
        return relations.LINES.name in self.reads


def counted_lines() -> tuple[str, ...]:
    return catalogue().measures["net_sales"].lines


def texts(names: Iterable[str]) -> str:
    """Catalogue words as an SQL list; they are ours, never a person's."""
    return "(" + ", ".join(f"'{name}'" for name in names) + ")"
