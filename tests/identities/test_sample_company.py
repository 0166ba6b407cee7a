"""The sample company through the product's import path gives its ledger's totals to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from chanplan.analysis import profit
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.sample import Company
from chanplan.sample.ledger import COUNTED
from chanplan.workspace import Workspace, sample_company
from tests.stores import TakenIn, copy_of, simulated

ALL = Period(202301, 202512)


@pytest.fixture(scope="module")
def company() -> Company:
    return simulated()


@pytest.fixture(scope="module")
def space(
    sample_taken_in: TakenIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    home = copy_of(sample_taken_in.home, tmp_path_factory.mktemp("identities") / "home")
    with Workspace.open(home) as opened:
        yield opened


def test_it_comes_in_whole_in_one_commit_and_says_how_far_it_is(sample_taken_in: TakenIn) -> None:
    count, told = sample_taken_in.files, sample_taken_in.told
    assert sample_taken_in.set_aside == 0
    # One commit: the data version has moved once, past every file.
    assert sample_taken_in.moved == count == sample_company.file_count()
    assert told[-1] == (2 * count, 2 * count)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("basis", ["shipment", "sell_out"])
@pytest.mark.parametrize("by", [("channel", "month"), ("partner",), ("product",), ("region",)])
def test_totals_equal_the_ledger(
    space: Workspace, company: Company, basis: str, by: tuple[str, ...]
) -> None:
    scope = Scope(period=ALL, basis=basis, tax="with_tax")  # type: ignore[arg-type]
    asked = space.ask(MetricQuery(("net_sales", "quantity", "orders"), scope, by=by)).frame
    known = company.ledger.totals(basis, by)
    if "month" in by:
        asked["month"] = asked["month"].astype(int)
    both = asked.merge(known, on=list(by), how="outer", suffixes=("", "_ledger"), indicator=True)
    assert set(both["_merge"]) == {"both"}
    assert both["net_sales"].tolist() == both["net_sales_ledger"].tolist()
    assert [int(q) for q in both["quantity"]] == [int(q) for q in both["quantity_ledger"]]
    if by != ("product",):  # an order of two products is in both
        assert both["orders"].tolist() == both["orders_ledger"].tolist()
    assert both["net_sales"].sum() == company.ledger.net_sales(basis)


def test_the_late_file_counts_in_place_of_the_first_sending(
    space: Workspace, company: Company
) -> None:
    grid = space.coverage()
    again = grid[grid["restated"]]
    assert list(zip(again["source"], again["month"], strict=True)) == [("流向", 202506)]
    (row,) = again.itertuples()
    ours = company.sales[(company.sales["source"] == "流向") & (company.sales["month"] == 202506)]
    assert row.counted == len(ours)
    assert row.loaded == len(ours) + len(company.superseded)


def test_orders_items_and_refunds_find_each_other(space: Workspace) -> None:
    batches = space.imports.all()
    joining = batches[batches["table"].isin(["order_items", "returns"])]
    found = [space.imports.joined(int(batch)) for batch in joining["batch"]]
    assert len(found) == 8 and all(one and not one.orphan_rows for one in found)
    assert all(one and not one.untold_orders for one in found)


def test_it_goes_by_one_click_and_comes_back(space: Workspace, company: Company) -> None:
    count = len(sample_company.taken_in(space))
    assert count == sample_company.file_count()
    sample_company.leave(space)
    assert space.is_empty() and sample_company.taken_in(space) == []
    again = sample_company.take_in(space)
    assert all(made.already for made in again)
    assert len(sample_company.taken_in(space)) == count and not space.is_empty()
    for basis in ("shipment", "sell_out"):
        scope = Scope(period=ALL, basis=basis, tax="with_tax")  # type: ignore[arg-type]
        (total,) = space.ask(MetricQuery(("net_sales",), scope)).frame["net_sales"]
        assert total == company.ledger.net_sales(basis)


def test_targets_come_from_their_wide_sheets(space: Workspace, company: Company) -> None:
    plan = company.tables["targets"]
    loaded = space.imports.all()
    rows = loaded[loaded["table"] == "targets"]["rows_loaded"].sum()
    money = loaded[loaded["table"] == "targets"]["sum_loaded"].sum()
    assert (int(rows), int(money)) == (len(plan), int(plan["amount"].sum()))


def test_channel_profit_bears_every_cost_of_the_sheets(space: Workspace, company: Company) -> None:
    scope = Scope(period=ALL, basis="shipment", tax="with_tax")
    costs = space.ask(Question("channel_costs", scope)).frame
    told = company.tables["channel_costs"]
    assert sum(costs["amount"]) == Decimal(int(told["amount_cents"].sum())).scaleb(-2)
    stated = profit.statement(space.ask(profit.query(scope)).frame, costs)
    whole = stated.company
    assert whole["net_sales"] == company.ledger.net_sales("shipment")
    borne = whole["costs"] + whole["left_out"] + whole["unallocated"]
    assert borne == sum(costs["amount"])
    # 自营门店 has no cost sheet; of 商超KA two months were never sent.
    coverage = dict(zip(stated.channels["member"], stated.channels["coverage"], strict=True))
    assert coverage["自营门店"] == 0 and 0 < coverage["商超KA"] < 1 and coverage["天猫"] == 1


def test_measures_beside_the_lines_are_those_of_the_ledger(
    space: Workspace, company: Company
) -> None:
    """Each by another way: from the ledger's lines and the company's own tables, in pandas."""
    year, scope = Period(202501, 202512), Scope(ALL, "shipment")

    def told(measure: str, *by: str, each: str = "month") -> dict[Any, Decimal]:
        found = space.actuals(measure, scope, by, year, each)  # type: ignore[arg-type]
        assert found.reason is None
        return {tuple(key): value for *key, value in found.frame.itertuples(index=False)}

    lines = company.ledger.lines
    bought = lines[(lines["line_type"] == "sale") & (lines["amount_cents"] > 0)]
    own = bought[bought["basis"] == "shipment"]
    entered = own.groupby("customer")["month"].min().value_counts()
    counted = {(month,): Decimal(int(entered[month])) for month in year if month in entered}
    assert told("new_customers") == counted
    outlets = company.tables["outlets"].drop_duplicates("outlet").set_index("outlet")
    sold_to = bought[bought["customer"].isin(outlets.index)]
    carrying = sold_to.groupby("month")["customer"].unique()
    weights = outlets["category_sales"].astype(float)
    numeric, weighted = told("numeric_distribution"), told("weighted_distribution")
    for month in year:
        assert float(numeric[month,]) == pytest.approx(
            len(carrying[month]) / len(outlets), abs=1e-6
        )
        part = weights[carrying[month]].sum() / weights.sum()
        assert float(weighted[month,]) == pytest.approx(part, abs=1e-6)
    paid = company.tables["collections"]
    months = [f"{month // 100}-{month % 100:02d}" for month in year]
    cents = paid.groupby(paid["date"].astype(str).str[:7])["amount_cents"].sum()
    collected = {(month,): Decimal(int(cents[day])) / 100
                 for month, day in zip(year, months, strict=True)}  # fmt: skip
    assert told("collections") == collected
    category = company.products.set_index("product")["category"]
    counted_types = lines["line_type"].isin(COUNTED) & (lines["basis"] == "shipment")
    ours = lines[counted_types & (lines["month"] >= 202501)]
    sums = ours.groupby(ours["product"].map(category))["amount_cents"].sum() / 100
    market = company.tables["market_size"]
    market = market[market["period"].astype(str).str[:4] == "2025"]
    sizes = market.groupby("category")["amount"].sum()
    shares = told("market_share", "category", each="year")
    assert len(shares) == len(sizes)
    for name, size in sizes.items():
        assert float(shares[202501, name]) == pytest.approx(sums[name] / float(size), abs=1e-6)
