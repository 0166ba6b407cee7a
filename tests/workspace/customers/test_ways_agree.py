"""Types, traits and facts of customers are asked for in three ways, and say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from chanplan.analysis.customers.facts import Asked
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.store import Store
from chanplan.workspace.customers.customers import Customers
from tests.books import lay, open_store

EVERYTHING = Scope(Period(202301, 202412))
FIRST = date(2023, 1, 5)
DAYS = [date(2023, 9, 3), date(2024, 8, 17), date(2024, 12, 31)]
POPULATIONS = ("consumer", "customer", "partner")


def messy() -> list[dict[str, Any]]:
    """Orders over several days and channels, numbers two sources share, lines without a number,
    returns, sales of nothing, more than sixty categories, and customers at home in two places."""
    rng = np.random.default_rng(11)
    rows = []
    for at in range(2_500):
        order = int(rng.integers(0, 900))
        customer = order % 60
        # An order lies on one day, or on up to four; customers of the first ten buy all the time.
        begun = FIRST + timedelta(days=int(order * 37 % 700))
        day = begun + timedelta(days=int(rng.integers(0, 4)) * (order % 3) * 20)
        kind = "return" if at % 17 == 0 else "sale"
        money = 0 if at % 29 == 0 else int(rng.integers(1, 900)) * (-1 if kind == "return" else 1)
        channel = ["天猫", "商超", None, "京东"][(customer + order // 60) % 4]
        rows.append(
            {
                "day": min(day, date(2024, 12, 31)).isoformat(),
                "customer": f"C{customer:02d}" if at % 13 else None,
                "partner": f"P{customer % 5}" if channel == "商超" and order % 3 else None,
                "channel": channel,
                "order_number": None if at % 7 == 0 else f"N{order}",
                "source": "甲" if at % 2 else "乙",
                "category": None if at % 31 == 0 else f"品类{int(rng.integers(0, 130))}",
                "line_type": kind,
                "amount_with_tax": money,
            }
        )
    often = [FIRST + timedelta(days=21 * at + at % 3) for at in range(34)]
    return rows + [
        {"day": day.isoformat(), "customer": f"常{who}", "channel": ["天猫", "商超", None][who],
         "order_number": f"O{at // 2}", "source": "甲", "amount_with_tax": 10, "category": "品类1"}
        for who in (0, 1, 2) for at, day in enumerate(often)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def customers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Customers]:
    store: Store = open_store(tmp_path_factory.mktemp("messy"))
    lay(store, messy())
    yield Customers(store)
    store.close()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("population", POPULATIONS)
def test_types_and_facts_agree(customers: Customers, population: str, day: date) -> None:
    asked = Asked(population, EVERYTHING, day)
    known = customers.facts(asked).set_index("customer").sort_index()
    types = customers.segmented(asked).set_index("customer").sort_index()
    assert list(known.index) == list(types.index) and len(known)
    assert known["recency"].tolist() == types["recency"].tolist()
    assert known["orders"].tolist() == types["orders"].tolist()
    assert known["net"].tolist() == types["monetary"].tolist()
    steady = types["steady"] == 1
    assert known["gap"][steady].tolist() == types["gap"][steady].tolist()
    assert known["months"][steady].tolist() == types["frequency"][steady].tolist()
    assert steady.sum() == _steady(known).sum()


def _steady(known: pd.DataFrame) -> pd.Series:
    first, last = (pd.PeriodIndex(known[name].astype(str), freq="M") for name in ("first", "last"))
    spans = np.array([(one - other).n + 1 for one, other in zip(last, first, strict=True)])
    often = (known["months"] >= 6) & (3 * known["months"] >= 2 * spans)
    return often & (known["gap"] <= 31)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("population", POPULATIONS)
def test_traits_and_facts_agree(customers: Customers, population: str, day: date) -> None:
    asked = Asked(population, EVERYTHING, day)
    light = customers.compared(asked, ("recency", "categories"))
    known = customers.facts(asked)[[*light.columns]]
    pd.testing.assert_frame_equal(light, known, check_dtype=False)


def test_some_order_lies_on_three_days_and_some_account_is_steady(customers: Customers) -> None:
    """What the others rest on is there."""
    told = pd.DataFrame(messy()).dropna(subset=["order_number", "customer"])
    sold = told[(told["amount_with_tax"] > 0)]
    assert sold.groupby(["source", "order_number", "customer"])["day"].nunique().max() > 2
    found = customers.segmented(Asked("consumer", EVERYTHING, DAYS[-1]))
    assert (found["steady"] == 1).any() and (found["steady"] == 0).any()
