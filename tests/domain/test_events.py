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


def test_the_companys_word_stands_for_a_declared_window_of_that_year_alone() -> None:
    own = [
        events.said("双十一", date(2024, 10, 31), date(2024, 11, 12), date(2024, 10, 20)),
        events.said("会员日", date(2024, 8, 8), date(2024, 8, 10)),
        events.said("会员日", date(2025, 9, 1), date(2025, 9, 3)),
        events.said("618", date(2025, 6, 1), date(2025, 6, 18), cancelled=True),
    ]
    found = {(one.code, one.year): one for one in events.comparable([2024, 2025], own)}
    assert found["double_11", 2024].last == date(2024, 11, 12)
    assert found["double_11", 2025].first == date(2025, 10, 20)
    assert found["own:会员日:", 2025].start == date(2025, 9, 1)
    assert ("618", 2025) not in found
    assert ("618", 2024) in found
    assert [one.start for one in events.comparable([2024, 2025], own)] == sorted(
        one.start for one in found.values()
    )


def test_what_one_channel_holds_stands_beside_the_declared_one() -> None:
    own = [events.said("双11", date(2024, 11, 1), date(2024, 11, 5), channel="抖音")]
    found = [(one.code, one.name) for one in events.known([2024], own)]
    assert found == [("618", None), ("double_11", None), ("own:双11:抖音", "双11")]
