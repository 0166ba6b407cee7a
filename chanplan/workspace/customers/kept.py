"""What was worked out of a version of the data, kept while there is room for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
# Frames of a million customers hold some hundred MB; small ones may be many.
MOST_ROWS = 4_000_000
MOST_KEPT = 40


class Kept:
    """The newest results by key, bounded by their number and their rows together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = -1
        self._held: dict[Hashable, Any] = {}

    def get(self, version: int, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for a version of the data while it is kept. What is large
        is for reading: everyone is handed the same."""
        with self._lock:
            if version != self._version:
                self._held, self._version = {}, version
            if key in self._held:
                self._held[key] = found = self._held.pop(key)
                return found  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            if version == self._version:
                self._held[key] = made
                self._drop()
        return made

    def _drop(self) -> None:
        """The oldest go first; the newest stays, however large."""
        while len(self._held) > 1 and (
            len(self._held) > MOST_KEPT or sum(map(_rows, self._held.values())) > MOST_ROWS
        ):
            del self._held[next(iter(self._held))]


def _rows(held: object) -> int:
    return len(held) if hasattr(held, "__len__") else 0
