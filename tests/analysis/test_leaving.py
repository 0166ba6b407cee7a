"""What would go with one member, by hand and as identities, and against a real store."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd
import pytest

from chanplan.analysis import cells, leaving
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.store import Store
from chanplan.workspace import looking
from chanplan.workspace.answers import answer
from tests.books import lay, open_store

D = Decimal
JANUARY = Scope(Period(202401, 202401))
PLACES = ("product", "region")


def figures(sales: object, margin: object = None, cost: object = None) -> pd.DataFrame:
    cell = [None if each is None else D(str(each)) for each in (sales, margin, cost)]
    return cells.table(leaving.MEASURES, [cell])


def test_what_goes_and_what_remains_are_the_whole() -> None:
    """200 of 1,000; its cost is known for 80 + 40 = 120 of it, the company's for 600."""
    stake = leaving.stake(figures(200, 80, 40), figures(1000, 300, 300))
    assert (stake.sales, stake.rest, stake.share) == (D(200), D(800), D("0.2"))
    assert stake.margin == D(80) and stake.margin_rest == D(220)
    assert stake.margin_share == D(80) / D(300)
    assert stake.covered == D("0.6") and stake.covered_rest == D(480) / D(800)


def test_without_a_cost_the_margin_is_unknown() -> None:
    stake = leaving.stake(figures(200), figures(1000, 300, 300))
    assert stake.margin is None and stake.covered is None and stake.margin_rest == D(300)
    nothing = leaving.stake(figures(None), figures(None))
    assert (nothing.sales, nothing.rest, nothing.share, nothing.margin) == (0, 0, None, None)


# P sells p in 华东 and 华南, q in 华东; Q sells p in 华东; R sells q in 华南, and takes back all it
# has sold of it in 华东. (partner, product, region, amount, cost, line type)
BOOK = (
    ("P", "p", "华东", "50", "20", "sale"),
    ("P", "p", "华南", "30", None, "sale"),
    ("P", "q", "华东", "20", None, "sale"),
    ("Q", "p", "华东", "70", "30", "sale"),
    ("R", "q", "华南", "40", None, "sale"),
    ("R", "q", "华东", "9", None, "sale"),
    ("R", "q", "华东", "-9", None, "return"),
)
NAMES = ("partner", "product", "region", "amount_with_tax", "cost_with_tax", "line_type")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(tmp_path_factory.mktemp("book"))
    lay(store, [{"day": "2024-01-05", **dict(zip(NAMES, line, strict=True))} for line in BOOK])
    yield store
    store.close()


def ask(store: Store, query: MetricQuery) -> pd.DataFrame:
    return answer(query, store.fetch, looking.overridden(store)).frame


def test_the_stake_in_a_store(book: Store) -> None:
    own, whole = (ask(book, query) for query in leaving.stake_queries(JANUARY, "partner", "P"))
    stake = leaving.stake(own, whole)
    assert (stake.sales, stake.rest) == (D(100), D(110))
    assert (stake.margin, stake.margin_rest) == (D(30), D(40))
    assert (stake.covered, stake.covered_rest) == (D("0.5"), D(70) / D(110))


def test_what_it_alone_sells_and_who_sells_the_same(book: Store) -> None:
    own = ask(book, leaving.own_query(JANUARY, "partner", "P", PLACES))
    queries = leaving.others_queries(JANUARY, "partner", own, PLACES)
    everybody, others = (ask(book, query) for query in queries)
    alone = leaving.alone(own, everybody, PLACES)
    assert list(alone.itertuples(index=False, name=None)) == [
        ("p", "华南", D(30)), ("q", "华东", D(20)),
    ]  # fmt: skip
    found = leaving.stand_ins(own, others, "partner", "P", PLACES)
    # Q covers p in 华东: 50 of 100; R sells q elsewhere, and on balance none in 华东
    assert list(found.itertuples(index=False, name=None)) == [("Q", D("0.5"), 1, D(70))]


def test_where_only_products_are_known(book: Store) -> None:
    own = ask(book, leaving.own_query(JANUARY, "partner", "P", ("product",)))
    queries = leaving.others_queries(JANUARY, "partner", own, ("product",))
    everybody, others = (ask(book, query) for query in queries)
    assert leaving.alone(own, everybody, ("product",)).empty
    found = leaving.stand_ins(own, others, "partner", "P", ("product",))
    assert found["member"].tolist() == ["Q", "R"]
    assert found["covers"].tolist() == [D("0.8"), D("0.2")]


def test_a_member_that_is_not_stated(book: Store) -> None:
    lay(book, [{"day": "2023-01-05", "product": "p", "amount_with_tax": "5"}], batch=2)
    before = Scope(Period(202301, 202301))
    own, whole = (ask(book, query) for query in leaving.stake_queries(before, "partner", None))
    assert leaving.stake(own, whole).sales == D(5)
