"""What comes next is made in a thread of its own while somebody uses what came before."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(coming: Iterator[T]) -> Iterator[T]:
    """The same things in the same order, one always in the making; faults come where they would."""
    nothing = object()
    with ThreadPoolExecutor(1, "chanplan-ahead") as beside:
        made = beside.submit(next, coming, nothing)
        while (one := made.result()) is not nothing:
            made = beside.submit(next, coming, nothing)
            yield one  # type: ignore[misc]
