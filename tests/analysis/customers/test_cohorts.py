"""Cohorts worked out by hand, and which of them may be called best."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from chanplan.analysis.customers import cohorts, retention_story

NAMES = ["told_by", "cohort", "channel", "age", "customers", "buyers", "net", "returned"]


def answer(best: int = 60, worst: int = 20, size: int = 200) -> pd.DataFrame:
    """Two cohorts of a known age, each wholly of one channel; 天猫 stays better."""
    rows: list[list[object]] = [["month", 202301, None, 0, 10, 10, 100, 0]]
    for cohort, channel, stays in ((202401, "天猫", best), (202402, "抖音", worst)):
        for age in range(7):
            counts = [size, size if age == 0 else stays, size if age == 0 else stays * 2]
            # All who stay came back in the first month.
            counts.append(stays if age == 1 else 0)
            rows += [
                ["month", cohort, None, age, *counts],
                ["channel", None, channel, age, *counts],
            ]
        rows.append(["both", cohort, channel, 0, size, size, size, 0])
    return pd.DataFrame(rows, columns=NAMES)


def test_shares_and_worth_by_hand() -> None:
    found = cohorts.cohorts(answer())
    wide = cohorts.triangle(found.months)
    assert wide.loc[202401].tolist() == [0.3] * 6 and 0 not in wide.columns
    assert cohorts.triangle(found.months, 1).index.tolist() == [202402]
    at = found.channels[(found.channels["channel"] == "天猫") & (found.channels["age"] == 3)]
    assert at["worth"].iloc[0] == pytest.approx(1 + 3 * 0.6)
    known = found.months.groupby("cohort")["is_known"].first()
    assert known.to_dict() == {202301: False, 202401: True, 202402: True}


def test_who_stays_best_and_why() -> None:
    found = cohorts.cohorts(answer())
    best, worst = cohorts.best_and_worst_channel(found) or pytest.fail("nobody is judged")
    assert (best.member, worst.member, best.stays, worst.others) == ("天猫", "抖音", 0.3, 0.2)
    channel, cohort = retention_story.standings(found)
    assert (channel.why, cohort.why) == ("again", "mix")
    # Of 200, 60 came back and bought in all six months; 20 did so of the others.
    assert (channel.best.again, channel.best.often) == (0.3, pytest.approx(6))
    assert (channel.worst.again, channel.worst.often) == (0.1, pytest.approx(6))
    assert cohort.best.leading == ("天猫", 1.0) and cohort.best.by_mix == pytest.approx(0.3)


def test_a_channel_stays_best_since_who_comes_back_comes_often() -> None:
    """As many of both come back; of one in six months, of the other in two."""
    told = answer()
    told.loc[(told["age"] == 1) & (told["told_by"] == "channel"), "returned"] = 60
    (channel, _) = retention_story.standings(cohorts.cohorts(told))
    assert (channel.best.again, channel.worst.again) == (0.3, 0.3)
    assert (channel.best.often, channel.worst.often) == (pytest.approx(6), pytest.approx(2))
    assert channel.why == "often"


def test_the_margin_is_of_ones_own_customers_and_of_what_has_a_cost() -> None:
    facts = pd.DataFrame({"customer": ["a", "b"]})
    mix = pd.DataFrame(
        [("a", 60.0, 12.0, 40.0), ("b", 40.0, None, None), ("x", 900.0, 900.0, 900.0)],
        columns=["customer", "net", "margin", "costed"],
    )
    assert retention_story.margin(facts, mix) == retention_story.Margin(0.3, 0.4)
    assert retention_story.margin(facts, mix[mix["customer"] == "b"]) is None


@pytest.mark.parametrize("told", [answer(6, 2, 19), answer()[:0]])
def test_of_a_few_customers_nobody_is_best(told: pd.DataFrame) -> None:
    assert retention_story.standings(cohorts.cohorts(told)) == ()


def test_what_chance_may_make_is_told_as_such() -> None:
    (channel,) = retention_story.standings(cohorts.cohorts(answer(22, 20)))
    assert channel.kind == "channel" and not channel.best.is_sure and not channel.worst.is_sure
    (sure, _) = retention_story.standings(cohorts.cohorts(answer()))
    assert sure.best.is_sure


def test_a_month_counts_when_it_is_whole() -> None:
    assert cohorts.last_whole_month(date(2024, 2, 29), 31) == 202402
    assert cohorts.last_whole_month(date(2024, 2, 28), 31) == 202401
    assert cohorts.last_whole_month(date(2024, 3, 25), 25) == 202403
