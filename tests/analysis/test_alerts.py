"""Which targets call for somebody, and in which order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from chanplan.analysis.alerts import alerts, milestones, waking
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
