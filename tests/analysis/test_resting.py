"""What figures rest on, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis.resting import Resting, resting

NAMES = [
    *("sha256", "rows_file", "rows_loaded", "rows_set_aside", "rows_skipped"),
    *("sum_set_aside", "sum_stated", "stated_off"),
]


def files(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Each of a source of its own."""
    frame = pd.DataFrame(rows, columns=NAMES, dtype=object)
    return frame.assign(source=[f"source {at}" for at in range(len(rows))])


def test_all_is_in_and_the_total_agrees() -> None:
    found = resting(
        files(
            ("a", 10, 9, 0, 1, Decimal(0), Decimal(90), Decimal("0.004")),
            ("b", 5, 5, 0, 0, Decimal(0), None, None),
        )
    )
    assert found == Resting(2, 15, 14, 0, 1, Decimal(0), 1, 0, Decimal(0), 2)
    assert found.state == "whole"


def test_rows_set_aside_and_a_total_that_differs() -> None:
    found = resting(files(("a", 10, 8, 2, 0, Decimal("7.50"), None, None)))
    assert (found.state, found.set_aside, found.money_aside) == ("aside", 2, Decimal("7.50"))
    found = resting(
        files(
            ("a", 10, 8, 1, 1, Decimal("7.50"), Decimal(100), Decimal("-0.01")),
            ("b", 3, 2, 0, 1, Decimal(0), Decimal(20), Decimal("5.01")),
        )
    )
    assert (found.state, found.off, found.off_by) == ("off", 2, Decimal("5.00"))


def test_nothing_rests_on_nothing() -> None:
    assert resting(files()).files == 0
