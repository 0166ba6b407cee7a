"""Names of files in a sentence: the first few, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from chanplan.ui.plain import plain
from chanplan.ui.session import say

MOST_NAMES = 5


def listed(names: Sequence[str]) -> str:
    """一.csv、二.csv 等，另有 3 个."""
    shown = say("crumbs.join").join(plain(name) for name in names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return say("imports.and_more", names=shown, count=rest) if rest > 0 else shown
