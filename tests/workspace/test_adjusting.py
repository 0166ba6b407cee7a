"""Adjustments by hand: a batch with author and reason, in every total it touches and no other."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from chanplan.domain.errors import AdjustmentError, MonthClosedError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace, by_hand
from chanplan.workspace.reconciling import adjusting
from chanplan.workspace.reconciling.adjusting import Adjustment
from tests.workspace.test_workspace import bring

SHOP = "渠道,日期,金额\n天猫,2024-01-03,1000\n天猫,2024-02-03,600\n京东,2024-02-03,400\n".encode()
FEBRUARY = Scope(Period(202402, 202402))


@pytest.fixture
def space(tmp_path):
    with Workspace.open(tmp_path) as opened:
        bring(opened, "店铺.csv", SHOP)
        yield opened


def _net(space, scope):
    return space.ask(MetricQuery(("net_sales",), scope)).frame["net_sales"].iloc[0]


def test_it_counts_and_is_told_where_it_counts_and_undone(space):
    made = Adjustment(202402, "天猫", D("-113"))
    done = adjusting.adjust(space, made, "跨月退款，财务确认")
    assert _net(space, FEBRUARY) == D(887)
    # 113 with 13 % tax is 100 without it.
    assert _net(space, Scope(FEBRUARY.period, tax="without_tax")) == D(-100)
    for scope, told in (
        (FEBRUARY, (1, D(-113))),
        (FEBRUARY.only("channel", "天猫"), (1, D(-113))),
        (FEBRUARY.only("source", "手工调整", "店铺"), (1, D(-113))),
        (FEBRUARY.only("channel", "京东"), None),
        (FEBRUARY.only("source", "店铺"), None),
        (Scope(Period(202401, 202401)), None),
        (Scope(FEBRUARY.period, basis="invoice"), None),
    ):
        found = adjusting.told(space, scope)
        assert (found and (found.count, found.money)) == told
    newest = space.history()[0]
    assert (newest.code, newest.values["note"]) == ("import_noted", "跨月退款，财务确认")
    kept = adjusting.listed(space).iloc[0]
    assert (kept["channel"], kept["with_tax"], kept["reason"]) == (
        "天猫", D(-113), "跨月退款，财务确认",
    )  # fmt: skip
    assert kept["by"]
    space.switch(done.batch, False)
    assert _net(space, FEBRUARY) == D(1000)
    assert adjusting.told(space, FEBRUARY) is None


def test_two_of_one_month_both_count(space):
    made = Adjustment(202402, "天猫", D(-10), product="水", partner="甲公司")
    for _ in range(2):
        assert adjusting.adjust(space, made, "票折").already is None
    assert _net(space, FEBRUARY) == D(980)
    assert adjusting.told(space, FEBRUARY).count == 2


def test_no_source_outranks_it_and_it_outranks_none(space):
    adjusting.adjust(space, Adjustment(202402, "天猫", D(-10)), "票折")
    said = [{"source": "店铺", "authoritative_for": "天猫"}]
    by_hand.save(space, "sources", said, "店铺为准")
    assert _net(space, FEBRUARY) == D(990)
    again = adjusting.adjust(space, Adjustment(202402, "天猫", D(-1)), "票折")
    assert again.rivals == ()


def test_it_goes_to_the_first_open_month_and_never_to_a_closed_one(space):
    assert adjusting.first_open(space) == 202402
    space.closings.mark([202401], True)
    assert adjusting.first_open(space) == 202402
    with pytest.raises(MonthClosedError):
        adjusting.adjust(space, Adjustment(202401, "天猫", D(-10)), "票折")
    space.closings.mark([202402], True)
    assert adjusting.first_open(space) == 202403


@pytest.mark.parametrize(
    ("channel", "amount", "reason", "code"),
    [
        (" ", D(1), "x", "adjustment_without_channel"),
        ("天猫", D(0), "x", "adjustment_without_amount"),
        ("天猫", D(1), "  ", "adjustment_without_reason"),
        ("天猫", D(10) ** 15, "x", "adjustment_too_large"),
    ],
)
def test_what_nobody_could_follow_is_refused(space, channel, amount, reason, code):
    before = space.version
    with pytest.raises(AdjustmentError) as told:
        adjusting.adjust(space, Adjustment(202402, channel, amount), reason)
    assert (told.value.code, space.version) == (code, before)
