"""What is summed into each column of a summary of amounts, as SQL over the facts of lines."""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.store.narrow import NOTHING
from chanplan.store.rollups.alike import Alike
from chanplan.store.rollups.tables import LOW_HIGH, MONEY, SUMMED


def sums(keys: Iterable[str]) -> dict[str, str]:
    """Column of a summary of amounts by these keys → SQL over `line_facts`."""
    return sums_of(tuple(keys), Alike())


def sums_of(keys: tuple[str, ...], alike: Alike) -> dict[str, str]:
    """Column of a summary → SQL over line_facts."""
    bounds = {
        f"{name}_{side}": alike.only.get(f"{name}_low", f"{end}({name}_{side})")
        for name in LOW_HIGH
        for end, side in (("min", "low"), ("max", "high"))
    }
    sums = {name: alike.sums.get(name, f"sum({name})") for name in SUMMED}
    return {
        **alike.keys(keys),
        "lines": "count(*)",
        **bounds,
        **{name: sql if sql == NOTHING else f"{sql}::{MONEY}" for name, sql in sums.items()},
    }
