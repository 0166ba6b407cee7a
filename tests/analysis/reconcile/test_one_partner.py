"""One partner's three series, worked by hand; none of them is ever added to another."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from chanplan.analysis.reconcile import one_partner
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace
from tests.workspace.test_workspace import bring

HEAD = "渠道,日期,经销商,产品,数量,单位,金额\n"
IN = HEAD + (
    "经销商,2024-01-05,甲,水,10,瓶,100\n经销商,2024-02-05,甲,水,6,瓶,60\n"
    "经销商,2024-02-06,乙,水,1,瓶,7\n"
)
OUT = HEAD + "经销商,2024-01-20,甲,水,4,瓶,52\n经销商,2024-02-20,甲,水,5,瓶,65\n"
PAID = "回款日期,经销商,渠道,回款金额\n2024-02-25,甲,经销商,90\n"
SCOPE = Scope(Period(202401, 202402), "shipment")


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    with Workspace.open(tmp_path_factory.mktemp("partner")) as space:
        bring(space, "出货.csv", IN.encode(), Hints(basis="shipment"))
        bring(space, "流向.csv", OUT.encode(), Hints(basis="sell_out"))
        bring(space, "回款.csv", PAID.encode(), Hints(table="collections"))
        yield lambda query: space.ask(query).frame


def test_three_series_stand_beside_each_other(ask):
    found = one_partner.months(ask, SCOPE, "shipment", "甲")
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        (202401, D(100), D(52), None, D(10), D(4), D(6), D(100), D(0)),
        (202402, D(60), D(65), D(90), D(6), D(5), D(7), D(70), D("0.5625")),
    ]


def test_partners_are_ranked_by_their_gap(ask):
    found = one_partner.ranked(ask, SCOPE, "shipment")
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("甲", D(160), D(117), D(90), D(43)),
        ("乙", D(7), None, None, None),
    ]


def test_no_figure_adds_two_bases(ask):
    """Sell-in 160, sell-out 117, collected 90: no column holds any sum of two of them."""
    told = one_partner.months(ask, SCOPE, "shipment", "甲")
    ranked = one_partner.ranked(ask, SCOPE, "shipment")
    sums = {D(160) + D(117), D(160) + D(90), D(117) + D(90), D(160) + D(117) + D(90)}
    for frame in (told, ranked):
        for column in frame.columns:
            values = [value for value in frame[column] if isinstance(value, D)]
            assert not sums & {*values, sum(values, D(0))}, column


def test_quantities_that_nobody_tells_make_no_stock(ask, tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "出货.csv", IN.encode(), Hints(basis="shipment"))
        found = one_partner.months(lambda query: space.ask(query).frame, SCOPE, "shipment", "甲")
        assert found["stock"].tolist() == [None, None]
        assert found["sell_out"].tolist() == [None, None]
