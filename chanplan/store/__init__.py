"""Where rows live: one gateway to DuckDB, the journal, the originals, batches and rollups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chanplan.store.store import Store

__all__ = ["Store"]


def __getattr__(name: str) -> object:
    """The store is loaded when it is asked for: its folder can be held before."""
    if name != "Store":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from chanplan.store.store import Store

    return Store
