"""Choices of period, worked by hand."""

from __future__ import annotations

import pytest

from chanplan.domain.period import Period
from chanplan.ui import periods
from chanplan.ui.view import base_of, covers


def test_twelve_months_make_a_year_to_look_at() -> None:
    assert periods.default_kind(list(Period(202301, 202312))) == "last_12"
    assert periods.default_kind(list(Period(202302, 202312))) == "custom"


def test_months_are_listed_latest_first() -> None:
    assert periods.months([202311, 202401, 202312]) == ["2024-01", "2023-12", "2023-11"]


def test_quarters_are_those_touched() -> None:
    assert periods.quarters(list(Period(202311, 202404))) == ["2024-Q2", "2024-Q1", "2023-Q4"]
    assert periods.of_quarter("2023-Q4") == Period(202310, 202312)
    assert periods.quarter_of("2023-Q4") == 20234


def test_a_code_is_read_back() -> None:
    assert periods.month_of(periods.code(202403)) == 202403


@pytest.mark.parametrize(
    ("last", "start", "period"),
    [
        (202403, 1, Period(202401, 202403)),
        (202401, 1, Period(202401, 202401)),
        (202403, 4, Period(202304, 202403)),
        (202404, 4, Period(202404, 202404)),
    ],
)
def test_year_to_date_starts_with_the_company_s_year(last: int, start: int, period: Period) -> None:
    assert periods.year_to_date(last, start) == period


def test_the_last_twelve_months() -> None:
    assert periods.last_12(202402) == Period(202303, 202402)


def test_ends_may_be_picked_in_any_order() -> None:
    assert periods.span([202403, 202311]) == Period(202311, 202403)


def test_what_a_comparison_needs_and_how_much_of_it_is_there() -> None:
    period = Period(202401, 202403)
    assert base_of(period, "last_year") == Period(202301, 202303)
    assert base_of(period, "previous") == Period(202310, 202312)
    assert base_of(period, "none") is None
    covered = set(Period(202302, 202403))
    assert covers(covered, base_of(period, "last_year")) == 2
    assert covers(covered, None) == 0


def test_a_member_of_the_calendar_as_choices() -> None:
    assert periods.choices_of("month", 202403) == {"period": "month", "month": "2024-03"}
    assert periods.choices_of("quarter", 20241) == {"period": "quarter", "quarter": "2024-Q1"}
    year = {"period": "custom", "from": "2024-01", "to": "2024-12"}
    assert periods.choices_of("year", 2024) == year


def test_a_span_of_months_as_choices() -> None:
    assert periods.choices_of_span(Period(202403, 202403)) == {
        "period": "month",
        "month": "2024-03",
    }
    assert periods.choices_of_span(Period(202311, 202410)) == {
        "period": "custom", "from": "2023-11", "to": "2024-10"
    }  # fmt: skip
