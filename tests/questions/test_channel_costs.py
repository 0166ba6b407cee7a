"""Channel costs as they were uploaded: summed by channel, month and name, and only what counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.questions import Question
from chanplan.workspace import Workspace

D = Decimal
SALES = "日期,渠道,大区,金额\n2024-01-05,天猫,华东,1000\n2024-02-05,门店,华南,400\n"
COSTS = """费用月份,渠道,费用类型,费用金额,归因销售额
2024-01,天猫,投流,100,320
2024-01,天猫,投流,20,
2024-01,天猫,平台佣金,50,
2024-02,门店,陈列费,20,
2024-02,,品牌广告,70,
2023-12,天猫,投流,9,9
"""
SCOPE = Scope(Period(202401, 202402))


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    with Workspace.open(tmp_path_factory.mktemp("costs")) as opened:
        for name, text in (("销售.csv", SALES), ("费用.csv", COSTS)):
            kept = opened.receive(name, text.encode())
            opened.load(kept, opened.inspect(kept, Hints(source=name)))
        yield opened


def asked(space: Workspace, scope: Scope) -> list[tuple[object, ...]]:
    frame = space.ask(Question("channel_costs", scope)).frame
    return sorted(frame.itertuples(index=False, name=None), key=str)


def test_costs_by_channel_month_and_name(space):
    assert asked(space, SCOPE) == [
        ("天猫", 202401, "平台佣金", D(50), None),
        ("天猫", 202401, "投流", D(120), D(320)),
        ("门店", 202402, "陈列费", D(20), None),
        (None, 202402, "品牌广告", D(70), None),
    ]


def test_filters_that_a_cost_sheet_can_follow(space):
    online = asked(space, SCOPE.only("channel_kind", "online"))
    assert {row[0] for row in online} == {"天猫"}
    assert asked(space, SCOPE.only("channel", "门店")) == [("门店", 202402, "陈列费", D(20), None)]
    assert asked(space, SCOPE.only("region", "华东")) == []


def test_what_is_switched_off_does_not_count(space):
    batches = space.imports.all()
    [costs] = batches.loc[batches["table"] == "channel_costs", "batch"]
    space.switch(int(costs), False)
    assert asked(space, SCOPE) == []
    space.switch(int(costs), True)
    assert len(asked(space, SCOPE)) == 4
