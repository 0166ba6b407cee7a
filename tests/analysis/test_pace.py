"""Every formula of definitions §6 with values worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from chanplan.analysis import pace, pace_days, pace_season
from chanplan.domain.period import Period

D = Decimal


def test_attainment_and_pace() -> None:
    assert pace.attainment(D(613), D(1000)) == D("0.613")
    assert pace.pace(D(600), D(1000), D("0.8")) == D("0.75")
    assert pace.pace(D(600), D(1000), D(0)) is None


def test_a_target_of_nothing_says_nothing() -> None:
    for target in (None, D(0), D(-5)):
        assert pace.attainment(D(10), target) is None
        assert pace.pace(D(10), target, D("0.5")) is None
        assert pace.gap_points(D(10), target, D("0.5")) is None


def test_the_gap_in_money_and_in_points() -> None:
    assert pace.gap(D(600), D(1000), D("0.64")) == D(-40)
    assert pace.gap_points(D(600), D(1000), D("0.64")) == D("-0.04")
    assert pace.gap(D(600), None, D("0.64")) is None


def test_what_each_day_must_bring_beside_what_it_brings() -> None:
    assert pace.needed_daily(D(600), D(1000), 80) == D(5)
    assert pace.needed_daily(D(1100), D(1000), 80) == 0
    assert pace.needed_daily(D(600), D(1000), 0) is None
    assert pace.current_daily(D(600), 120) == D(5)
    assert pace.current_daily(D(600), 0) is None


def test_money_at_risk_is_never_below_zero() -> None:
    assert pace.at_risk(D(1000), D(970)) == D(30)
    assert pace.at_risk(D(1000), D(1200)) == 0
    assert pace.at_risk(None, D(5)) is None


@pytest.mark.parametrize(
    ("of", "band"),
    [("1.1", "ahead"), ("1.0999", "on"), ("1", "on"), ("0.9999", "near"), ("0.9", "near"),
     ("0.8999", "behind"), ("0.8", "behind"), ("0.7999", "far"), ("-1", "far")],
)  # fmt: skip
def test_bands_begin_at_their_lower_end(of: str, band: str) -> None:
    assert pace.band(D(of)) == band
    assert pace.band(None) is None


def test_calendar_days_of_what_people_buy_any_day() -> None:
    found = pace_days.gone((202401, 202402), date(2024, 2, 9), "order", 31)
    assert (found.gone, found.left) == (40, 20)
    assert found.share == D(40) / 60


def test_working_days_of_what_leaves_a_warehouse() -> None:
    # February 2024 has 21 weekdays, 12 to 16 are off, Sundays 4 and 18 are worked: 18, of which
    # up to the 9th the seven weekdays and the 4th.
    found = pace_days.gone((202402,), date(2024, 2, 9), "shipment", 31)
    assert (found.gone, found.left) == (8, 10)
    assert found.share == D(9) / 29
    # October 2024: 23 weekdays, 1 to 4 and 7 are off, Saturday 12 is worked.
    assert pace_days.gone((202410,), date(2024, 10, 31), "invoice", 31).gone == 19


def test_working_days_of_a_year_whose_decree_is_not_known() -> None:
    # February 2021 has 20 weekdays; the New Year is Friday 12, its eve the 11th: 18 are left, of
    # which up to the 9th are seven. October 2021: 21 weekdays, of which Friday 1 is off.
    found = pace_days.gone((202102,), date(2021, 2, 9), "shipment", 31)
    assert (found.gone, found.left) == (7, 11)
    assert pace_days.gone((202110,), date(2021, 10, 31), "invoice", 31).gone == 20


def test_a_month_with_a_cut_off_day() -> None:
    found = pace_days.gone((202403,), date(2024, 3, 5), "order", 25)  # 26 February – 25 March
    assert (found.gone, found.left) == (9, 20)
    assert pace_days.month_share(202403, date(2024, 2, 25), 25) == 0.0


def test_the_new_year_moves_from_january_to_february() -> None:
    """2023: the weeks around it fill all 31 days of January and 5 of February; 2024: 19 and 24.
    With 1 on ordinary days and 3 around it: 93 and 38 become 69 and 77, of the same sum."""
    assert pace_season.holiday_days(2023) == (31, 5)
    assert pace_season.holiday_days(2024) == (19, 24)
    [moved] = pace_season.new_year_moved(np.array([[93.0, 38.0]]), 2023, 2024)
    assert moved == pytest.approx([69 * 131 / 146, 77 * 131 / 146])


def test_a_pair_that_no_two_rates_explain_stays() -> None:
    pair = np.array([[93.0, 0.0]])  # the ordinary rate would be below zero
    assert (pace_season.new_year_moved(pair, 2023, 2024) == pair).all()
    assert (pace_season.new_year_moved(pair, 1999, 2024) == pair).all()


def test_the_season_is_the_mean_of_earlier_years_shares() -> None:
    """2022 is flat, of 2023 December brings half: its weight is (1/12 + 1/2) / 2."""
    flat, late = [1.0] * 12, [1.0] * 11 + [11.0]
    period = Period(202404, 202503)  # no January and February beside each other at its start
    history = np.array([[*flat, *late, 0, 0, 0]])
    found = pace_season.weights(history, 202204, period, 202406)
    assert found[0, 11] == pytest.approx((1 / 12 + 1 / 2) / 2)
    assert found.sum() == pytest.approx(1)


def test_no_whole_year_before_means_no_season() -> None:
    history = np.ones((1, 11))
    assert np.isnan(pace_season.weights(history, 202302, Period(202401, 202412), 202312)).all()
    assert pace_season.progress([float("nan")] * 12, [1.0] * 12) is None


def test_season_progress_weighs_what_has_gone() -> None:
    assert pace_season.progress([0.2, 0.3, 0.5], [1, 0.5, 0]) == pytest.approx(0.35)
    assert pace_season.progress([0.2, 0.3], [1, 0.5]) == pytest.approx(0.7)  # of a part of it
    assert pace_season.spread(90.0, [0.2, 0.1]) == pytest.approx([60, 30])
    assert pace_season.spread(90.0, [float("nan")] * 2) == pytest.approx([45, 45])
