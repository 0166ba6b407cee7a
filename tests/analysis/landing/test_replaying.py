"""Earlier periods told at the same time of theirs, from what was known then."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from chanplan.analysis.landing import interval, p_hit, replayed
from tests.analysis.landing.courses import ahead, course, day

VALUES = np.random.default_rng(7).gamma(5, 10, 40)


def test_years_are_told_at_the_same_month_of_theirs() -> None:
    # April 2025 is known: what was said in April 2023 and April 2024 (2022 as well).
    told = replayed(course(VALUES), day(2025, 12), target_of=lambda first, last: 600.0)
    assert list(told["first"]) == [day(2022, 1), day(2023, 1), day(2024, 1)]
    assert list(told["origin"]) == [day(2022, 4), day(2023, 4), day(2024, 4)]
    last = told.iloc[-1]
    then = ahead(VALUES[:28], day(2024, 12))
    actual = VALUES[24:28].sum()
    assert last["actual"] == pytest.approx(actual)
    assert last["landing"] == pytest.approx(actual + then.expected)
    assert last["outcome"] == pytest.approx(VALUES[24:36].sum())
    assert (last["low80"], last["high80"]) != (last["low50"], last["high50"])
    assert last["p_hit"] == p_hit(actual, 600.0, then)
    assert last["hit"] == (VALUES[24:36].sum() >= 600)


def test_what_came_later_changes_nothing_that_was_said() -> None:
    other = VALUES.copy()
    other[28:] *= 9
    said = [replayed(course(each), day(2025, 12)).iloc[-1]["landing"] for each in (VALUES, other)]
    assert said[0] == said[1]


def test_quarters_go_back_by_quarters_and_a_partial_month_is_not_counted() -> None:
    told = replayed(course(VALUES, covered=0.5), day(2025, 6), since=day(2025, 4))
    # April 2025 is half over: three whole months are known of no quarter, and none of this one.
    assert list(told["last"])[-2:] == [day(2024, 12), day(2025, 3)]
    assert list(told["origin"])[-1] == day(2024, 12)
    assert (told["actual"] == 0).all()
    assert told["p_hit"].isna().all()


def test_nothing_earlier_is_an_empty_frame() -> None:
    told = replayed(course(VALUES[:5]), day(2022, 12))
    assert told.empty and "low80" in told


def test_the_intervals_are_those_of_the_outlook() -> None:
    told = replayed(course(VALUES), date(2025, 12, 31)).iloc[-1]
    then = ahead(VALUES[:28], day(2024, 12))
    for share in (50, 80, 95):
        expected = interval(VALUES[24:28].sum(), then, share / 100)
        assert (told[f"low{share}"], told[f"high{share}"]) != (None, None)
        width = told[f"high{share}"] - told[f"low{share}"]
        assert width == pytest.approx(expected[1] - expected[0], rel=0.05)
