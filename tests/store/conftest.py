"""Tests of the store begin with an empty one, as those of the workspace do."""

from __future__ import annotations

from tests.workspace.conftest import tmp_path

__all__ = ["tmp_path"]
