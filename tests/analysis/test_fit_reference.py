"""The index of a real file by region and category against an independent computation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from chanplan.analysis import cells, concentration, fit, fit_judging
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

FILE = "superstore_zh/示例 - 超市.xls"
LAST = Scope(Period(201701, 201712))


@pytest.fixture(scope="module")
def orders(shared: Path) -> pd.DataFrame:
    """The sheet of orders; its regions stand in for channels."""
    frame = pd.read_excel(shared / FILE, sheet_name="订单", engine="calamine")
    kept = frame[["订单日期", "地区", "类别", "产品名称", "客户名称", "销售额"]]
    return kept.rename(columns={"地区": "渠道", "类别": "品类"})


@pytest.fixture(scope="module")
def space(orders: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("superstore")) as workspace:
        content = orders.to_csv(index=False).encode()
        original = workspace.receive("订单.csv", content)
        workspace.load(original, workspace.inspect(original))
        yield workspace


def ask(space: Workspace, query: MetricQuery) -> pd.DataFrame:
    return space.ask(query).frame


def test_every_index_of_the_last_year(space: Workspace, orders: pd.DataFrame) -> None:
    table = _judged(space)
    year = orders[orders["订单日期"].dt.year == 2017]
    grid = year.pivot_table("销售额", "渠道", "品类", "sum").astype(float)
    within = grid.div(grid.sum(axis=1), axis=0)
    index = within.div(grid.sum() / grid.sum().sum()) * 100
    assert len(table) == grid.size == 18
    for row in cells.records(table):
        assert float(row["index"]) == pytest.approx(index.loc[row["channel"], row["item"]])
        both = grid[row["item"]].sum() * grid.loc[row["channel"]].sum()
        expected = both / grid.to_numpy().sum()
        assert float(row["gap"]) == pytest.approx(float(row["value"]) - expected)


def test_the_spread_of_a_cell_s_months(space: Workspace, orders: pd.DataFrame) -> None:
    year = orders[orders["订单日期"].dt.year == 2017]
    month = year["订单日期"].dt.month
    grid = year.pivot_table("销售额", [month, "渠道"], "品类", "sum", fill_value=0).astype(float)
    whole = grid.groupby(level=0).sum()
    overall = whole.div(whole.sum(axis=1), axis=0)
    within = grid.div(grid.sum(axis=1), axis=0)
    index = within.div(overall.reindex(within.index, level=0)) * 100
    for row in cells.records(_judged(space)):
        own = index.xs(row["channel"], level=1)[row["item"]]
        total = float(row["index"])
        assert float(row["z"]) == pytest.approx((total - 100) * len(own) ** 0.5 / own.std())
        assert float(row["high"]) == pytest.approx(own.mean() + own.std())


def test_concentration_of_customers_and_products(space: Workspace, orders: pd.DataFrame) -> None:
    year = orders[orders["订单日期"].dt.year == 2017]
    for dimension, column in (("customer", "客户名称"), ("product", "产品名称")):
        _, found = concentration.members(
            ask(space, concentration.query(LAST, dimension)), dimension
        )
        sold = year.groupby(column)["销售额"].sum().astype(float).sort_values(ascending=False)
        shares = sold / sold.sum()
        assert found is not None and found.members == len(sold)
        assert float(found.hhi) == pytest.approx((shares**2).sum())
        assert float(found.top) == pytest.approx(shares.head(3).sum())
        a = int((shares.cumsum().shift(fill_value=0) < 0.8).sum())
        assert found.classes["A"][0] == a


def _judged(space: Workspace) -> pd.DataFrame:
    channels = ask(space, fit.channels_query(LAST))
    sizes = ask(space, fit.items_query(LAST, "category"))
    items = fit.worth_a_look(sizes, channels, "category", 0)
    table = fit.indices(ask(space, fit.cells_query(LAST, "category", items)), channels, "category")
    sold, totals = (ask(space, each) for each in fit_judging.queries(LAST, "category", items))
    monthly = fit_judging.monthly_indices(sold, totals, "category")
    return fit_judging.judged(table, monthly, LAST.period)
