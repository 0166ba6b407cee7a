"""The types of customers, against values one can count and against pandas on a real year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from chanplan.analysis.customers.facts import Asked
from chanplan.analysis.customers.rfm import Rules
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace.customers.customers import Customers
from tests.books import lay, open_store

EVERYTHING = Scope(Period(202301, 202412))
END = date(2024, 12, 31)


def bought(customer: str, *days: str, each: int = 100, **more: Any) -> list[dict[str, Any]]:
    return [
        {"day": day, "customer": customer, "amount_with_tax": each, "order_number": customer + day}
        | {"channel": "天猫", **more}
        for day in days
    ]


# Ten customers of two orders or more, two of one. By recency: A 1 day, B 11 … J 400.
AGO = {
    "A": 1,
    "B": 11,
    "C": 21,
    "D": 31,
    "E": 100,
    "F": 150,
    "G": 200,
    "H": 250,
    "I": 300,
    "J": 400,
}
ORDERS = {"A": 2, "B": 2, "C": 2, "D": 3, "E": 3, "F": 4, "G": 5, "H": 6, "I": 7, "J": 2}
EACH = {"A": 500, "B": 50, "C": 40, "D": 30, "E": 200, "F": 10, "G": 90, "H": 5, "I": 80, "J": 45}


def lines() -> list[dict[str, Any]]:
    rows = []
    for name, ago in AGO.items():
        days = [END - timedelta(days=ago + 60 * at) for at in range(ORDERS[name])]
        rows += bought(name, *(day.isoformat() for day in days), each=EACH[name])
    return [*rows, *bought("K", "2024-12-30", each=9999), *bought("L", "2023-01-01")]


@pytest.fixture(scope="module")
def customers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Customers]:
    store = open_store(tmp_path_factory.mktemp("rfm"))
    lay(store, lines())
    yield Customers(store)
    store.close()


def judged(customers: Customers, rules: Rules = Rules(), day: date = END) -> pd.DataFrame:  # noqa: B008
    found = customers.segmented(Asked("consumer", EVERYTHING, day), rules=rules)
    return found.set_index("customer").sort_index()


def test_scores_tell_how_many_do_worse(customers: Customers) -> None:
    found = judged(customers)
    assert list(found["r"])[:10] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    # Four have two orders: nobody does worse. Two of three beat four of ten, and so on.
    assert list(found["f"])[:10] == [1, 1, 1, 3, 3, 4, 4, 5, 5, 1]
    # 1000 100 80 90 600 40 450 30 560 90 of ten: two of 90 beat three.
    assert list(found["m"])[:10] == [5, 3, 2, 2, 5, 1, 4, 1, 4, 2]
    assert found["monetary"].astype(float).tolist()[:3] == [1000, 100, 80]
    assert found["recency"].tolist()[:10] == list(AGO.values())


def test_the_eight_types_and_too_few_orders(customers: Customers) -> None:
    found = judged(customers)["segment"].astype(object).to_dict()
    assert found == {
        "A": "important_develop",
        "B": "general_develop",
        "C": "general_develop",
        "D": "general_develop",
        "E": "important_winback",
        "F": "general_keep",
        "G": "important_keep",
        "H": "general_keep",
        "I": "important_keep",
        "J": "general_winback",
        "K": "few_orders",
        "L": "few_orders",
    }


def test_one_huge_order_does_not_make_a_loyal_customer(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    rows = bought("巨", "2024-10-01", "2024-12-20") + bought("巨", "2024-12-01", each=100_000)
    for at in range(9):
        rows += bought(f"常{at}", "2024-09-01", "2024-12-15")
    rows += bought("勤", "2024-10-01", "2024-11-01", "2024-12-20")
    lay(store, rows)
    found = judged(Customers(store))
    assert found.loc["勤", "f"] == 5 and found.loc["勤", "segment"] == "important_value"
    assert found.loc["巨", "f"] == 3 and found.loc["巨", "segment"] == "important_develop"
    store.close()


def test_thresholds_take_the_place_of_ranks(customers: Customers) -> None:
    found = judged(customers, Rules(near_days=100, often=3, much=90, least=1))
    assert [name for name, row in found.iterrows() if row["r"] == 5] == list("ABCDEK")
    assert [name for name, row in found.iterrows() if row["f"] == 5] == list("DEFGHI")
    assert [name for name, row in found.iterrows() if row["m"] == 5] == list("ABDEGIJKL")
    assert found.loc["K", "segment"] == "important_develop"
    assert found.loc["D", "segment"] == "important_value"


def test_as_if_then(customers: Customers) -> None:
    then = judged(customers, day=date(2024, 3, 31))
    assert "K" not in then.index and then.loc["L", "segment"] == "few_orders"
    assert then.loc["I", "frequency"] == 7 - sum(
        END - timedelta(days=300 + 60 * at) > date(2024, 3, 31) for at in range(7)
    )


def month_starts(first: int, last: int) -> list[str]:
    """The fifth of each month of 2023 and 2024, counted from January 2023."""
    return [f"{2023 + at // 12}-{at % 12 + 1:02d}-05" for at in range(first, last + 1)]


def test_accounts_that_order_continuously_are_judged_by_their_own_interval(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    rows = bought("月月", *month_starts(0, 22), channel="经销商")  # usually 31 days, silent for 56
    rows += bought("停了", *month_starts(0, 18), channel="经销商")  # silent since July
    rows += bought("偶尔", "2023-02-01", "2023-09-01", "2024-12-30", channel="经销商")
    lay(store, rows)
    asked = Asked("customer", EVERYTHING, END)
    found = Customers(store).segmented(asked).set_index("customer")
    assert found["steady"].to_dict() == {"月月": 1, "停了": 1, "偶尔": 0}
    assert found.loc["月月", "gap"] == 31 and found.loc["月月", "recency"] == 56
    # 56 days are less than two of its intervals; months with an order: 23 of 24.
    assert (found.loc["月月", "r"], found.loc["月月", "f"]) == (4, 5)
    assert found.loc["月月", "frequency"] == 23
    # 179 days are more than four of its intervals; 19 of 24 months.
    assert (found.loc["停了", "r"], found.loc["停了", "f"]) == (1, 4)
    store.close()


def test_an_unknown_method_is_refused(customers: Customers) -> None:
    with pytest.raises(BadQueryError) as told:
        customers.segmented(Asked("consumer", EVERYTHING, END), method="magic")
    assert told.value.code == "unknown_method"


def test_the_baskets_of_customers_sum_to_their_money(customers: Customers) -> None:
    asked = Asked("consumer", EVERYTHING, END)
    mix, labels = customers.mix(asked, "channel"), customers.segmented(asked)
    assert mix["net"].sum() == labels["monetary"].sum()


# --- a real year -------------------------------------------------------------------------
