"""Where rows live: one gateway to DuckDB, the journal, the originals, batches and rollups."""

from chanplan.store.store import Store

__all__ = ["Store"]
