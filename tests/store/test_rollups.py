"""Summaries say the same as the lines, after every change of what counts."""

import random
from decimal import Decimal

import pandas as pd
import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.store import batches, rollups
from tests.books import ask, lay, open_store, rows

YEARS = Scope(Period(201901, 202512))


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def random_lines(seed: int, count: int) -> list[dict]:
    """Orders over several lines, some straddling channels and months; customers everywhere."""
    draw = random.Random(seed)
    lines = []
    for _ in range(count):
        order = draw.randrange(count // 2)
        lines.append(
            {
                "day": f"{draw.randint(2019, 2025)}-{draw.randint(1, 12):02d}-05",
                "channel": draw.choice(["天猫", "京东", None]),
                "partner": draw.choice(["甲", "乙"]),
                "region": draw.choice(["华东", "华北"]),
                "product": draw.choice(["p1", "p2", "p3"]),
                "category": draw.choice(["饮料", "零食"]),
                "customer": draw.choice([f"c{n}" for n in range(20)] + [None]),
                "order_number": f"o{order}" if draw.random() > 0.1 else None,
                "line_type": draw.choice(["sale", "sale", "sale", "return", "transfer"]),
                "amount_with_tax": str(draw.randint(-50, 500)),
                "quantity": str(draw.randint(1, 9)),
            }
        )
    return lines


def distinct_by_hand(store, column: str, by: str, condition: str) -> dict:
    found = store.fetch(
        f"select {by} as k, count(distinct {column}) as n from lines"
        f" where {condition} group by {by}"
    )
    keys = found["k"].astype(object).where(found["k"].notna(), None)
    return {key: n for key, n in zip(keys, found["n"], strict=True) if n}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_distinct_counts_equal_counting_the_lines(store, seed):
    lay(store, random_lines(seed, 300))
    counted = "line_type in ('sale', 'return', 'adjustment', 'freight')"
    bought = "line_type = 'sale' and amount_with_tax > 0"
    for by in ("channel", "region", "month"):
        found = ask(store, "orders", "active_customers", scope=YEARS, by=(by,)).frame
        orders = dict(zip(found[by], found["orders"], strict=True))
        customers = dict(zip(found[by], found["active_customers"], strict=True))
        by_hand = distinct_by_hand(store, "order_number", by, counted)
        assert {k: v for k, v in orders.items() if v} == by_hand
        by_hand = distinct_by_hand(store, "customer", by, bought)
        assert {k: v for k, v in customers.items() if v} == by_hand


@pytest.mark.parametrize(
    "second",
    [
        {"cost_with_tax": "4"},
        {},
        {"cost_with_tax": "4", "line_type": "gift"},
        {"cost_with_tax": "4", "quantity": None, "unit": None, "channel": None},
        {"cost_with_tax": "4", "amount_with_tax": None},
        {"cost_with_tax": "4", "source": "b", "basis": "payment", "unit": "箱"},
    ],
)
def test_sums_had_for_less_are_the_sums_of_the_lines(store, second):
    """Whatever the lines have in common: each summed column, by the keys, against plain SQL."""
    first = {
        "day": "2024-01-05", "channel": "A", "product": "p", "amount_with_tax": "10",
        "cost_with_tax": "6", "quantity": "2", "unit": "瓶",
    }  # fmt: skip
    lay(store, [first, {**first, "amount_with_tax": "7", **second}])
    for name, keys in rollups.ROLLUPS.items():
        kept = store.fetch(f"select * from {name}")
        listed = ", ".join(keys)
        bounds = [f"{one}({one_of}_{end}) as {one_of}_{end}" for one_of in ("unit", "currency")
                  for one, end in (("min", "low"), ("max", "high"))]  # fmt: skip
        summed = [column for column in kept.columns if column.endswith("_tax")] + ["base_quantity"]
        sums = ", ".join(
            [*bounds, *(f"sum({column})::decimal(38, 4) as {column}" for column in summed)]
        )
        plain = store.fetch(
            f"select {listed}, count(*) as lines, {sums} from line_facts group by {listed}"
        )
        told = [plain[kept.columns].sort_values(list(keys)), kept.sort_values(list(keys))]
        pd.testing.assert_frame_equal(
            *(one.reset_index(drop=True) for one in told), check_dtype=False
        )


def test_a_straddling_order_counts_once_in_the_total_and_once_per_member(store):
    lay(
        store,
        [
            {"day": "2024-01-05", "channel": "A", "order_number": "1", "amount_with_tax": "10"},
            {"day": "2024-01-06", "channel": "A", "order_number": "1", "amount_with_tax": "10"},
            {
                "day": "2024-02-06", "channel": "B", "order_number": "1",
                "amount_with_tax": "-5", "line_type": "return",
            },
            {"day": "2024-02-07", "channel": "B", "order_number": "2", "amount_with_tax": "7"},
        ],
    )  # fmt: skip
    scope = Scope(Period(202401, 202402))
    assert rows(ask(store, "orders", scope=scope)) == [(2,)]
    assert rows(ask(store, "orders", scope=scope, by=("channel",))) == [("A", 1), ("B", 2)]
    january = scope.at(Period(202401, 202401))
    assert rows(ask(store, "orders", scope=january)) == [(1,)]


def test_the_same_order_number_in_two_sources_is_two_orders(store):
    lay(
        store,
        [
            {"day": "2024-01-05", "source": "a", "order_number": "1", "amount_with_tax": "1"},
            {"day": "2024-01-05", "source": "b", "order_number": "1", "amount_with_tax": "1"},
        ],
    )
    assert rows(ask(store, "orders", scope=YEARS)) == [(2,)]


def test_switching_a_batch_off_and_on_restores_every_figure(store):
    lay(store, random_lines(4, 100), batch=1)
    before = rows(ask(store, "net_sales", "orders", "active_customers", scope=YEARS, by=("month",)))
    lay(store, random_lines(5, 100), batch=2)
    both = rows(ask(store, "net_sales", "orders", "active_customers", scope=YEARS, by=("month",)))
    assert both != before
    for active, expected in ((False, before), (True, both)):
        with store.taking_in(3) as writer:
            batches.switch(writer, active, 2)
            store.settling.batches(writer, 2)
        now = ask(store, "net_sales", "orders", "active_customers", scope=YEARS, by=("month",))
        assert rows(now) == expected


def test_masks_hold_months_far_apart(store):
    """Five years share a mask; the next five have their own row."""
    lay(
        store,
        [
            {"day": day, "customer": "c", "channel": "A", "amount_with_tax": "1"}
            for day in ("2014-12-31", "2019-12-31", "2020-01-01", "2025-06-30")
        ],
    )
    for first, last, active in ((201412, 202506, 1), (202001, 202001, 1), (202002, 202505, None)):
        found = ask(store, "active_customers", scope=Scope(Period(first, last)))
        assert rows(found) == [(active,)]


def test_a_cut_off_day_moves_the_end_of_the_month_forward(tmp_path):
    lines = [
        {"day": "2024-01-25", "amount_with_tax": "1"},
        {"day": "2024-01-26", "amount_with_tax": "10"},
        {"day": "2023-12-26", "amount_with_tax": "100"},
    ]
    store = open_store(tmp_path, cut_off_day=25)
    lay(store, lines)
    scope = Scope(Period(202312, 202402))
    expected = [(202401, Decimal(101)), (202402, Decimal(10))]
    assert rows(ask(store, "net_sales", scope=scope, by=("month",))) == expected
    store.close()
    plain = open_store(tmp_path)
    moved_back = rows(ask(plain, "net_sales", scope=scope, by=("month",)))
    assert moved_back == [(202312, Decimal(100)), (202401, Decimal(11))]
    plain.close()
