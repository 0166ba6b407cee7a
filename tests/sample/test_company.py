"""The simulated company: the same from one seed, whole, changed by a truth only in its place."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from functools import cache

import pandas as pd
import pytest

from chanplan.domain.calendar import new_years
from chanplan.sample import NONE, PLANTED, SEED, Company, Truths, simulate
from chanplan.sample.ledger import COUNTED, money
from tests.stores import simulated

NAMES = [field.name for field in fields(Truths)]
PLACE = ["channel", "partner", "customer", "quantity", "unit_price", "amount_cents"]


@cache
def company(*names: str) -> Company:
    """With these truths and no others."""
    return simulated(replace(NONE, **{name: getattr(PLANTED, name) for name in names}))


def cents(one: Company) -> int:
    counted = one.sales[one.sales["line_type"].isin(COUNTED)]
    return int(counted["amount_cents"].sum())


def test_the_same_seed_gives_the_same_company_and_another_seed_another() -> None:
    pd.testing.assert_frame_equal(company().sales, simulate(SEED, NONE).sales)
    assert cents(simulate(SEED + 1, NONE)) != cents(company())


def test_it_is_as_large_as_it_says() -> None:
    one = company(*NAMES)
    assert one.sales["channel"].nunique() == 8
    assert len(one.products) == one.products["product"].nunique() == 120
    assert one.products["successor"].notna().sum() == 6
    assert one.sales["province"].nunique() == 31 and one.sales["region"].nunique() == 7
    assert sorted(one.sales["month"].unique())[::35] == [202301, 202512]
    kinds = set(one.tables["customers"]["kind"])
    assert {"消费者", "终端", "经销商"} <= kinds


def test_every_line_agrees_with_itself() -> None:
    sales = company(*NAMES).sales
    assert (sales["list_cents"] - sales["discount_cents"] == sales["amount_cents"]).all()
    by_bottle = sales[sales["unit"] == "瓶"]
    assert (by_bottle["quantity"] * by_bottle["unit_price"] == by_bottle["amount_cents"]).all()
    returns = sales[sales["line_type"] == "return"]
    assert (returns["amount_cents"] < 0).all() and (returns["quantity"] < 0).all()
    assert set(returns["original_order"]) <= set(sales["order"])


def test_the_ledger_is_what_the_lines_sum_to() -> None:
    one = company(*NAMES)
    totals = one.ledger.totals("shipment", ("channel", "month"))
    assert totals["net_sales"].sum() == one.ledger.net_sales("shipment")
    both = one.ledger.net_sales("shipment") + one.ledger.net_sales("sell_out")
    assert both == money(cents(one))


@pytest.mark.parametrize("name", NAMES)
def test_a_truth_does_exactly_what_the_ledger_records(name: str) -> None:
    without, having = company(), company(name)
    (record,) = having.ledger.planted
    assert record.name == name
    assert record.money == money(cents(having) - cents(without))
    bottles = [int(c.sales.loc[c.sales["line_type"].isin(COUNTED), "base_quantity"].sum())
               for c in (without, having)]  # fmt: skip
    assert record.bottles == bottles[1] - bottles[0]
    assert record.money or record.bottles or record.changed  # it does something


@pytest.mark.parametrize(
    ("name", "first", "place"),
    [
        ("livestream", 202404, {"channel": {"天猫", "抖音直播"}}),
        ("price_cut", 202503, {"channel": {"京东"}}),
        ("launch", 202504, {"product": {"XS1114"}}),
        ("fading", 202410, {"partner": {"D008"}}),
        ("diversion", 202501, {"partner": {"D001", "D004"}, "basis": {"sell_out"}}),
        ("stuffing", 202412, {"partner": {"D011"}, "basis": {"shipment"}}),
        ("restated", 202506, {"partner": {"D010", "D012", "D016"}, "basis": {"sell_out"}}),
        ("unit_error", 202504, {"channel": {"自营门店"}}),
        ("new_channel", 202301, {"channel": {"社区团购"}}),
    ],
)
def test_a_truth_touches_nothing_outside_its_place(
    name: str, first: int, place: dict[str, set[str]]
) -> None:
    keys = ["order", "product", "date", "line_type", "channel", "partner", "basis"]
    told = [*keys, "customer", "quantity", "unit", "amount_cents"]
    without, having = (c.sales[told].value_counts(dropna=False) for c in (company(), company(name)))
    difference = having.subtract(without, fill_value=0)
    changed = difference[difference != 0].reset_index()
    assert len(changed)
    for column, members in place.items():
        assert set(changed[column]) <= members
    month = changed["date"].map(lambda day: day.year * 100 + day.month)
    assert month.min() >= first


def test_gift_boxes_sell_before_new_year_wherever_it_lies() -> None:
    one = company()
    boxes = set(one.products.loc[one.products["category"] == "礼盒", "product"])
    own = one.sales[one.sales["product"].isin(boxes) & (one.sales["basis"] == "shipment")]
    by_month = own.groupby("month")["amount_cents"].sum()
    # 2023: 22 January, 2024: 10 February, 2025: 29 January.
    assert [new_years()[year].month for year in (2023, 2024, 2025)] == [1, 2, 1]
    assert by_month[202301] > 2 * by_month[202302]
    assert by_month[202501] > 2 * by_month[202502]
    assert by_month[202402] > by_month[202302] and by_month[202402] > by_month[202502]


def test_dealers_stock_is_what_came_less_what_went() -> None:
    one = company(*NAMES)
    stock = one.tables["stock"]
    moved = stock["opening"] + stock["received"] - stock["sold"]
    assert (moved == stock["closing"]).all() and (stock["closing"] >= 0).all()
    dealt = one.sales[(one.sales["channel"] == "经销商") & (one.sales["basis"] == "sell_out")]
    until = dealt[dealt["month"] <= 202512]["base_quantity"].sum()
    assert stock["sold"].sum() == until


def test_money_owed_is_money_sold_in() -> None:
    one = company(*NAMES)
    owed = one.tables["collections"]
    assert (owed["due_cents"] - owed["amount_cents"] == owed["balance_cents"]).all()
    assert owed["due_cents"].map(Decimal).sum() > 0


def test_who_moved_to_the_livestream_pays_what_the_shop_charged() -> None:
    """For the same products 抖音直播 takes more in 2025 than in 2024, because 天猫's members bring
    its prices along and for no other reason: without them it takes 0.70 of the list, as ever."""
    moving = PLANTED.livestream
    assert moving is not None
    still = replace(PLANTED, livestream=replace(moving, switching=0.0))

    def parts(one: Company) -> list[float]:
        sales = one.sales
        live = (sales["channel"] == "抖音直播") & (sales["line_type"] == "sale")
        sold = sales[live & (sales["amount_cents"] > 0)]
        sums = sold.groupby(sold["month"] // 100)[["amount_cents", "list_cents"]].sum()
        return list((sums["amount_cents"] / sums["list_cents"]).loc[[2024, 2025]])

    assert parts(simulated(still)) == pytest.approx([0.70, 0.70], abs=0.002)
    assert parts(simulated()) == pytest.approx([0.72, 0.736], abs=0.002)
