"""The price–volume–mix bridge on books worked out by hand, and its identities on random ones."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.analysis import bridge
from chanplan.analysis.bridge import STEPS, Bridge
from chanplan.analysis.bridge_items import Fates, fates
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.questions import Question
from chanplan.store import Store, batches
from chanplan.workspace.answers import answer_question
from tests.books import lay, open_store

D = Decimal
NOW, BASE = Period(202401, 202412), Period(202301, 202312)

# Base 2023 → current 2024; all in 瓶.
#   cut   10 for 100 → 10 for 80: cheaper                        goes on, P0 10
#   more  10 for 200 → 20 for 400: more of it                    goes on, P0 20
#   slow  none → 1 for 60, but sold in 2022: no new product      goes on, at its own price 60
#   old   5 for 100 → its successor heir 5 for 116               one item that goes on, P0 20
#   new   its first sale ever is in 2024: 5 for 150              new +150
#   gone  3 for 30 → none in the last twelve months              lost −30
#   back  2 for 20 → only a return of 1 for −10                  lost −20, other −10
#   sick  2 for 20 → 1 for 10, returns of 3 for −30: Q = −2      other −40
#   cut   补差价 without a quantity −7; freight of no product 3 → none: other −7 − 3
#   cut   2 given away at a cost of 5: neither sales nor price
# C: ΣQ0 = 10 + 10 + 0 + 5 = 25, ΣR0 = 400, P̄0 = 16; ΣQ1 = 10 + 20 + 1 + 5 = 36
#   volume (36 − 25) · 16 = 176
#   mix    10 · 10 + 20 · 20 + 1 · 60 + 5 · 20 − 36 · 16 = 660 − 576 = 84
#   price  (80 − 100) + 0 + 0 + (116 − 100) = −4
#   other  −7 − 3 − 10 − 40 = −60
#   176 + 84 − 4 + 150 − 50 − 60 = 296 = 769 − 473
BOOK = """day,product,line_type,quantity,amount_with_tax,cost_with_tax
2023-03-01,cut,sale,10,100,
2024-03-01,cut,sale,10,80,
2024-03-02,cut,adjustment,,-7,
2024-03-03,cut,gift,2,,5
2023-03-01,more,sale,10,200,
2024-03-01,more,sale,20,400,
2022-05-01,slow,sale,1,50,
2024-06-01,slow,sale,1,60,
2023-03-01,old,sale,5,100,
2024-03-01,heir,sale,5,116,
2024-05-01,new,sale,5,150,
2023-02-01,gone,sale,3,30,
2023-04-01,back,sale,2,20,
2024-01-05,back,return,-1,-10,
2023-04-01,sick,sale,2,20,
2024-02-05,sick,sale,1,10,
2024-02-06,sick,return,-3,-30,
2023-04-01,,freight,,3,
"""
EXPECTED = {"volume": 176, "mix": 84, "price": -4, "new": 150, "lost": -50, "gifts": 0,
            "other": -60}  # fmt: skip
PRODUCTS = {"old": ("heir", None), "dead": (None, "已停产")}


def book(store: Store, text: str, products: dict[str, tuple[str | None, str | None]]) -> None:
    """Lay lines of a CSV, and a product table of (successor, status)."""
    rows = [
        {name: cell or None for name, cell in row.items()} | {"unit": row.get("unit") or "瓶"}
        for row in csv.DictReader(StringIO(text))
    ]
    lay(store, rows)
    with store.taking_in(2) as writer:
        for line, (product, (successor, status)) in enumerate(products.items(), start=2):
            values = [line, product, successor, status]
            writer.run(
                "insert into products (batch, line, product, successor, status)"
                " values (2, ?, ?, ?, ?)", values,
            )  # fmt: skip
        writer.run("insert into batch (batch, table_name) values (2, 'products')")
        batches.activate(writer, "products", 2)
        store.settling.batches(writer, 2)


def bridged(
    store: Store, *by: str, period: Period = NOW, base: Period = BASE, **where: str
) -> Bridge:
    scope = Scope(period)
    for name, member in where.items():
        scope = scope.only(name, member)

    def ask(asked: Question) -> pd.DataFrame:
        return answer_question(asked, store.fetch, frozenset()).frame

    fate = bridge.fates_question(scope, by)
    known = fates(ask(fate)) if fate else Fates({}, frozenset())
    found = bridge.bridge(ask(bridge.question(scope, base, by)), by, period, known)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("bridge"))
    book(store, BOOK, PRODUCTS)
    yield store
    store.close()


def moneys(found: Bridge, step: str) -> dict[str | None, Decimal]:
    rows = bridge.behind(found, step)
    return dict(zip(rows["product"], rows["money"], strict=True))


def test_every_step_is_as_worked_by_hand(worked) -> None:
    found = bridged(worked, "product")
    assert (found.base, found.current) == (473, 769)
    assert dict(found.steps) == EXPECTED and list(found.steps) == list(STEPS)
    assert not found.unlike_units and not found.without_quantity


def test_a_step_opens_into_its_items_most_money_first(worked) -> None:
    found = bridged(worked, "product")
    assert moneys(found, "price") == {"cut": -20, "heir": 16}
    assert moneys(found, "volume") == {"more": 160, "slow": 16}
    # (Q1 − Q0) · (P0 − P̄0): more 10 · 4, slow 1 · 44
    assert list(moneys(found, "mix").items()) == [("slow", 44), ("more", 40)]
    assert moneys(found, "new") == {"new": 150}
    assert list(moneys(found, "lost").items()) == [("gone", -30), ("back", -20)]
    assert moneys(found, "other") == {"sick": -40, "back": -10, "cut": -7, None: -3}
    kinds = dict(zip(found.items["product"], found.items["kind"], strict=True))
    assert (kinds["slow"], kinds["heir"], kinds["new"], kinds["back"]) == (
        "continuing", "continuing", "new", "lost",
    )  # fmt: skip
    assert "old" not in kinds


def test_gifts_are_told_beside_and_move_no_price(worked) -> None:
    found = bridged(worked, "product")
    [gift] = bridge.behind(found, "gifts").to_dict("records")
    told = (
        "product",
        "money",
        "given",
        "given_base",
        "given_cost",
        "unit_price",
        "unit_price_base",
    )
    assert tuple(gift[name] for name in told) == ("cut", 0, 2, 0, 5, 8, 10)
    assert found.has_gifts


def test_the_next_year_tells_no_slow_seller_as_lost_or_new(tmp_path) -> None:
    """Sold in 2022 and 2024: absent in 2023 against 2022 and not lost while its twelve months
    run; then no new product."""
    store = open_store(tmp_path)
    lines = "2022-11-01,slow,sale,1,50,\n2023-03-01,slow2,sale,2,20,\n2022-03-01,slow2,sale,1,10,\n"
    book(store, f"{BOOK.splitlines()[0]}\n{lines}", {})
    half = bridged(store, "product", period=Period(202301, 202306), base=Period(202207, 202212))
    # slow: −1 at 50; slow2: +2 at its own 10; P̄0 = 50; volume (2 − 1) · 50, mix 20 − 100 + 30
    assert (half.steps["volume"], half.steps["mix"], half.steps["lost"]) == (50, -80, 0)
    year = bridged(store, "product", period=Period(202301, 202312), base=Period(202201, 202212))
    assert moneys(year, "lost") == {"slow": -50}
    store.close()


def test_delisted_is_lost_at_once_and_while_it_sells_it_goes_on(tmp_path) -> None:
    store = open_store(tmp_path)
    lines = "2024-10-01,dead,sale,1,50,\n2024-10-01,live,sale,1,70,\n2024-11-01,x,sale,1,5,\n"
    book(store, f"{BOOK.splitlines()[0]}\n{lines}2024-10-01,x,sale,1,5,\n", PRODUCTS)
    november, october = Period(202411, 202411), Period(202410, 202410)
    found = bridged(store, "product", period=november, base=october)
    # live is merely absent: −1 at its own 70, P̄0 = (70 + 5) / 2
    assert moneys(found, "lost") == {"dead": -50}
    assert found.steps["volume"] == D("-37.5") and found.steps["mix"] == D("-32.5")
    selling = bridged(store, "product", period=october, base=Period(202310, 202310))
    assert moneys(selling, "new") == {"dead": 50, "live": 70, "x": 5}
    store.close()


def test_unlike_units_are_bridged_item_by_item_without_mix(tmp_path) -> None:
    """a 2 瓶 for 20 → 3 for 36: volume 10, price 6; b 1 箱 for 100 → 2 for 180: 100, −20.
    c changes from 箱 to 瓶: 1 箱 less at 30, 10 瓶 more at 4."""
    store = open_store(tmp_path)
    text = """day,product,quantity,unit,amount_with_tax
