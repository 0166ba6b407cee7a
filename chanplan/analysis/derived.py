"""Measures that follow from an answer as a whole: shares and contributions (definitions §2).

They are of one additive measure, the first one asked for beside them, else net sales, and of
the whole answer: over its rows shares sum to 1 and contributions to the total's growth.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.domain.errors import BadQueryError
from chanplan.domain.scope import Comparison
from chanplan.metrics.catalogue import catalogue

DERIVED: Final = ("share", "share_change", "contribution")
_COMPARED: Final = ("share_change", "contribution")
MEASURE = "net_sales"
# Enough that thousands of rounded shares still sum to 1 as far as anyone can see.
PLACES = Decimal("1e-12")


def needed(asked: Sequence[str], compare: Comparison) -> tuple[str, ...]:
    """The measures of the catalogue to ask for; BadQueryError for a change without a base."""
    for name in asked:
        if name in _COMPARED and compare == "none":
            raise BadQueryError("needs_comparison", name=name)
    known = [name for name in asked if name not in DERIVED]
    more = [of(asked)] if len(known) < len(asked) else []
    return tuple(dict.fromkeys([*known, *more]))


def of(asked: Sequence[str]) -> str:
    """The measure that is shared out."""
    known = (catalogue().measures[name] for name in asked if name not in DERIVED)
    return next((measure.name for measure in known if measure.additive), MEASURE)


def derived(frame: pd.DataFrame, by: Sequence[str], asked: Sequence[str]) -> pd.DataFrame:
    """In: all rows of the answer to `needed`. Out: `by`, the asked measures in their order, then
    their bases where there are any. Fractions to 12 places, or None (total not positive)."""
    columns = {name: frame[name] for name in frame.columns}
    found = columns | {name: arithmetic.column(each) for name, each in _ratios(frame, of(asked))}
    compared = any(name.endswith(arithmetic.base_of("")) for name in columns)
    bases = [arithmetic.base_of(name) for name in asked if compared and name not in _COMPARED]
    return pd.DataFrame({name: found[name] for name in (*by, *asked, *bases)}, index=frame.index)


def _ratios(frame: pd.DataFrame, measure: str) -> list[tuple[str, list[Decimal | None]]]:
    now = arithmetic.numbers(frame, measure)
    base = arithmetic.numbers(frame, arithmetic.base_of(measure))
    whole, whole_base = arithmetic.total(now), arithmetic.total(base)
    share = [arithmetic.share(value, whole) for value in now]
    share_base = [arithmetic.share(value, whole_base) for value in base]
    moved = [arithmetic.difference(*pair) for pair in zip(share, share_base, strict=True)]
    changes = [arithmetic.difference(*pair) for pair in zip(now, base, strict=True)]
    told = {
        "share": share,
        arithmetic.base_of("share"): share_base,
        "share_change": moved,
        "contribution": [arithmetic.contribution(change, whole_base) for change in changes],
    }
    return [(name, [_kept(value) for value in values]) for name, values in told.items()]


def _kept(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(PLACES, ROUND_HALF_EVEN)
