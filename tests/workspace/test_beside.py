"""Measures beside the sales lines, against a small company that a reader can work out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

D = Decimal
# The first purchases: W1 2023-01, W2 2024-01 (门店) and 2024-03 (天猫), W3 2024-02, W4 2024-03.
SALES = """日期,渠道,伙伴,客户编码,产品编码,品类,数量,金额,销售成本
2023-01-05,门店,D1,W1,P1,饮料,1,10,4
2024-01-05,门店,D1,W1,P1,饮料,10,1000,600
2024-01-20,门店,D1,W2,P2,零食,5,500,300
2024-02-05,门店,D2,美宜,P1,饮料,4,400,200
2024-03-05,天猫,T1,W2,P1,饮料,5,200,90
2024-03-06,天猫,T1,W4,P2,零食,5,300,110
"""
GOODS = "产品编码,品牌\nP1,泡泡\nP2,脆脆\n"
PARTNERS = "伙伴编码,渠道,大区,省份\nD1,门店,华东,浙江\nD2,门店,华南,广东\n"
COLLECTIONS = """经销商编码,回款日期,到期日,回款金额,应收金额
D2,,2024-02-29,100,
D1,2024-01-31,2024-01-31,900,1000
D1,2024-02-28,2024-02-10,150,200
D2,2023-12-31,2024-01-31,70,
D2,,2024-03-31,,50
"""
# W9 sells most of the category and buys nothing from us; sales know W3 by its name, 美宜.
OUTLETS = """网点编码,网点名称,省份,所属经销商,品类销售额
W1,好邻居,浙江,D1,3000
W2,便利,浙江,D1,1000
W3,美宜,广东,D2,2000
W9,大卖场,浙江,D1,4000
"""
CHECKS = """网点编码,产品编码,是否铺货,检查日期
W9,P2,是,2024-02-10
W9,P2,否,2024-03-10
"""
MARKET = """月份,品类,市场规模
2024-01,饮料,10000
2024-02,饮料,8000
2024-03,饮料,4000
2024-01,零食,5000
2024-04,饮料,9000
"""
COSTS = """费用月份,渠道,费用类型,费用金额
2024-01,门店,陈列费,100
2024-02,门店,陈列费,50
2024-02,,品牌广告,30
2024-03,天猫,平台佣金,40
"""
FILES = (
    ("销售.csv", SALES), ("伙伴.csv", PARTNERS), ("回款.csv", COLLECTIONS), ("网点.csv", OUTLETS),
    ("检查.csv", CHECKS), ("市场.csv", MARKET), ("费用.csv", COSTS), ("产品.csv", GOODS),
)  # fmt: skip
QUARTER = Period(202401, 202403)
SCOPE = Scope(QUARTER)


def taken(space: Workspace, name: str, text: str) -> None:
    kept = space.receive(name, text.encode())
    space.load(kept, space.inspect(kept, Hints(source=name)))


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    with Workspace.open(tmp_path_factory.mktemp("beside")) as opened:
        for name, text in FILES:
            taken(opened, name, text)
        yield opened


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    with Workspace.open(tmp_path_factory.mktemp("bare")) as opened:
        taken(opened, "销售.csv", SALES)
        yield opened


def told(space: Workspace, measure: str, *by: str, scope: Scope = SCOPE, each: str = "month"):
    found = space.actuals(measure, scope, by, QUARTER, each)  # type: ignore[arg-type]
    assert found.reason is None
    return {tuple(key): value for *key, value in found.frame.itertuples(index=False)}


def test_the_files_are_what_they_are_taken_for(space):
    tables = set(space.imports.all()["table"])
    assert tables == {
        "sales", "products", "partners", "collections", "outlets", "market_size", "channel_costs"
    }  # fmt: skip


def test_collections_by_the_day_they_came_else_were_due(space):
    assert told(space, "collections") == {(202401,): D(900), (202402,): D(250)}
    by_partner = told(space, "collections", "partner", each="whole")
    assert by_partner == {(202401, "D1"): D(1050), (202401, "D2"): D(100)}
    assert told(space, "collections", "region", each="quarter") == {
        (202401, "华东"): D(1050),
        (202401, "华南"): D(100),
    }
    only = SCOPE.only("channel", "天猫")
    assert told(space, "collections", scope=only) == {}
    assert told(space, "collections", "channel", each="whole") == {(202401, "门店"): D(1150)}


def test_the_rate_is_of_what_was_due_of_the_same_members_and_months(space):
    """D1 pays 900 of 1,000 and 150 of 200. Nothing is due from D2 in February, so its 100 are on
    neither side; in March 50 are due and nothing comes."""
    assert told(space, "collection_rate") == {
        (202401,): D("0.9"), (202402,): D("0.75"), (202403,): D(0)
    }  # fmt: skip
    stores = SCOPE.only("channel", "门店")
    whole = {(202401,): D("0.84")}  # 1,050 of 1,250
    assert told(space, "collection_rate", scope=stores, each="whole") == whole
    assert told(space, "collection_rate", "partner", each="whole") == {
        (202401, "D1"): D("0.875"), (202401, "D2"): D(0)
    }  # fmt: skip
    assert told(space, "collection_rate", scope=SCOPE.only("region", "华东"))[202402,] == D("0.75")


def test_without_what_was_due_there_is_no_rate(tmp_path):
    paid = "经销商编码,回款日期,到期日,回款金额\nD1,2024-01-31,2024-01-31,900\n"
    with Workspace.open(tmp_path) as space:
        taken(space, "销售.csv", SALES)
        taken(space, "回款.csv", paid)
        assert space.actuals("collection_rate", SCOPE, (), QUARTER).reason == "no_dues"
        assert space.actuals("collections", SCOPE, (), QUARTER).reason is None


def test_new_customers_by_their_first_purchase_where_one_looks(space):
    assert told(space, "new_customers") == {(202401,): 1, (202402,): 1, (202403,): 1}
    assert told(space, "new_customers", "channel") == {
        (202401, "门店"): 1,
        (202402, "门店"): 1,
        (202403, "天猫"): 2,
    }
    # Of W1, W2 and W4 only W1 had bought a drink before; W2 drinks since March.
    assert told(space, "new_customers", "category", each="whole") == {
        (202401, "饮料"): 2,
        (202401, "零食"): 2,
    }
    drinks = SCOPE.only("product", "P1")
    assert told(space, "new_customers", scope=drinks) == {(202402,): 1, (202403,): 1}


def test_the_first_year_tells_nobody_new(space):
    found = space.actuals("new_customers", SCOPE, (), Period(202301, 202312))
    assert found.frame.empty and found.reason is None


def test_distribution_by_number_and_by_what_outlets_sell(space):
    """January W1 W2; February W3 and, seen to have P2, W9; March W2 (its P2 is gone from W9)."""
    assert told(space, "numeric_distribution") == {
        (202401,): D("0.5"), (202402,): D("0.5"), (202403,): D("0.25")
    }  # fmt: skip
    assert told(space, "weighted_distribution") == {
        (202401,): D("0.4"), (202402,): D("0.6"), (202403,): D("0.1")
    }  # fmt: skip
    assert told(space, "numeric_distribution", each="quarter") == {(202401,): D(1)}


def test_distribution_of_places_and_goods(space):
    assert told(space, "numeric_distribution", "province", each="whole") == {
        (202401, "广东"): D(1),
        (202401, "浙江"): D(1),
    }
    assert told(space, "numeric_distribution", "region")[202401, "华东"] == D("0.666667")
    assert told(space, "numeric_distribution", "region")[202401, "华南"] == 0
    assert told(space, "numeric_distribution", "product", each="whole") == {
        (202401, "P1"): D("0.75"),  # W1 W3 W2
        (202401, "P2"): D("0.5"),  # W2 W9; W4 is no outlet
    }
    assert told(space, "numeric_distribution", "brand", each="whole") == {
        (202401, "泡泡"): D("0.75"),
        (202401, "脆脆"): D("0.5"),
    }
    only = SCOPE.only("product", "P2")
    assert told(space, "weighted_distribution", scope=only) == {
        (202401,): D("0.1"), (202402,): D("0.4"), (202403,): D(0)
    }  # fmt: skip


def test_an_outlet_may_be_a_partner_of_the_sales(tmp_path):
    with Workspace.open(tmp_path) as space:
        taken(
            space,
            "销售.csv",
            "日期,渠道,门店编码,金额\n2024-01-05,门店,S1,10\n2024-02-05,门店,S1,-3\n",
        )
        taken(space, "网点.csv", "网点编码,网点类型\nS1,便利店\nS2,餐饮\n")
        found = told(space, "numeric_distribution")
        assert found == {(202401,): D("0.5"), (202402,): D(0)}
        assert space.actuals("weighted_distribution", SCOPE, (), QUARTER).reason == "nothing_known"


def test_market_share_over_what_is_told_of_the_market(space):
    assert told(space, "market_share", "category") == {
        (202401, "饮料"): D("0.1"),
        (202401, "零食"): D("0.1"),
        (202402, "饮料"): D("0.05"),
        (202403, "饮料"): D("0.05"),
    }
    # 1000 + 500 + 400 + 200 (not the snacks of March) / 10000 + 5000 + 8000 + 4000
    assert told(space, "market_share", each="whole") == {(202401,): D("0.077778")}


def test_a_year_of_the_market_stands_in_twelve_parts(bare, tmp_path):
    with Workspace.open(tmp_path) as space:
        taken(space, "销售.csv", SALES)
        taken(space, "市场.csv", "年份,品类,市场规模\n2024,饮料,120000\n")
        drinks = SCOPE.only("category", "饮料")
        assert told(space, "market_share", scope=drinks)[202401,] == D("0.1")
        assert told(space, "market_share", each="year") == {(202401,): D("0.053333")}


def test_contribution_of_channels_and_of_what_no_channel_bears(space):
    by_channel = told(space, "channel_contribution", "channel", each="whole")
    # 门店: 600 + 200 of margin − 150; 天猫: 300 − 40
    assert by_channel == {
        (202401, "门店"): D(650), (202401, "天猫"): D(260), (202401, None): D(-30)
    }  # fmt: skip
    assert told(space, "channel_contribution", each="whole") == {(202401,): D(880)}
    monthly = {(202401,): D(500), (202402,): D(120), (202403,): D(260)}
    assert told(space, "channel_contribution") == monthly
    kinds = told(space, "channel_contribution", "channel_kind", each="whole")
    assert sum(kinds.values()) == D(880) and kinds[202401, "online"] == D(260)


@pytest.mark.parametrize(
    ("measure", "by", "code"),
    [
        ("collections", "product", "not_by_dimension"),
        ("collection_rate", "category", "not_by_dimension"),
        ("market_share", "product", "not_by_dimension"),
        ("numeric_distribution", "salesperson", "not_by_dimension"),
        ("channel_contribution", "region", "not_by_dimension"),
    ],
)
def test_what_no_upload_tells_is_refused_with_its_reason(space, measure, by, code):
    found = space.actuals(measure, SCOPE, (by,), QUARTER)
    assert found.frame.empty and found.reason == code
    assert space.actuals(measure, SCOPE.only(by, "x"), (), QUARTER).reason == code


def test_a_market_of_another_scope_is_no_answer(space):
    assert space.actuals("market_share", SCOPE, ("region",), QUARTER).reason == "nothing_known"


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        ("collections", "no_collections"),
        ("collection_rate", "no_dues"),
        ("market_share", "no_market"),
        ("numeric_distribution", "no_outlets"),
        ("weighted_distribution", "no_outlets"),
        ("channel_contribution", "no_costs"),
        ("discount_rate", "nothing_known"),
        ("cost", None),
    ],
)
def test_what_nobody_has_uploaded_is_told(bare, measure, code):
    assert bare.actuals(measure, SCOPE, (), QUARTER).reason == code


def test_one_query_asks_for_all_of_them_beside_the_lines(space):
    measures = ("net_sales", "collections", "collection_rate", "new_customers", "market_share")
    found = space.ask(MetricQuery(measures, SCOPE, by=("month",), compare="last_year")).frame
    assert list(found.columns) == ["month", *measures, *(f"{one}__base" for one in measures)]
    assert list(found.iloc[1])[:6] == [202402, D(400), D(250), D("0.75"), 1, D("0.05")]
    ordered = MetricQuery(("net_sales", "collections"), SCOPE, ("month",), order="collections")
    assert list(space.ask(ordered).frame["month"]) == [202401, 202402, 202403]
    two = MetricQuery(("net_sales", "collections"), SCOPE, ("month",), order="net_sales", limit=2)
    assert list(space.ask(two).frame["month"]) == [202401, 202403]


def test_a_base_is_told_under_the_month_it_is_compared_with(space):
    query = MetricQuery(("collections",), Scope(Period(202402, 202402)), ("month",), "previous")
    assert space.ask(query).frame.values.tolist() == [[202402, D(250), D(900)]]


def test_what_is_switched_off_is_not_there(tmp_path):
    with Workspace.open(tmp_path) as space:
        taken(space, "销售.csv", SALES)
        taken(space, "回款.csv", COLLECTIONS)
        batches = space.imports.all()
        [number] = batches.loc[batches["table"] == "collections", "batch"]
        assert told(space, "collections", each="whole") == {(202401,): D(1150)}
        space.switch(int(number), False)
        assert space.actuals("collections", SCOPE, (), QUARTER).reason == "no_collections"
