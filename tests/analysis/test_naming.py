"""What the page of names opens with."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis.naming import waiting
from chanplan.analysis.story import Finding


def pairs(*rows: tuple[str, Decimal | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["dimension", "sales"], dtype=object)


def test_the_dimension_with_most_at_stake_is_told_and_sums_of_two_are_not_added() -> None:
    """Channels 30 + 12 (more came back than was sold), provinces 41."""
    channels = [("channel", Decimal(30)), ("channel", Decimal(-12)), ("channel", None)]
    found = waiting(pairs(*channels, ("province", Decimal(41))), decided=0)
    values = {"pairs": 4, "dimension": "channel", "own": 3, "value": Decimal(42)}
    assert found == (Finding("names_wait", values),)


def test_nothing_waits() -> None:
    assert waiting(pairs(), 0) == (Finding("names_none", {}),)
    assert waiting(pairs(), 2)[1] == Finding("names_decided", {"decided": 2})
