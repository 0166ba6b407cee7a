"""An event in one of two periods only is told, and one that both hold is not."""

from datetime import date

from chanplan.analysis.moved_events import OneSided, one_sided
from chanplan.domain import events
from chanplan.domain.period import Period

SPRING = events.said("店庆", date(2023, 3, 30), date(2023, 4, 2))
LATER = events.said("店庆", date(2024, 4, 20), date(2024, 4, 25))
MEMBERS = events.said("会员日", date(2024, 3, 8), date(2024, 3, 9))
OWN = (SPRING, LATER, MEMBERS)


def test_march_had_the_anniversary_then_and_the_members_day_now() -> None:
    found = one_sided(Period(202403, 202403), Period(202303, 202303), OWN)
    assert found == (OneSided(SPRING, False), OneSided(MEMBERS, True))


def test_april_had_it_both_times() -> None:
    assert one_sided(Period(202404, 202404), Period(202304, 202304), OWN) == ()


def test_months_are_those_of_the_company() -> None:
    # With cut-off 25, 30 March is in April.
    found = one_sided(Period(202403, 202403), Period(202303, 202303), OWN, 25)
    assert found == (OneSided(MEMBERS, True),)