2023-03-01,a,2,瓶,20
2024-03-01,a,3,瓶,36
2023-03-01,b,1,箱,100
2024-03-01,b,2,箱,180
2023-03-01,c,1,箱,30
2024-03-01,c,10,瓶,40
"""
    book(store, text, {})
    found = bridged(store, "product")
    assert found.unlike_units
    assert dict(found.steps) == dict.fromkeys(STEPS, 0) | {"volume": 120, "price": -14}
    row = found.items[found.items["product"] == "c"].iloc[0]
    assert (row["volume"], row["unit_price"], row["unit"]) == (10, None, None)
    # As one channel, by unit: 瓶 2 for 20 → 13 for 76: 110, −54; 箱 2 for 130 → 2 for 180: 0, +50.
    channels = bridged(store, "channel")
    assert dict(channels.steps) == dict.fromkeys(STEPS, 0) | {"volume": 110, "price": -4}
    # Kept to what comes in bottles there is one unit, and mix again.
    assert not bridged(store, "product", product="a").unlike_units
    store.close()


def test_without_any_quantity_there_are_new_lost_and_other(tmp_path) -> None:
    store = open_store(tmp_path)
    text = """day,channel,amount_with_tax
2023-03-01,A,100
2024-03-01,A,130
2024-03-01,B,40
2023-03-01,C,25
"""
    book(store, text, {})
    found = bridged(store, "channel")
    assert found.without_quantity
    expected = {"new": 40, "lost": -25, "other": 30}
    assert dict(found.steps) == dict.fromkeys(STEPS, 0) | expected
    store.close()


def test_no_sales_and_unlike_currencies_give_no_bridge(tmp_path) -> None:
    store = open_store(tmp_path)
    line = {"day": "2024-01-03", "channel": "A", "amount_with_tax": "5", "quantity": "1"}
    lay(store, [line | {"currency": "CNY"}, line | {"currency": "USD", "channel": "B"}])

    def ask(now: Period) -> pd.DataFrame:
        asked = bridge.question(Scope(now), BASE, ("channel",))
        return answer_question(asked, store.fetch, frozenset()).frame

    assert bridge.bridge(ask(NOW), ("channel",), NOW) is None
    empty = ask(Period(202501, 202501))
    assert empty.empty and bridge.bridge(empty, ("channel",), Period(202501, 202501)) is None
    store.close()


def test_successions_are_followed_to_their_end_and_not_in_circles() -> None:
    known = Fates({"a": "b", "b": "c", "x": "y", "y": "x"}, frozenset())
    assert [known.heir(each) for each in ("a", "b", "c", "x", "y", None)] == [
        "c", "c", "c", "x", "y", None,
    ]  # fmt: skip


cells = st.decimals(-10_000, 10_000, places=4)
quantities = st.none() | st.decimals(-50, 500, places=4)
months = st.none() | st.sampled_from([202205, 202302, 202311, 202401, 202412, 202503])


@st.composite
def answers(draw: st.DrawFn) -> pd.DataFrame:
    """A frame in the columns of `bridge_items`, however unlikely."""
    rows = []
    for member in draw(st.lists(st.sampled_from([*"abcdef", None]), max_size=9)):
        row = {"product": member, "unit": draw(st.sampled_from([None, "", "瓶", "箱"]))}
        row |= {"currency_low": None, "currency_high": None}
        for side in ("", "_base"):
            quantity = draw(quantities)
            revenue = None if quantity is None else draw(cells)
            loose = draw(st.none() | cells)
            known = [each for each in (revenue, loose) if each is not None]
            row |= {
                f"net{side}": sum(known, D(0)) if known else None,
                f"revenue{side}": revenue,
                f"quantity{side}": quantity,
                f"sold{side}": draw(st.integers(0, 1)),
                f"given{side}": draw(quantities),
                f"given_cost{side}": draw(st.none() | cells),
            }
        rows.append(row | {"first_sale": draw(months), "last_sale": draw(months)})
    return pd.DataFrame(rows, dtype=object)


@settings(max_examples=40, deadline=None)
@given(answers(), st.booleans())
def test_steps_sum_to_the_change_and_items_to_their_step(frame: pd.DataFrame, heirs: bool) -> None:
    known = Fates({"a": "b", "b": "c"} if heirs else {}, frozenset("d"))
    if frame.empty or frame[["net", "net_base"]].isna().all(axis=None):
        return
    found = bridge.bridge(frame, ("product",), NOW, known)
    assert found is not None
    assert found.current == frame["net"].dropna().sum()
    assert found.base == frame["net_base"].dropna().sum()
    assert sum(found.steps.values()) == found.change
    for step in STEPS:
        assert found.items[step].sum() == found.steps[step]
        money = bridge.behind(found, step)["money"]
        assert sum(money) == found.steps[step]
        if step != "gifts":
            assert money.map(abs).is_monotonic_decreasing
    assert (found.items[list(STEPS)].sum(axis=1) == found.items["change"]).all()
