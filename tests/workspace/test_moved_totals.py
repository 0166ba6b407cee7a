"""Totals are equal under both views of attributes, of every measure by every dimension: nothing
that a company says of its members makes or loses a figure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import ATTRIBUTE_VIEWS, Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.store.test_attributes import bring
from tests.store.test_moving import PARTNERS, SALES

YEAR = Period(202401, 202412)
COLLECTED = "回款日期,经销商,渠道,回款金额,单据号\n" + "".join(
    f"2024-{month:02d}-20,D1,经销,90,H{month}\n" for month in range(1, 13)
)
COSTS = "月份,渠道,经销商,费用类型,费用金额\n" + "".join(
    f"2024-{month:02d},经销,D1,推广费,7\n2024-{month:02d},经销,D2,租金,3\n"
    for month in range(1, 13)
)
OUTLETS = "网点编码,网点名称,经销商,渠道,大区,普查日期\n" + "".join(
    f"W{at},店{at},D{at % 3 + 1},经销,华东,2024-0{at}-01\n" for at in range(1, 7)
)
GROUPS = "渠道,渠道大类,生效日期\n经销,传统,\n直营,直控,2024-03-01\n直营,大客户,2024-10-01\n"
PRODUCTS = "产品编码,品类,品牌,系列,生效日期\n茶,饮料,甲,一,\n茶,冲调,乙,二,2024-05-01\n"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("both")) as opened:
        for name, text in (
            ("sales", SALES), ("collections", COLLECTED), ("channel_costs", COSTS),
            ("outlets", OUTLETS), ("channels", GROUPS), ("products", PRODUCTS),
        ):  # fmt: skip
            original = opened.receive(f"{name}.csv", text.encode())
            opened.load(original, opened.inspect(original, Hints(table=name)))
        yield opened


def words(seed: int) -> str:
    """A table of partners as anyone may write it: some words dated, some amid the sales, some of
    nothing, some again."""
    drawn = Random(seed)
    rows = []
    for _ in range(8):
        month = drawn.choice([0, 202306, *range(202402, 202413, 2)])
        since = f"{month // 100}-{month % 100:02d}-01" if month else ""
        cells = [drawn.choice(["D1", "D2", "D3"]), drawn.choice(["经销", "直营", ""])]
        cells += [drawn.choice(["华东", "华中", "华南", ""]), drawn.choice(["一级", "二级"]), since]
        rows.append(",".join(cells))
    return "经销商编码,渠道,大区,经销商等级,生效日期\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("seed", [1, 2])
def test_totals_are_equal_whatever_is_said(space: Workspace, seed: int) -> None:
    original = space.receive("经销商.csv", words(seed).encode())
    hints = Hints(table="partners", fill_down="no")
    batch = space.load(original, space.inspect(original, hints)).batch
    measures = tuple(one.name for one in catalogue().shown() if one.additive)
    try:
        for name in catalogue().dimensions:
            frames = [
                space.ask(MetricQuery(measures, Scope(YEAR, attributes=view), (name,))).frame
                for view in ATTRIBUTE_VIEWS
            ]
            for measure in measures:
                now, then = (sum(frame[measure].dropna(), Decimal(0)) for frame in frames)
                assert now == then, (measure, name)
    finally:
        space.switch(batch, False)


def test_what_stands_beside_sales_moves_along(space: Workspace) -> None:
    """D1 leaves 经销 for 直营 in July: with half its collections then, with all of them now."""
    told = PARTNERS + "D1,一号,经销,华东,\nD1,一号,直营,华中,2024-07-01\n"
    batch = bring(space, "经销商.csv", told)
    now, then = (Scope(YEAR, attributes=view) for view in ATTRIBUTE_VIEWS)
    try:
        for scope, money in ((now, 12 * 90), (then, 6 * 90)):
            found = space.ask(MetricQuery(("collections",), scope, ("channel",))).frame
            assert dict(found.itertuples(index=False))["直营"] == money
        groups = MetricQuery(("net_sales",), now, ("channel_group",))
        assert dict(space.ask(groups).frame.itertuples(index=False))["大客户"] == 1500
        groups = MetricQuery(("net_sales",), then, ("channel_group",))
        found = dict(space.ask(groups).frame.itertuples(index=False))
        assert (found["直控"], found["大客户"]) == (450, 450)
    finally:
        space.switch(batch, False)
