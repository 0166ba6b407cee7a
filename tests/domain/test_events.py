"""618 and 双11 with their pre-sale, and an event of one's own."""

from datetime import date

import pytest

from chanplan.domain import events
from chanplan.domain.events import Event


def test_known_events_come_by_day() -> None:
    found = events.known([2023, 2024])
    assert [(event.code, event.first.year) for event in found] == [
        ("618", 2023), ("double_11", 2023), ("618", 2024), ("double_11", 2024),
    ]  # fmt: skip
    assert all(event.last >= date(event.first.year, 6, 18) for event in found)


def test_pre_sale_reaches_into_the_month_before() -> None:
    double_11 = events.known([2023])[1]
    assert double_11.presale == date(2023, 10, 24)
    assert double_11.months() == (202310, 202311)
    assert events.during(202310, [double_11]) == [double_11]
    assert events.during(202312, [double_11]) == []


def test_a_year_takes_the_latest_window_begun() -> None:
    assert events.known([2012])[1].start == date(2012, 11, 11)
    assert events.known([2024])[0].presale is None
    assert events.known([2005]) == []


def test_an_event_of_ones_own() -> None:
    own = Event("own", date(2024, 3, 20), date(2024, 4, 2), name="店庆")
    assert own.months() == (202403, 202404)
    assert own.months(cut_off_day=15) == (202404,)
    with pytest.raises(ValueError, match="ends before"):
        Event("own", date(2024, 3, 20), date(2024, 3, 1))
