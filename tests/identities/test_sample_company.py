"""The sample company through the product's import path gives its ledger's totals to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from chanplan.analysis import profit
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.sample import Company
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
    batches = space.batches()
    joining = batches[batches["table"].isin(["order_items", "returns"])]
    found = [space.joined(int(batch)) for batch in joining["batch"]]
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
    loaded = space.batches()
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
