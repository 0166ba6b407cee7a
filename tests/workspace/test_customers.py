"""Customers of a store one can count: which population each is of, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from chanplan.analysis.customers.facts import COLUMNS, Asked, years_before
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.population import population_of
from chanplan.domain.scope import Scope
from chanplan.store import Store
from chanplan.workspace.customers.customers import Customers
from chanplan.workspace.customers.kept import MOST_KEPT, Kept
from tests.books import lay, open_store

EVERYTHING = Scope(Period(202301, 202412))
END = date(2024, 12, 31)


def line(day: str, customer: str, amount: int, order: str | None = None, **more: Any) -> Any:
    said = {"day": day, "customer": customer, "amount_with_tax": amount, "channel": "天猫"}
    return {**said, "order_number": order, "category": "饮料", "list_with_tax": amount + 1} | more


LINES = [
    # 甲: four orders on three days, one of them in two lines and two categories; a return.
    line("2023-01-10", "甲", 100, "1"),
    line("2024-03-01", "甲", 40, "2"),
    line("2024-03-01", "甲", 20, "2", category="零食"),
    line("2024-03-01", "甲", 10, "3", channel="京东"),
    line("2024-03-11", "甲", 30, "4"),
    line("2024-04-01", "甲", -15, "2", line_type="return", list_with_tax=None),
    # 乙 buys offline, in the months of a file that names no day: a shop or a person, nobody says.
    line("2024-02-01", "乙", 500, channel="超市", grain="month"),
    line("2024-11-01", "乙", 100, channel="超市", grain="month"),
    # 丙's channel says nothing of where it is; its one order comes back whole.
    line("2024-05-05", "丙", 7, "9", channel="甲方"),
    line("2024-05-06", "丙", -7, "10", channel="甲方", line_type="return", list_with_tax=None),
    # 丁 was only given something, 戊 only ever took back: neither is a customer.
    line("2024-05-05", "丁", 0, "11", line_type="gift"),
    line("2024-05-05", "戊", -9, "12", line_type="return"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("customers"))
    lay(opened, LINES)
    yield opened
    opened.close()


@pytest.fixture
def customers(store: Store) -> Customers:
    return Customers(store)


def row(frame: pd.DataFrame, customer: str) -> Mapping[str, Any]:
    (found,) = frame[frame["customer"] == customer].to_dict("records")
    return found


def test_who_belongs_where_is_told_by_where_the_money_is(customers: Customers) -> None:
    found = {one.population: one for one in customers.populations(EVERYTHING)}
    assert [*found] == ["consumer", "customer"]
    assert {name: one.customers for name, one in found.items()} == {"consumer": 1, "customer": 2}
    assert found["consumer"].net == 185 and found["consumer"].why == "channel"
    assert found["customer"].why == "untold"


def test_offline_alone_makes_nobody_an_outlet(tmp_path: Path) -> None:
    """Persons who shop at a supermarket are not called its outlets, unless the company says so;
    who spends half of its money online is a consumer, who spends less nobody knows."""
    sold = {"day": "2024-01-01", "amount_with_tax": 10, "channel": "商超"}
    lines = [
        sold | {"customer": "曾惠"},
        sold | {"customer": "城东店"},
        sold | {"customer": "半"},
        sold | {"customer": "半", "channel": "天猫"},
        sold | {"customer": "少"},
        sold | {"customer": "少", "channel": "天猫", "amount_with_tax": 9},
    ]
    told = open_store(tmp_path)
    lay(told, lines)
    with told.taking_in(2) as writer:
        values = ["customer", "城东店", "kind", "终端门店", 0, 999_999]
        writer.run("insert into attribute_current values (?, ?, ?, ?, ?, ?)", values)
    customers = Customers(told)
    found = {one.population: (one.customers, one.why) for one in customers.populations(EVERYTHING)}
    assert found == {"outlet": (1, "told"), "consumer": (1, "channel"), "customer": (2, "untold")}
    known = {one: set(customers.facts(Asked(one, EVERYTHING, END))["customer"]) for one in found}
    assert known == {"outlet": {"城东店"}, "consumer": {"半"}, "customer": {"曾惠", "少"}}
    told.close()


def test_each_fact_of_a_customer(customers: Customers) -> None:
    frame = customers.facts(Asked("consumer", EVERYTHING, END))
    assert tuple(frame.columns) == COLUMNS and list(frame["customer"]) == ["甲"]
    found = row(frame, "甲")
    assert (found["first"], found["last"]) == (date(2023, 1, 10), date(2024, 3, 11))
    assert found["recency"] == (END - date(2024, 3, 11)).days == 295
    assert (found["orders"], found["days"], found["months"]) == (4, 3, 2)
    assert found["net"] == 185 and found["returned"] == 15 and found["discount"] == 5
    assert found["largest"] == 100  # the second order is worth 45 once its return is in
    assert found["gap"] == ((date(2024, 3, 1) - date(2023, 1, 10)).days + 10) / 2 == 213
    assert (found["categories"], found["channel"], found["channels"]) == (2, "天猫", 2)
    assert found["net_year"] == 85 and found["net_year_before"] == 100
    assert isinstance(found["net"], Decimal)


def test_a_price_is_told_where_units_are_one(tmp_path: Path) -> None:
    """甲 bought 10 bottles for 95 less one returned for 5: 90 for 9. 乙 bought in two units."""
    told = open_store(tmp_path)
    lay(told, [
        line("2024-03-01", "甲", 95, "1", quantity="10", unit="瓶"),
        line("2024-03-05", "甲", -5, "1", quantity="-1", unit="瓶", line_type="return"),
        line("2024-03-06", "甲", 30, "2", channel="京东"),
        line("2024-03-01", "乙", 60, "3", quantity="6", unit="瓶"),
        line("2024-03-02", "乙", 60, "4", quantity="1", unit="箱"),
    ])  # fmt: skip
    frame = Customers(told).facts(Asked("consumer", EVERYTHING, END))
    one, other = row(frame, "甲"), row(frame, "乙")
    assert (one["price"], one["unit"], one["channel_net"]) == (10.0, "瓶", 90)
    assert pd.isna(other["price"]) and pd.isna(other["unit"])
    told.close()


def test_a_line_without_a_day_lies_at_the_end_of_its_month(customers: Customers) -> None:
    found = row(customers.facts(Asked("customer", EVERYTHING, END)), "乙")
    assert (found["first"], found["last"]) == (date(2024, 2, 29), date(2024, 11, 30))
    assert found["orders"] == found["days"] == found["months"] == 2
    assert found["recency"] == 31 and pd.isna(found["gap"])


def test_at_an_earlier_day_only_what_was_then_is_known(customers: Customers) -> None:
    found = row(customers.facts(Asked("consumer", EVERYTHING, date(2024, 3, 5))), "甲")
    assert found["orders"] == 3 and found["net"] == 170 and found["recency"] == 4
    assert customers.facts(Asked("customer", EVERYTHING, date(2024, 2, 28))).empty


def test_who_was_only_given_something_is_no_customer(customers: Customers) -> None:
    frame = customers.facts(Asked("customer", EVERYTHING, END))
    assert list(frame["customer"]) == ["乙", "丙"]
    assert row(frame, "丙")["net"] == 0 and row(frame, "丙")["orders"] == 1


def test_a_filter_keeps_to_its_lines(customers: Customers) -> None:
    found = row(customers.facts(Asked("consumer", EVERYTHING.only("channel", "京东"), END)), "甲")
    assert found["net"] == 10 and found["orders"] == 1


def test_the_same_is_handed_to_all_who_ask(customers: Customers) -> None:
    asked = Asked("consumer", EVERYTHING, END)
    elsewhere = Asked("consumer", EVERYTHING.at(Period(202401, 202401)), END)
    assert customers.facts(asked) is customers.facts(elsewhere)


def test_a_population_is_chosen_before_anything_is_told(customers: Customers) -> None:
    with pytest.raises(BadQueryError) as told:
        customers.population(EVERYTHING)
    assert told.value.code == "population_open"
    assert customers.population(EVERYTHING, "customer") == "customer"
    assert customers.population(EVERYTHING.only("channel", "京东")) == "consumer"
    with pytest.raises(BadQueryError) as told:
        customers.population(EVERYTHING, "partner")
    assert told.value.code == "unknown_population"
    with pytest.raises(BadQueryError) as told:
        customers.population(EVERYTHING.only("channel", "没有"))
    assert told.value.code == "no_customers"


def test_the_data_date_is_the_end_of_what_is_loaded(customers: Customers) -> None:
    assert customers.data_date(EVERYTHING) == date(2024, 11, 30)


def test_shops_are_no_partners_and_dealers_are(tmp_path: Path) -> None:
    sold = {"day": "2024-01-01", "amount_with_tax": 1}
    lines = [
        sold | {"partner": "旗舰店", "customer": "c1", "channel": "天猫"},
        sold | {"partner": "旗舰店", "customer": "c2", "channel": "天猫"},
        sold | {"partner": "D1", "customer": "D1", "channel": "经销商"},
        sold | {"partner": "D2", "channel": "某处"},
        sold | {"customer": "D3", "channel": "经销商"},
    ]
    with_kinds = open_store(tmp_path)
    lay(with_kinds, lines)
    with with_kinds.taking_in(2) as writer:
        for member in ("D1", "D3"):
            values = ["customer", member, "kind", "一级经销商", 0, 999_999]
            writer.run("insert into attribute_current values (?, ?, ?, ?, ?, ?)", values)
    customers = Customers(with_kinds)
    found = {one.population: one.customers for one in customers.populations(EVERYTHING)}
    assert found == {"partner": 3, "consumer": 2}
    partners = customers.facts(Asked("partner", EVERYTHING, END))
    assert sorted(partners["customer"]) == ["D1", "D2", "D3"]
    with_kinds.close()


@pytest.mark.parametrize(
    ("kind", "population"),
    [("终端门店", "outlet"), ("VIP会员", "consumer"), ("二级分销商", "partner"), ("KA", "outlet"),
     ("Kansas", None), ("个人", "consumer"), ("", None)],
)  # fmt: skip
def test_what_a_customer_is_called_tells_its_population(kind: str, population: str | None) -> None:
    assert population_of(kind) == population


def test_a_leap_day_a_year_ago() -> None:
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)


def test_what_is_kept_is_bounded_and_goes_with_its_version() -> None:
    kept, made = Kept(), []

    def ask(version: int, key: int) -> int:
        return kept.get(version, key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [ask(1, 1), ask(1, 1), ask(2, 1)] == [1, 1, 1] and made == [1, 1]
    for key in range(2, MOST_KEPT + 2):
        ask(2, key)
    ask(2, 1)
    assert made.count(1) == 3 and made.count(MOST_KEPT + 1) == 1
