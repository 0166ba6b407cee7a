"""Odds: counted by hand, rising with actuals, and said in words."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis.landing import Outlook, interval, odds_step, odds_word, p_hit

TENS = Outlook("ok", "flat", 5.5, np.arange(1.0, 11), np.array([5.5]))


def test_odds_are_the_share_of_draws_that_suffice() -> None:
    # 100 + draw ≥ 108: draws 8, 9, 10 of 1 to 10.
    assert p_hit(Decimal("100"), Decimal("108.00"), TENS) == 0.3
    assert p_hit(100, 101, TENS) == 1.0
    assert p_hit(100, 110.01, TENS) == 0.0


def test_a_target_reached_to_the_cent_is_reached() -> None:
    done = Outlook("ok", "none", 0.0, np.zeros(10), np.zeros(0))
    assert p_hit(0.1 + 0.2, Decimal("0.30"), done) == 1.0
    assert p_hit(0.29, Decimal("0.30"), done) == 0.0


@given(st.floats(-1e6, 1e6), st.floats(0, 1e5), st.floats(-1e6, 1e6))
def test_odds_rise_with_actuals(actual: float, more: float, target: float) -> None:
    assert p_hit(actual + more, target, TENS) >= p_hit(actual, target, TENS)


@pytest.mark.parametrize(
    ("p", "step", "word"),
    [
        (1.0, 1.0, "likely"), (0.75, 0.8, "likely"), (0.74, 0.7, "fair"), (0.45, 0.5, "fair"),
        (0.44, 0.4, "open"), (0.31, 0.3, "open"), (0.15, 0.2, "open"), (0.14, 0.1, "hard"),
        (0.0, 0.0, "hard"),
    ],
)  # fmt: skip
def test_words_say_what_the_step_says(p: float, step: float, word: str) -> None:
    assert (odds_step(p), odds_word(p)) == (step, word)


def test_an_interval_leaves_out_as_much_on_both_sides() -> None:
    # Of 1 to 10, a tenth below lies at 1.9 and a tenth above at 9.1 (linear between draws).
    assert interval(Decimal(100), TENS, 0.8) == pytest.approx((101.9, 109.1))
