"""The eight types of a real year and of the sample company, held against pandas and its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from chanplan.analysis.customers import migration, rfm
from chanplan.analysis.customers.facts import Asked
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace import Workspace
from chanplan.workspace.customers.customers import Customers
from tests.books import lay, open_store


@pytest.fixture(scope="module")
def retail(shared: Path) -> pd.DataFrame:
    """The year cleaned as its README says."""
    columns = ["InvoiceNo", "Quantity", "UnitPrice", "CustomerID", "InvoiceDate"]
    raw = pd.read_parquet(shared / "online_retail" / "online_retail.parquet", columns=columns)
    known = raw["CustomerID"].notna() & ~raw["InvoiceNo"].astype(str).str.startswith("C")
    rows = raw[known & (raw["Quantity"] > 0) & (raw["UnitPrice"] > 0)].copy()
    rows["day"] = pd.to_datetime(rows["InvoiceDate"]).dt.date
    rows["customer"] = rows["CustomerID"].astype(float).astype(int).astype(str)
    rows["money"] = rows["Quantity"] * rows["UnitPrice"]
    return rows


@pytest.fixture(scope="module")
def retail_customers(
    retail: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Customers]:
    store = open_store(tmp_path_factory.mktemp("retail"))
    lay(store, _orders(retail))
    yield Customers(store)
    store.close()


def _orders(retail: pd.DataFrame) -> list[dict[str, Any]]:
    """A line an invoice: what is asked of customers needs no more, and the test stays quick."""
    orders = retail.groupby(["InvoiceNo", "customer", "day"], as_index=False)["money"].sum()
    return [
        {
            "day": row.day.isoformat(),
            "customer": row.customer,
            "order_number": str(row.InvoiceNo),
            "channel": "网店",
            "amount_with_tax": f"{row.money:.4f}",
        }
        for row in orders.itertuples(index=False)
    ]


def by_pandas(retail: pd.DataFrame, day: date) -> pd.Series:
    """The types worked out another way: sorted places, and searched in them."""
    rows = retail[retail["day"] <= day]
    orders = rows.groupby(["customer", "InvoiceNo"])["money"].sum().round(4)
    facts = rows.groupby("customer").agg(last=("day", "max"), first=("day", "min"))
    facts["days"] = (pd.to_datetime(day) - pd.to_datetime(facts["last"])).dt.days
    facts["orders"] = orders.groupby(level=0).size()
    facts["money"] = orders.groupby(level=0).sum()
    facts["largest"] = orders.groupby(level=0).max()
    some = facts[facts["orders"] >= 2].copy()
    n = len(some)
    far = np.sort(some["days"].to_numpy())
    some["r"] = np.ceil(5 * (n - np.searchsorted(far, some["days"], "left")) / n)
    for name, of in (("f", "orders"), ("m", "money")):
        places = np.searchsorted(np.sort(some[of].to_numpy()), some[of], "left")
        some[name] = 1 + np.floor(5 * places / n)
    one_order = (2 * some["largest"] > some["money"]) & (some["orders"] <= 3)
    some.loc[one_order & (some["f"] > 3), "f"] = 3
    _own_rhythm(some, rows, day)
    high = some[["r", "f", "m"]] >= 4
    names = {
        (True, True, True): "important_value", (True, False, True): "important_develop",
        (False, True, True): "important_keep", (False, False, True): "important_winback",
        (True, True, False): "general_value", (True, False, False): "general_develop",
        (False, True, False): "general_keep", (False, False, False): "general_winback",
    }  # fmt: skip
    types = [names[key] for key in high.itertuples(index=False, name=None)]
    return pd.Series(types, index=some.index).reindex(facts.index, fill_value="few_orders")


def _own_rhythm(some: pd.DataFrame, rows: pd.DataFrame, day: date) -> None:
    """Those who buy in most months, by their own interval."""
    days = rows.groupby("customer")["day"].unique()
    for who in some.index:
        own = pd.DatetimeIndex(sorted(days[who]))
        months = own.to_period("M").unique()
        if len(months) < 6 or 3 * len(months) < 2 * ((months[-1] - months[0]).n + 1):
            continue
        gap = float(np.median(np.diff(own.values).astype("timedelta64[D]").astype(int)))
        if gap > 31:
            continue
        silent = some.at[who, "days"] / max(gap, 7)
        some.at[who, "r"] = max(1, min(5, 6 - int(np.ceil(max(silent, 1)))))
        part = len(months) / ((pd.Period(day, "M") - months[0]).n + 1)
        steps = [1 / 3, 1 / 2, 2 / 3, 0.9]
        some.at[who, "f"] = 1 + sum(part >= step - 1e-12 for step in steps)


@pytest.mark.parametrize("day", [date(2011, 12, 9), date(2011, 8, 31)])
def test_a_real_year_has_the_types_that_pandas_gives(
    retail: pd.DataFrame, retail_customers: Customers, day: date
) -> None:
    asked = Asked("consumer", Scope(Period(201012, 201112)), day)
    found = retail_customers.segmented(asked)
    if day == date(2011, 12, 9):
        assert len(found) == 4338
        assert float(found["monetary"].sum()) == pytest.approx(8_911_407.904, abs=0.05)
    types = found.set_index("customer")["segment"].astype(object).sort_index()
    expected = by_pandas(retail, day).sort_index()
    assert types.value_counts().to_dict() == expected.value_counts().to_dict()
    assert types.to_dict() == expected.to_dict()


def test_migration_sums_to_the_customers_of_both_dates(retail_customers: Customers) -> None:
    days = date(2011, 8, 31), date(2011, 12, 9)
    scope = Scope(Period(201012, 201112))
    before, now = (retail_customers.segmented(Asked("consumer", scope, day)) for day in days)
    ways = migration.matrix(migration.moves(before, now), [*rfm.SEGMENTS])
    known = ways[ways["was"] != migration.NOT_YET]
    assert known["customers"].sum() == len(before)
    assert ways["customers"].sum() == len(now) == 4338
    assert not (ways["now"] == migration.GONE).any()
    assert known["money_before"].sum() == pytest.approx(float(before["monetary"].sum()))
    assert ways["money"].sum() == pytest.approx(8_911_407.904, abs=0.05)
    by_row = known.groupby("was")["customers"].sum().to_dict()
    assert by_row == before["segment"].astype(object).value_counts().to_dict()


# --- the sample company --------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Iterator[Workspace]:
    with Workspace.open(sample_home) as workspace:
        yield workspace


def test_the_sample_has_its_populations(sample: Workspace) -> None:
    scope = Scope(Period(202301, 202512), "shipment")
    found = {one.population: one for one in sample.customers.populations(scope)}
    assert found["consumer"].why == "told" and found["partner"].customers == 31
    assert sample.customers.data_date(scope) == date(2025, 12, 31)
    asked = Asked("consumer", scope, date(2025, 12, 31))
    assert len(sample.customers.facts(asked)) == found["consumer"].customers
    assert sample.customers.segmented(asked)["monetary"].sum() == found["consumer"].net


def test_facts_and_types_know_the_same_customers(sample: Workspace) -> None:
    for population in ("partner", "outlet", "consumer"):
        asked = Asked(population, Scope(Period(202301, 202512), "shipment"), date(2025, 3, 31))
        facts = sample.customers.facts(asked).set_index("customer").sort_index()
        types = sample.customers.segmented(asked).set_index("customer").sort_index()
        assert list(facts.index) == list(types.index)
        for one, other in (("recency", "recency"), ("orders", "orders"), ("net", "monetary")):
            assert (facts[one] == types[other]).all()
        steady = types["steady"] == 1
        assert (types.loc[steady, "gap"] == facts.loc[steady, "gap"]).all()
        assert (types.loc[steady, "frequency"] == facts.loc[steady, "months"]).all()


def test_those_who_switched_to_the_livestream_are_seen(sample: Workspace) -> None:
    """Part of the members of 天猫 goes to 抖音直播 for good from April 2024 on (data/sample)."""
    scope = Scope(Period(202301, 202512), "shipment")
    asked = Asked("consumer", scope, date(2025, 12, 31))
    labels = sample.customers.segmented(asked)
    before, now = (
        migration.main_places(labels, sample.customers.mix(at, "channel"), "channel")
        for at in (replace(asked, as_of=date(2023, 12, 31)), asked)
    )
    ways = migration.matrix(migration.moves(before, now), [])
    counts = {(row.was, row.now): row.customers for row in ways.itertuples()}
    there = counts["天猫", "抖音直播"]
    left = sum(n for (was, to), n in counts.items() if was == "天猫" and to != migration.GONE)
    assert there > 2 * counts["抖音直播", "天猫"] and 0.15 < there / left < 0.35
    assert there == max(n for (was, to), n in counts.items()
                        if was not in (to, migration.NOT_YET) and to != migration.GONE)  # fmt: skip
