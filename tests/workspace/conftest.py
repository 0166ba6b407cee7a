"""What most tests of the workspace begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stores import empty


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder of one's own, as everywhere, in which an empty store lies."""
    return empty(tmp_path).home
