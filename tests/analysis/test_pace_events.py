"""Days of 618 and 双11 in ordinary days, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from chanplan.analysis import pace_days
from chanplan.analysis.pace_events import NO_EVENTS, by_member, weights
from chanplan.analysis.tracked import tracked
from chanplan.analysis.tracking import Asked, sold
from chanplan.analysis.tracking_targets import chosen
from chanplan.domain import events
from chanplan.domain.period import Period

D = Decimal
AUGUST = date(2024, 8, 31)
# 双11: of 2023 from 24 October to 11 November (19 days), of 2024 from 14 October on (29 days).
[COMING] = [each for each in events.known([2024]) if each.code == "double_11"]
[BEFORE] = [each for each in events.known([2023]) if each.code == "double_11"]


def days(first: date, last: date, ordinary: int, event: int) -> dict[date, Decimal]:
    """So much a day, and so much on those of 双11 2023."""
    span = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return {d: D(event if BEFORE.start <= d <= BEFORE.last else ordinary) for d in span}


def test_a_day_of_the_event_is_worth_what_it_brought_beside_ordinary_ones() -> None:
    daily = days(date(2023, 8, 1), AUGUST, 100, 320)
    [one] = weights(daily, [COMING], "order", AUGUST)
    assert (one.times, one.years) == (D("3.2"), (2023,))
    assert (COMING.last - COMING.start).days + 1 == 29


def test_what_remains_is_counted_in_ordinary_days() -> None:
    """September to December: 122 days, of which 29 are worth 3.2: 93 + 92.8 = 185.8."""
    worth = weights(days(date(2023, 8, 1), AUGUST, 100, 320), [COMING], "order", AUGUST)
    year = tuple(Period(202401, 202412))
    left = pace_days.gone(year, AUGUST, "order", 31, worth)
    assert (left.left, left.worth) == (122, D("185.8"))
    assert pace_days.gone(year, AUGUST, "order", 31).worth == 122
    # Half over: of its 29 days eight are left.
    assert pace_days.gone((202411,), date(2024, 11, 3), "order", 31, worth).worth == 19 + D("25.6")


def test_without_a_whole_holding_in_the_history_every_day_is_one() -> None:
    assert weights({}, [COMING], "order", AUGUST) == ()
    assert weights(days(date(2023, 11, 1), AUGUST, 100, 320), [COMING], "order", AUGUST) == ()
    none_sold = days(date(2023, 8, 1), AUGUST, 0, 320)
    assert weights(none_sold, [COMING], "order", AUGUST) == ()


def test_shipments_are_counted_by_working_days() -> None:
    """A working day brings 26 in the event and 13 near it, other days nothing: worth two, however
    many weekends either has."""
    working = {d: D(13) if pace_days.counts(d, "shipment") else D(0)
               for d in days(date(2023, 8, 1), AUGUST, 0, 0)}  # fmt: skip
    working |= {d: v * 2 for d, v in working.items() if BEFORE.start <= d <= BEFORE.last}
    [one] = weights(working, [COMING], "shipment", AUGUST)
    assert one.times == 2


def test_every_channel_by_its_own_history() -> None:
    told = [("天猫", d, v) for d, v in days(date(2023, 8, 1), AUGUST, 100, 500).items()]
    told += [("门店", d, v) for d, v in days(date(2023, 8, 1), AUGUST, 100, 100).items()]
    frame = pd.DataFrame(told, columns=["channel", "day", "net"])
    found = by_member(frame, "channel", [COMING], "order", AUGUST)
    assert [each.times for each in found.whole] == [3]  # 600 beside 200
    assert found.weights(("channel", "partner"), ("天猫", "甲"))[0].times == 5
    assert found.weights(("channel",), ("门店",)) == ()
    assert found.weights(("channel",), ("新渠道",)) == ()
    assert found.weights(("channel",), None) == found.whole


def test_needed_a_day_beside_the_plain_figures() -> None:
    """Target 3,658, 1,800 sold to the end of August in 244 days: 1,858 are missing. Of a plain
    day that is 1,858 / 122; of an ordinary one 1,858 / 185.8 = 10."""
    daily = days(date(2023, 8, 1), AUGUST, 100, 320)
    history = pd.DataFrame([(d, v) for d, v in daily.items()], columns=["day", "net"])
    year = Period(202401, 202412)
    told = pd.DataFrame(
        [("year", 202401, "", D(3658))], columns=["period", "month", "grain", "value"]
    )
    months = pd.DataFrame([(202401, D(1800))], columns=["month", "net_sales"])
    worth = by_member(history, None, [COMING], "order", AUGUST)
    asked = Asked((), year, AUGUST, "order", 31, {}, events=worth)
    found = tracked(asked, chosen(told, (), year), sold(months, (), "net_sales", year))
    one = found.frame.to_dict("records")[0]
    assert one["needed_daily"] == 10
    assert one["needed_plain"] == D(1858) / 122
    assert one["current_daily"] == D(1800) / 244
    plain = tracked(
        Asked((), year, AUGUST, "order", 31, {}, events=NO_EVENTS),
        chosen(told, (), year),
        sold(months, (), "net_sales", year),
    )
    assert plain.frame["needed_daily"][0] == plain.frame["needed_plain"][0]
