"""Days of a period beside the same days of another one, added up by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import sqlglot

from chanplan.domain.period import Period
from chanplan.domain.scope import Days, Scope
from chanplan.metrics.compile import compile_query
from chanplan.metrics.query import MetricQuery
from tests.books import ask, lay, open_store

D = Decimal


# The data ends on 10 March 2024. To that day: 2024 100 + 30 = 130, 2023 70 + 20 = 90; all of
# March 2023 is 140. 丙 tells months only: 5 in March 2024, 4 in March 2023.
def _line(day: str, channel: str, amount: str, order: str, customer: str) -> dict[str, str]:
    told = {"day": day, "channel": channel, "amount_with_tax": amount}
    return {**told, "order_number": order, "customer": customer}


BOOK = [
    _line("2024-03-02", "甲", "100", "1", "x"),
    _line("2024-03-10", "乙", "30", "2", "y"),
    _line("2023-03-05", "甲", "70", "3", "x"),
    _line("2023-03-10", "乙", "20", "4", "y"),
    _line("2023-03-11", "乙", "50", "5", "z"),
    {"day": "2024-03-01", "channel": "丙", "amount_with_tax": "5", "grain": "month"},
    {"day": "2023-03-01", "channel": "丙", "amount_with_tax": "4", "grain": "month"},
]
MARCH = Period(202403, 202403)
TO_DATE = Days(date(2024, 3, 1), date(2024, 3, 10), date(2023, 3, 1), date(2023, 3, 10))
EVENT = Days(date(2024, 3, 1), date(2024, 3, 2), date(2023, 3, 4), date(2023, 3, 5), False)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("days"))
    lay(store, BOOK)
    yield store
    store.close()


def asked(book, days: Days | None, measure: str = "net_sales", by: tuple[str, ...] = ()):
    scope = Scope(MARCH, days=days)
    return ask(book, measure, scope=scope, by=by, compare="last_year").frame


@pytest.mark.parametrize(
    ("days", "now", "base"),
    [(None, D(135), D(144)), (TO_DATE, D(135), D(94)), (EVENT, D(100), D(70))],
)
def test_only_the_days_count(book, days, now, base):
    row = asked(book, days).iloc[0]
    assert (row["net_sales"], row["net_sales__base"]) == (now, base)


def test_orders_and_customers_follow_the_days(book):
    assert asked(book, TO_DATE, "orders").iloc[0].tolist() == [2, 2]
    assert asked(book, TO_DATE, "active_customers").iloc[0].tolist() == [2, 2]


def test_members_sum_to_the_whole(book):
    shown = asked(book, TO_DATE, by=("channel",))
    assert dict(zip(shown["channel"], shown["net_sales__base"], strict=True)) == {
        "甲": D(70), "乙": D(20), "丙": D(4),
    }  # fmt: skip


def test_another_period_counts_its_months_whole():
    assert Scope(MARCH, days=TO_DATE).at(Period(202301, 202312)).days is None


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_every_engine_reads_it(dialect):
    for compare in ("none", "last_year", "previous"):
        measures = ("net_sales", "orders", "active_customers")
        query = MetricQuery(measures, Scope(MARCH, days=EVENT), ("channel",), compare)
        compiled = compile_query(query)
        assert sqlglot.parse_one(compiled.sql, dialect=dialect)
        assert compiled.sql.count("?") == len(compiled.values)
        assert compiled.reads == ("line_facts",)


# February to 10 March: 2024 7 + 11 + 130 + 5, 2023 13 + 17 + 90 + 4; February is whole on both
# sides, 乙's 17 stands on its last day and 丙's 11 is told by the month.
LONGER = [
    _line("2024-02-01", "甲", "7", "6", "x"),
    {"day": "2024-02-01", "channel": "丙", "amount_with_tax": "11", "grain": "month"},
    _line("2023-02-01", "甲", "13", "7", "x"),
    _line("2023-02-28", "乙", "17", "8", "y"),
]
SPRING = Period(202402, 202403)
SPRING_DAYS = Days(date(2024, 2, 1), date(2024, 3, 10), date(2023, 2, 1), date(2023, 3, 10))


@pytest.fixture(scope="module")
def longer(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("longer"))
    lay(store, [*BOOK, *LONGER])
    yield store
    store.close()


def test_whole_months_come_from_a_summary_and_the_cut_ones_from_lines(longer):
    scope = Scope(SPRING, days=SPRING_DAYS)
    query = MetricQuery(("net_sales",), scope, ("channel",), "last_year")
    assert compile_query(query).reads == ("rollup_partner", "line_facts")
    shown = ask(
        longer, "net_sales", scope=scope, by=("month", "channel"), compare="last_year"
    ).frame
    told = {
        (int(row["month"]), row["channel"]): (row["net_sales"], row["net_sales__base"])
        for row in shown.to_dict("records")
    }
    assert told == {
        (202402, "甲"): (D(7), D(13)), (202402, "乙"): (D(0), D(17)),
        (202402, "丙"): (D(11), D(0)), (202403, "甲"): (D(100), D(70)),
        (202403, "乙"): (D(30), D(20)), (202403, "丙"): (D(5), D(4)),
    }  # fmt: skip
    whole = ask(longer, "net_sales", scope=scope, by=(), compare="last_year").frame.iloc[0]
    assert (whole["net_sales"], whole["net_sales__base"]) == (D(153), D(124))
    kept = scope.only("channel", "乙")
    only = ask(longer, "net_sales", scope=kept, by=(), compare="last_year").frame.iloc[0]
    assert only.tolist() == [D(30), D(37)]


def test_a_summary_beside_lines_is_read_by_every_engine(longer):
    for measures in (("net_sales",), ("quantity", "cost"), ("net_sales", "orders")):
        for by in ((), ("channel",), ("region", "category"), ("product",), ("customer",)):
            query = MetricQuery(measures, Scope(SPRING, days=SPRING_DAYS), by, "previous")
            compiled = compile_query(query)
            assert compiled.sql.count("?") == len(compiled.values)
            for dialect in ("duckdb", "spark"):
                assert sqlglot.parse_one(compiled.sql, dialect=dialect)
            longer.fetch(compiled.sql, compiled.values)
