"""Names that may mean one thing: how many wait for a word, and what they are worth."""

from __future__ import annotations

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.story import Finding


def waiting(pairs: pd.DataFrame, decided: int) -> tuple[Finding, ...]:
    """What the page of names opens with.

    In: one row per suggested pair (dimension; sales: net sales of the smaller of the two, None
    where it has no line), perhaps empty; how many pairs have been decided on. Out: `names_wait`
    with the dimension whose pairs are worth most (sums of two dimensions are not added: they are
    of the same lines), or `names_none`; then `names_decided`.
    """
    told = [Finding("names_decided", {"decided": decided})] if decided else []
    if len(pairs) == 0:
        return (Finding("names_none", {}), *told)
    sums = {
        str(dimension): sum(map(abs, filter(None, arithmetic.numbers(own, "sales"))))
        for dimension, own in pairs.groupby("dimension", sort=True)
    }
    largest = max(sums, key=lambda dimension: sums[dimension])
    own = int((pairs["dimension"] == largest).sum())
    values = {"pairs": len(pairs), "dimension": largest, "own": own, "value": sums[largest]}
    return (Finding("names_wait", values), *told)
