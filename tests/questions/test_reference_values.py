"""Published totals of real orders, and what an independent computation makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.workspace import Workspace

D = Decimal
RETAIL = "online_retail/online_retail.parquet"
SUPERSTORE = "superstore_zh/示例 - 超市.xls"


@pytest.fixture(scope="module")
def retail(shared: Path) -> pd.DataFrame:
    """UCI Online Retail as pandas reads it, with the amount of every line."""
    frame = pd.read_parquet(shared / RETAIL)
    month = frame["InvoiceDate"].dt.year * 100 + frame["InvoiceDate"].dt.month
    return frame.assign(month=month, amount=frame["Quantity"] * frame["UnitPrice"])


@pytest.fixture(scope="module")
def space(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The same year imported."""
    with Workspace.open(tmp_path_factory.mktemp("retail")) as workspace:
        original = workspace.receive("online_retail.parquet", shared / RETAIL)
        workspace.load(original, workspace.inspect(original, Hints(channel="网店")))
        yield workspace


def everything(space: Workspace) -> Scope:
    covered = space.periods()
    assert covered is not None
    return Scope(Period(covered.first, covered.last), space.bases()[0])


def test_the_published_totals_of_online_retail(space: Workspace, retail: pd.DataFrame) -> None:
    scope = everything(space)
    [row] = space.ask(MetricQuery(("net_sales", "orders"), scope)).frame.to_dict("records")
    assert abs(row["net_sales"] - D("9747747.934")) < D("0.0005")
    assert row["orders"] == 25_900 == retail["InvoiceNo"].nunique()
    told = space.ask(MetricQuery(("net_sales", "orders"), scope, ("region",))).frame
    countries = told.set_index("region")
    assert abs(countries.loc["United Kingdom", "net_sales"] - D("8187806.364")) < D("0.0005")
    expected = retail.groupby("Country").agg(amount=("amount", "sum"), n=("InvoiceNo", "nunique"))
    assert set(countries.index) == set(expected.index)
    for country, row in expected.iterrows():
        assert float(countries.loc[country, "net_sales"]) == pytest.approx(row["amount"])
        assert countries.loc[country, "orders"] == row["n"]


def test_new_and_repeat_customers_of_every_month(space: Workspace, retail: pd.DataFrame) -> None:
    """Of a month: who bought, and who of them for the first time in the year."""
    bought = retail[(retail["amount"] > 0) & retail["CustomerID"].notna()]
    bought = bought[["CustomerID", "month"]].drop_duplicates()
    first = bought.groupby("CustomerID")["month"].min()
    active, new = bought["month"].value_counts(), first.value_counts()
    for month in sorted(active.index):
        span = Period(int(month), int(month))
        scope = Scope(span, space.bases()[0])
        told = space.ask(Question("customer_flows", scope, base=span.previous())).frame
        [company] = told[told["whole"] == 1].to_dict("records")
        again = company["repeated"] + company["won_back"]
        seen, begun = int(active[month]), int(new[month])
        assert (company["customers"], company["new_company"]) == (seen, begun)
        assert again == seen - begun


def test_a_supermarket_by_region_category_and_year(shared: Path, tmp_path: Path) -> None:
    orders = pd.read_excel(shared / SUPERSTORE, sheet_name="订单", engine="calamine")
    with Workspace.open(tmp_path) as space:
        content = orders.to_csv(index=False).encode()
        original = space.receive("订单.csv", content)
        space.load(original, space.inspect(original, Hints(channel="超市")))
        by = ("region", "category", "year")
        told = space.ask(MetricQuery(("net_sales",), everything(space), by)).frame
    year = orders["订单日期"].dt.year
    expected = orders.groupby([orders["地区"], orders["类别"], year])["销售额"].sum()
    found = {
        (row["region"], row["category"], int(row["year"])): float(row["net_sales"])
        for row in told.to_dict("records")
    }
    assert found == pytest.approx(expected.to_dict())
    assert len(found) == 6 * 3 * 4
    assert abs(sum(told["net_sales"]) - D("16117548.237")) < D("0.0005")
