"""What a pollution is, how one is declared, and what several of them do to a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.ingest.polluted.draft import AMOUNT, Draft

TEXT = ("csv",)
BOOKS = ("xlsx", "html", "xml")
ALL = TEXT + BOOKS


@dataclass(frozen=True)
class Pollution:
    """part: of two pollutions of one part only one is done; refusals: codes and questions that
    are a right answer to it."""

    name: str
    part: str
    forms: tuple[str, ...]
    do: Callable[[Draft], None]
    refusals: frozenset[str] = frozenset()


POLLUTIONS: list[Pollution] = []


def pollution(
    part: str, *refusals: str, forms: tuple[str, ...] = ALL
) -> Callable[[Callable[[Draft], None]], Callable[[Draft], None]]:
    """Declare a function as a pollution."""

    def declared(do: Callable[[Draft], None]) -> Callable[[Draft], None]:
        POLLUTIONS.append(Pollution(do.__name__, part, forms, do, frozenset(refusals)))
        return do

    return declared


def each(draft: Draft, at: int, write: Callable[[Any], Any]) -> None:
    for row in draft.data():
        if isinstance(row.cells[at], (date, Decimal)):
            row.cells[at] = write(row.cells[at])


def spoil(draft: Draft, at: int, cell: Any, which: int = 7) -> None:
    row = draft.rows[which]
    if at < len(row.cells):  # another pollution may have cut the row before it
        row.cells[at], row.truth = cell, None


def other_currency(draft: Draft) -> None:
    """Dollars under a heading that says CNY are set aside, never guessed."""
    for row in list(draft.data()):
        if str(row.cells[AMOUNT]).startswith(("$", "-$")):
            row.truth = None


def shift(draft: Draft, by: int, below: int = 0) -> None:
    draft.merges[:] = [
        (top + by, left, bottom + by, right) if top >= below else (top, left, bottom, right)
        for top, left, bottom, right in draft.merges
    ]
