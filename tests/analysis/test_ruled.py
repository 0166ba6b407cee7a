"""What a rule would move, told from the frame of a trial."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis import ruled
from chanplan.analysis.ruled import Figure, Moved

SUMS = [f"{name}_{when}" for name in ruled.FIGURES for when in ("before", "after")]
HEADS = ["basis", "month", "channel", *SUMS, "closed"]


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame([list(row) for row in rows], columns=HEADS, dtype=object)


def test_only_figures_that_move_are_told_and_bases_are_never_added() -> None:
    paid, bare = Decimal(113), Decimal(100)
    march = ("order", 202503, "天猫", paid, paid, None, bare, 1, 1, 2, 2, True)
    july = ("order", 202507, "天猫", paid, paid, Decimal(106), bare, 1, 1, 2, 2, False)
    other = ("invoice", 202507, "天猫", paid, paid, Decimal(1), Decimal(9), 1, 1, 1, 1, False)
    found = ruled.moved(frame(march, july, other))
    figure = Figure("without_tax", Decimal(106), Decimal(200))
    assert found == Moved((figure,), (202503, 202507), (202503,), "order")


def test_the_difference_of_what_was_not_there_is_all_of_it() -> None:
    moves = frame(("order", 202503, "天猫", None, Decimal(5), None, None, 0, 0, 1, 1, False))
    found = ruled.moved(moves)
    assert found is not None
    assert ruled.rows(moves, found)["with_tax_difference"].tolist() == [Decimal(5)]


def test_nothing_moves() -> None:
    assert ruled.moved(frame()) is None


def test_money_that_is_never_added_has_no_difference() -> None:
    told = ruled._moved_by(None, None), ruled._moved_by(None, Decimal(2))
    assert told == (None, Decimal(2))
