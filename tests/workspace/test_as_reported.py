"""A closed month asked as it was reported, whatever has happened since; worked by hand.

January when closed: 甲 100, 乙 30, of the brand 老牌; then it is opened, 甲 told anew as 90, the
brand is 新牌, and 京东 brings 7.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

D = Decimal
HEAD = "渠道,经销商,日期,订单编号,客户名称,产品名称,金额\n"
FIRST = HEAD + (
    "经销,甲,2024-01-03,A1,张,茶,100\n经销,乙,2024-01-04,A2,李,茶,30\n经销,甲,2024-02-03,A3,张,茶,9\n"
)
AGAIN = HEAD + "经销,甲,2024-01-03,A1,王,茶,90\n"
MORE = HEAD + "京东,,2024-01-09,J1,赵,茶,7\n"
PRODUCTS = "产品编码,产品名称,品牌\n茶,茶,老牌\n"
RENAMED = "产品编码,产品名称,品牌\n茶,茶,新牌\n"
JANUARY = Scope(Period(202401, 202401))


def bring(space: Workspace, text: str, name: str, takes=None, **hints):
    original = space.receive(name, text.encode())
    hints = hints or {"source": "流水"}
    return space.load(original, space.inspect(original, Hints(**hints)), takes)


@pytest.fixture
def space(tmp_path: Path):
    with Workspace.open(tmp_path) as space:
        bring(space, FIRST, "流水.csv")
        bring(space, PRODUCTS, "产品.csv", table="products")
        space.closings.close(202401)
        space.closings.reopen([202401], "甲重报")
        bring(space, AGAIN, "流水 重报.csv", "replace")
        bring(space, MORE, "京东.csv")
        bring(space, RENAMED, "产品 新.csv", table="products")
        yield space


def told(space: Workspace, scope: Scope, *measures: str, by=(), reported=()) -> list[tuple]:
    frame = space.ask(MetricQuery(measures, scope, by, reported=reported)).frame
    return [tuple(row) for row in frame.itertuples(index=False)]


def test_every_measure_is_told_as_it_was(space: Workspace) -> None:
    asked = ("net_sales", "orders", "active_customers", "average_order")
    assert told(space, JANUARY, *asked) == [(D(127), 3, 3, D("42.333333"))]
    assert told(space, JANUARY, *asked, reported=(1,)) == [(D(130), 2, 2, D(65))]
    assert told(space, JANUARY, "net_sales", by=("partner",), reported=(1,)) == [
        ("乙", D(30)), ("甲", D(100)),
    ]  # fmt: skip
    assert told(space, JANUARY, "net_sales", "orders", by=("channel",), reported=(1,)) == [
        ("经销", D(130), 2)
    ]
    assert told(space, JANUARY, "net_sales", by=("product",), reported=(1,)) == [("茶", D(130))]
    assert told(space, JANUARY, "net_sales", by=("brand",)) == [("新牌", D(127))]
    assert told(space, JANUARY, "net_sales", by=("brand",), reported=(1,)) == [("老牌", D(130))]


def test_other_months_are_those_of_today(space: Workspace) -> None:
    both = Scope(Period(202401, 202402))
    asked = ("net_sales", "orders", "active_customers")
    assert told(space, both, *asked) == [(D(136), 4, 4)]
    # 张 bought in January as reported, and in February
    assert told(space, both, *asked, reported=(1,)) == [(D(139), 3, 2)]
    assert told(space, both, "net_sales", by=("month",), reported=(1,)) == [
        (202401, D(130)), (202402, D(9)),
    ]  # fmt: skip


def test_what_no_closing_keeps_is_refused(space: Workspace) -> None:
    with pytest.raises(BadQueryError) as raised:
        told(space, JANUARY, "net_sales", by=("city",), reported=(1,))
    assert raised.value.code == "not_reported"
    with pytest.raises(BadQueryError):
        told(space, JANUARY, "collections", reported=(1,))


def test_both_attribute_views_have_the_same_total(space: Workspace) -> None:
    for view in ("current", "then"):
        scope = Scope(Period(202401, 202401), attributes=view)
        rows = told(space, scope, "net_sales", by=("channel_kind",), reported=(1,))
        assert sum(money for _, money in rows) == 130


def test_a_partner_stands_where_the_company_had_it_when_it_was_reported(tmp_path: Path) -> None:
    """甲 sells 9 in January and 100 in February in 华东; from February on it is of 华南; then that
    word is taken back."""
    sold = "渠道,大区,经销商,日期,产品名称,金额\n" + (
        "经销,华东,甲,2024-01-03,茶,9\n经销,华东,甲,2024-02-29,茶,100\n"
    )
    moves = "经销商编码,大区,生效日期\n甲,华南,2024-02-01\n"
    february = Scope(Period(202402, 202402))
    with Workspace.open(tmp_path) as space:
        bring(space, sold, "流水.csv")
        batch = bring(space, moves, "经销商.csv", table="partners").batch
        assert told(space, february, "net_sales", by=("region",)) == [("华南", D(100))]
        space.closings.close(202402)
        space.switch(batch, active=False)
        asked = ("net_sales", "orders", "active_customers")
        assert told(space, february, "net_sales", by=("region",)) == [("华东", D(100))]
        for view in ("current", "then"):
            kept = Scope(Period(202402, 202402), attributes=view)
            assert told(space, kept, "net_sales", by=("region",), reported=(1,)) == [
                ("华南", D(100))
            ]
        assert told(space, february, *asked, reported=(1,)) == told(space, february, *asked)
