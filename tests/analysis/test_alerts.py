"""Which targets call for somebody, and in which order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from chanplan.analysis.alerts import Alert, alerts, milestones, ranked, rates, waking
from chanplan.analysis.tracking_milestones import chance
from chanplan.analysis.tracking_rates import rates as rows_of_rates
from chanplan.domain.period import Period
from tests.analysis.test_tracking import of_months, targets, track, two_years

D = Decimal


def rules(found) -> list[tuple[str, str | None]]:
    return [(each.rule, each.member) for each in found]


def test_the_most_money_comes_first_and_one_cause_is_told_once() -> None:
    """A will miss by far, B is ahead, C is missed by less than A: two members and the whole."""
    set_ = targets(*of_months("A", 1000), *of_months("B", 50), *of_months("C", 100))
    known = two_years("A", 500, 500, 202406) | two_years("B", 60, 60, 202406)
    known |= two_years("C", 70, 70, 202406)
    found = alerts(track(set_, known).frame, ("channel",), "net_sales")
    assert {each.rule for each in found} == {"unlikely"}
    assert {(each.member, each.is_total) for each in found} == {
        ("A", False), (None, True), ("C", False),
    }  # fmt: skip
    assert found[0].money >= found[1].money >= found[2].money > 0 and found[2].member == "C"


def test_what_is_over_and_short_was_missed() -> None:
    set_ = targets(*of_months("A", 100)[:3])
    [whole, a] = sorted(
        alerts(track(set_, two_years("A", 80, 90, 202406)).frame, ("channel",), "net_sales"),
        key=lambda alert: not alert.is_total,
    )
    assert (whole.rule, whole.money) == ("missed", D(30)) and (a.member, a.money) == ("A", D(30))


def test_a_pace_says_little_in_the_first_tenth() -> None:
    """Nothing sold by 20 January of a target nobody can forecast: not yet behind."""
    set_ = targets(*of_months("A", 100))
    early = track(set_, {("B", 202401): 5}, as_of=date(2024, 1, 20)).frame
    assert alerts(early, ("channel",), "net_sales") == []
    later = track(set_, {("B", 202403): 5}, as_of=date(2024, 3, 20)).frame
    assert ("behind", "A") in rules(alerts(later, ("channel",), "net_sales"))


def test_a_year_that_differs_from_its_months() -> None:
    set_ = targets(("A", "year", 202401, "channel,", D(1300)), *of_months("A", 100))
    found = alerts(track(set_, two_years("A", 200, 200, 202406)).frame, ("channel",), "net_sales")
    assert ("mismatch", "A") in rules(found)
    assert next(each for each in found if each.rule == "mismatch").money == D(100)


def test_a_milestone_that_was_due_and_is_not_reached() -> None:
    rows = [
        ("新品上市", date(2024, 3, 1), D(500), None, "进行中"),
        ("招商", date(2024, 3, 1), None, "A", "已完成"),
        ("进场", date(2024, 9, 1), D(900), "A", None),
        ("铺货", date(2024, 2, 1), D(700), "A", None),
    ]
    frame = pd.DataFrame(rows, columns=["milestone", "due", "value", "channel", "state"])
    found = milestones(frame, date(2024, 6, 30))
    assert [each.values["milestone"] for each in found] == ["铺货", "新品上市"]
    assert [each.money for each in found] == [D(700), D(500)]


def test_muted_alerts_sleep() -> None:
    set_ = targets(*of_months("A", 1000))
    found = alerts(track(set_, two_years("A", 500, 500, 202406)).frame, ("channel",), "net_sales")
    awake, silent = waking(found, {found[0].key})
    assert silent == found[:1] and awake == found[1:]
    assert len({each.key for each in found}) == len(found)


def test_money_comes_first_and_the_others_by_the_part_they_lack() -> None:
    told = [
        Alert("behind", "a", "A", False, D(10), {}, "orders", "channel", D("0.5")),
        Alert("behind", "b", "A", False, D(9000), {}, "orders", "channel", D("0.1")),
        Alert("behind", "c", "A", False, D(2), {}, "net_sales", "channel", D("0.1")),
        Alert("behind", "d", "A", False, D(7), {}, "gross_margin", "channel", D("0.1")),
        Alert("behind", "c", "A", False, D(2), {}, "net_sales", "region", D("0.1")),
    ]
    found = ranked(told, {"net_sales", "gross_margin"})
    assert [each.key for each in found] == ["d", "c", "a", "b"]


def test_a_rate_is_told_by_its_newest_month_that_has_begun() -> None:
    """Of 40 a month, 50 and 30 were the price: January is met, February is not, March lies ahead;
    the quarter (32 of 30) is met."""
    rows = [("month", 202401, 40), ("month", 202402, 40), ("month", 202403, 40),
            ("quarter", 202401, 30)]  # fmt: skip
    set_ = pd.DataFrame(
        [(kind, first, "channel,", D(value), "A") for kind, first, value in rows],
        columns=["period", "month", "grain", "value", "channel"],
    )
    actual = {("month", 202401, "A"): D(50), ("month", 202402, "A"): D(30),
              ("quarter", 202401, "A"): D(32)}  # fmt: skip
    made = rows_of_rates(
        set_, actual, "channel", (), Period(202401, 202412), date(2024, 2, 29), "up", 31
    )
    [one] = rates(made, "channel", "average_price")
    assert (one.rule, one.member, one.money, one.lacks) == ("rate_missed", "A", 10, D("0.25"))
    assert one.values["first"] == 202402
    down = rows_of_rates(
        set_, actual, "channel", (), Period(202401, 202412), date(2024, 2, 10), "up", 31
    )
    assert [each.rule for each in rates(down, "channel", "average_price")] == ["rate_short"]


def test_a_milestone_is_judged_by_what_was_sold_up_to_its_day() -> None:
    """90 a month: 270 by the end of March, 315 by mid April; from the end of June on a forecast."""
    made = track(targets(*of_months("A", 100)), two_years("A", 80, 90, 202406))
    asked, known = made.asked, made.known
    assert chance(asked, known, "A", D(270), date(2024, 3, 31)) == 1
    assert chance(asked, known, "A", D(271), date(2024, 3, 31)) == 0
    assert chance(asked, known, None, D(315), date(2024, 4, 15)) == 1
    assert chance(asked, known, None, D(316), date(2024, 4, 15)) == 0
    assert chance(asked, known, "A", D(540), date(2024, 9, 30)) == 1  # it is there already
    assert chance(asked, known, "B", D(1), date(2024, 9, 30)) is None
    assert chance(asked, known, "A", D(1), date(2026, 9, 30)) is None


@pytest.mark.parametrize("day", [date(2024, 9, 30), date(2024, 9, 10)])
def test_odds_of_a_milestone_fall_with_what_it_asks(day: date) -> None:
    made = track(targets(*of_months("A", 100)), two_years("A", 80, 90, 202406))
    told = [chance(made.asked, made.known, "A", D(v), day) for v in range(550, 1500, 50)]
    assert told == sorted(told, reverse=True) and told[0] == 1
    # A break that nobody sees coming leaves the least likely a chance in a hundred.
    assert told[-1] < 0.01


def test_a_milestone_ahead_is_told_where_it_will_hardly_be_reached() -> None:
    rows = [
        ("到了", date(2024, 3, 1), D(500), None, None, 1.0),
        ("没到", date(2024, 3, 1), D(500), None, None, 0.0),
        ("难", date(2024, 9, 1), D(900), "A", None, 0.1),
        ("稳", date(2024, 9, 1), D(900), "A", None, 0.9),
        ("不知", date(2024, 9, 1), D(900), "A", None, None),
    ]
    names = ["milestone", "due", "value", "channel", "state", "chance"]
    found = milestones(pd.DataFrame(rows, columns=names), date(2024, 6, 30))
    told = {each.values["milestone"]: each.rule for each in found}
    assert told == {"没到": "milestone", "难": "milestone_ahead"}
