"""Actuals of every measure a target may name, against books that a reader can add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace

D = Decimal
SALES = """日期,渠道,客户编码,订单编号,产品编码,品类,数量,金额,销售成本
2023-01-05,门店,W1,S1,P1,饮料,1,10,5
2024-01-05,天猫,W1,S2,P1,饮料,2,100,60
2024-01-20,天猫,W1,S3,P1,饮料,1,50,30
2024-02-05,门店,W2,S4,P2,零食,4,400,200
2024-04-05,天猫,W3,S5,P1,饮料,5,200,90
"""
SCOPE = Scope(Period(202401, 202404))
MONTHS = Period(202401, 202404)


def taken(space: Workspace, name: str, text: str, **told: str) -> None:
    kept = space.receive(name, text.encode())
    space.load(kept, space.inspect(kept, Hints(source=name, **told)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    with Workspace.open(tmp_path_factory.mktemp("actuals")) as opened:
        taken(opened, "销售.csv", SALES)
        yield opened


def rows(space: Workspace, measure: str, *by: str, scope: Scope = SCOPE, **how: object):
    found = space.actuals(measure, scope, by, MONTHS, **how)
    assert found.reason is None
    assert list(found.frame.columns) == ["month", *by, "value"]
    return [tuple(row) for row in found.frame.itertuples(index=False)]


def test_a_sum_by_month_quarter_and_as_a_whole(space):
    monthly = [(202401, D(150)), (202402, D(400)), (202404, D(200))]
    assert rows(space, "net_sales") == monthly
    assert rows(space, "net_sales", each="quarter") == [(202401, D(550)), (202404, D(200))]
    assert rows(space, "net_sales", each="year") == [(202401, D(750))]
    assert rows(space, "net_sales", each="whole") == [(202401, D(750))]


def test_distinct_counts_and_ratios_are_those_of_the_period(space):
    assert rows(space, "active_customers", each="quarter") == [(202401, D(2)), (202404, D(1))]
    assert rows(space, "orders", "channel", each="year") == [
        (202401, "天猫", D(3)),
        (202401, "门店", D(1)),
    ]
    assert rows(space, "average_price", each="whole") == [(202401, D("62.5"))]


def test_what_is_no_measure_is_told(space):
    found = space.actuals("price_of_tea", SCOPE, ("channel",), MONTHS)
    assert found.frame.empty and found.reason == "unknown_measure"
    assert list(found.frame.columns) == ["month", "channel", "value"]
