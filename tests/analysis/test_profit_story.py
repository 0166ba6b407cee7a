"""What a statement says first, and its steps from sales to what is left: worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanplan.analysis import profit, profit_story
from tests.analysis.test_profit import BOOK, costs, sales

D = Decimal
# 天猫 leaves 300 − 60 = 240 of 1,000; 抖音 40 − 90 = −50 of 200: its costs are 45 % of sales,
# the company's 150 / 1,200 = 12.5 %.
TWO = profit.statement(
    sales(
        ("天猫", 202401, D(1000), D(700), D(300), D(9)),
        ("抖音", 202401, D(200), D(160), D(40), D(2)),
    ),
    costs(("天猫", 202401, "物流", D(60), None), ("抖音", 202401, "投流", D(90), D(180))),
)


def test_who_earns_who_loses_and_whose_costs_stand_out() -> None:
    told = {found.code: found.values for found in profit_story.story(TWO)}
    assert list(told) == ["profit", "earns_most", "loses", "costs_most"]
    assert (told["profit"]["value"], told["profit"]["rate"]) == (D(190), D(190) / D(1200))
    assert (told["earns_most"]["member"], told["earns_most"]["value"]) == ("天猫", D(240))
    assert (told["loses"]["member"], told["loses"]["value"]) == ("抖音", D(-50))
    assert (told["costs_most"]["cost_rate"], told["costs_most"]["usual_rate"]) == (
        D("0.45"), D("0.125"),
    )  # fmt: skip


def test_a_part_says_that_it_is_one() -> None:
    told = [found.code for found in profit_story.story(profit.statement(*BOOK))]
    assert told[:2] == ["profit", "profit_partly"]


def test_without_costs_nothing_is_said_of_profit() -> None:
    book = sales(("天猫", 202401, D(10), None, None, None))
    assert [f.code for f in profit_story.story(profit.statement(book, costs()))] == [
        "profit_unknown"
    ]


@pytest.mark.parametrize("member", [None, "天猫"])
def test_the_steps_lead_from_sales_to_what_is_left(member) -> None:
    stated = profit.statement(*BOOK)
    steps = profit_story.steps(stated, member)
    totals = steps[steps["is_total"].astype(bool)]
    first, last = totals["amount"].iloc[0], totals["amount"].iloc[-1]
    between = steps[~steps["is_total"].astype(bool)]["amount"]
    assert first + sum(between, D(0)) == last


def test_the_steps_of_a_channel_by_hand() -> None:
    steps = profit_story.steps(profit.statement(*BOOK), "天猫")
    told = list(zip(steps["code"], steps["name"], steps["amount"], strict=True))
    assert told == [
        ("sales", None, D(1000)),
        ("goods", None, D(-600)),
        ("cost", "投流", D(-100)),
        ("cost", "平台佣金", D(-50)),
        ("cost", "物流", D(-30)),
        ("left", None, D(220)),
    ]


def test_the_channels_that_make_a_step_by_hand() -> None:
    def told(*step: str) -> list[tuple[object, ...]]:
        return list(profit_story.bearers(TWO, *step).itertuples(index=False, name=None))

    assert told("cost", "投流") == [("抖音", D(90), D("0.45"), D(1))]
    assert told("goods") == [
        ("天猫", D(700), D("0.7"), D(700) / 860),
        ("抖音", D(160), D("0.8"), D(160) / 860),
    ]
    assert [row[:2] for row in told("left")] == [("天猫", D(240)), ("抖音", D(-50))]
    assert told("unallocated") == []


@pytest.mark.parametrize("code", ["sales", "goods", "channels", "unallocated", "left_out"])
def test_those_who_make_a_step_sum_to_it(code: str) -> None:
    stated = profit.statement(*BOOK)
    steps = profit_story.steps(stated)
    step = sum(steps.loc[steps["code"] == code, "amount"], D(0))
    assert sum(profit_story.bearers(stated, code)["amount"], D(0)) == abs(step)
