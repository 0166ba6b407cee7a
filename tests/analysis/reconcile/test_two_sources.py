"""Two sources side by side, worked by hand from a pair of small files."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chanplan.analysis.reconcile.two_sources import (
    Pair,
    Side,
    difference,
    lines_question,
    question,
    usual_way,
)
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace import Workspace
from chanplan.workspace.answers import answer_question
from tests.books import lay, open_store
from tests.workspace.test_workspace import bring

HEAD = "渠道,日期,订单号,金额,业务类型,产品\n"
# A, the shop: five orders; A-2 is returned, A-5 has no number.
SHOP = HEAD + (
    "天猫,2024-01-03,SO-0000001,100,销售,水\n"
    "天猫,2024-01-04,SO-0000002,80,销售,水\n"
    "天猫,2024-01-20,SO-0000002,-80,退货,水\n"
    "天猫,2024-01-30,SO-0000003,60,销售,茶\n"
    "天猫,2024-01-10,SO-0000004,40,销售,茶\n"
    "天猫,2024-01-11,,5,销售,茶\n"
)
# B, the ERP: the second order without its return, the third in February, for 58 and under
# another channel than nothing else; the fourth under 京东; one that the shop does not know.
ERP = HEAD + (
    "天猫,2024-01-03,SO-0000001,90,销售,水\n"
    "天猫,2024-01-04,SO-0000002,80,销售,水\n"
    "天猫,2024-02-01,SO-0000003,58,销售,茶\n"
    "京东,2024-01-10,SO-0000004,40,销售,茶\n"
    "天猫,2024-01-15,SO-0000009,7,销售,水\n"
)
PAIR = Pair(Side("店铺", "order"), Side("ERP", "order"))
JANUARY = Scope(Period(202401, 202401))
BOTH = Scope(Period(202401, 202402))


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    with Workspace.open(tmp_path_factory.mktemp("pair")) as opened:
        bring(opened, "店铺.csv", SHOP.encode())
        bring(opened, "ERP.csv", ERP.encode())
        yield opened


def test_two_bases_are_joined_by_product_where_nobody_says():
    assert usual_way(PAIR) == "orders"
    assert usual_way(Pair(Side("店铺", "shipment"), Side("经销商", "sell_out"))) == "products"


def _found(space, scope, pair=PAIR, way="orders", channels=None):
    return difference(space.ask(question(scope, pair, way)).frame, way, channels)


def test_a_month_is_explained_order_by_order(space):
    """A: 100 + 80 − 80 + 60 + 40 + 5 = 205; B in January: 90 + 80 + 40 + 7 = 217."""
    found = _found(space, JANUARY)
    assert (found.a, found.b, found.change) == (D(205), D(217), D(12))
    assert {name: money for name, money in found.steps.items() if money} == {
        "only_b": D(7),  # the order the shop does not know
        "timing": D(-60),  # the third order, which the ERP has in February
        "returns": D(80),  # the return that the ERP does not have
        "amount": D(-10),  # the first order, 100 against 90
        "rest": D(-5),  # the line without a number
    }
    counted = {"only_b": 1, "timing": 1, "elsewhere": 1, "returns": 1, "amount": 1, "rest": 0}
    assert found.items == counted
    assert found.steps["elsewhere"] == 0  # the fourth order: out of 天猫, into 京东
    assert sum(found.steps.values()) == found.change


def test_over_both_months_nothing_is_timing_and_the_third_order_differs_by_two(space):
    found = _found(space, BOTH)
    assert (found.a, found.b) == (D(205), D(275))
    assert (found.steps["timing"], found.steps["amount"]) == (D(0), D(-12))
    cells = {(row["channel"], row["month"]): row for row in found.cells.to_dict("records")}
    assert cells["天猫", 202402]["difference"] == D(58)


def test_of_one_channel_what_moved_to_another_is_told(space):
    """天猫 alone: A 205, B 90 + 80 + 7 = 177; the fourth order stands under 京东."""
    found = _found(space, JANUARY, channels=["天猫"])
    assert (found.a, found.b) == (D(205), D(177))
    assert found.steps["elsewhere"] == D(-40)
    other = _found(space, JANUARY, channels=["京东"])
    assert (other.a, other.b, other.steps) == (D(0), D(40), {"elsewhere": D(40)})


def test_a_step_opens_its_lines_with_file_and_line(space):
    asked = lines_question(JANUARY, PAIR, "orders", "amount", ["天猫"])
    found = space.ask(asked).frame
    told = found[["item", "money", "side", "file", "line", "amount"]]
    assert [tuple(row) for row in told.itertuples(index=False)] == [
        ("SO-0000001", D(-10), "a", "店铺.csv", 2, D(100)),
        ("SO-0000001", D(-10), "b", "ERP.csv", 2, D(90)),
    ]
    rest = space.ask(lines_question(JANUARY, PAIR, "orders", "rest", ["天猫"])).frame
    assert [(row.side, row.line) for row in rest.itertuples()] == [("a", 7)]


def test_the_tax_of_one_side_is_a_step_by_its_rate(space, tmp_path):
    """The ERP's 113 without tax is 127.69 with 13 %: 27.69 of the difference is no sale."""
    with Workspace.open(tmp_path) as own:
        bring(own, "店铺.csv", (HEAD + "天猫,2024-01-03,SO-1,130,销售,水\n").encode())
        net = (HEAD + "天猫,2024-01-03,SO-1,113,销售,水\n").replace(",金额,", ",未税金额,")
        bring(own, "ERP.csv", net.encode())
        pair = Pair(PAIR.a, Side("ERP", "order", "without_tax"), D("0.13"))
        found = _found(own, JANUARY, pair)
        assert (found.a, found.b) == (D(130), D(113))
        assert found.steps == {"tax": D("-14.69"), "amount": D("-2.31")}
        back = _found(own, JANUARY, Pair(pair.b, pair.a, D("0.13")))
        # 130 / 1.13 = 115.0442: what A has less, without tax.
        assert back.steps == {"tax": D("14.9558"), "amount": D("2.0442")}


def test_without_order_numbers_products_are_held_against_each_other(space):
    """January by product and channel: 天猫 水 A 180 − 80 returned, B 177; 茶 only A there."""
    found = _found(space, JANUARY, way="products")
    assert sum(found.steps.values()) == found.change == D(12)
    assert found.steps == {
        "only_a": D(-105),  # 天猫 茶: 60 + 40 + 5
        "only_b": D(40),  # 京东 茶
        "returns": D(80),
        "rest": D(-3),  # 天猫 水 180 against 177, without quantities
    }


_ORDER = st.tuples(
    st.sampled_from(["a", "b"]),
    st.sampled_from([None, "1", "2", "3"]),
    st.sampled_from(["2024-01-05", "2024-02-05", "2024-03-05"]),
    st.sampled_from(["x", "y"]),
    st.sampled_from(["sale", "return", "adjustment"]),
    st.integers(-50, 50),
)


@given(st.lists(_ORDER, min_size=1, max_size=14))
@settings(max_examples=5, phases=[Phase.generate])
def test_steps_sum_to_the_difference_in_every_cell(tmp_path_factory, drawn):
    store = open_store(tmp_path_factory.mktemp("cells"))
    try:
        for batch, name in enumerate(("a", "b"), start=1):
            lay(store, [_line(one) for one in drawn if one[0] == name], batch)
        pair = Pair(Side("a", "order"), Side("b", "order"))
        for period in (Period(202401, 202401), Period(202401, 202403)):
            for way in ("orders", "products"):
                _sums_up(store, question(Scope(period), pair, way), way, drawn, period)
    finally:
        store.close()


def _sums_up(store, asked, way, drawn, period):
    found = difference(answer_question(asked, store.fetch, frozenset()).frame, way)
    if found is None:
        return
    totals = {
        name: sum(one[5] for one in drawn if one[0] == name and _month(one) in period)
        for name in ("a", "b")
    }
    assert (found.a, found.b) == (totals["a"], totals["b"])
    assert sum(found.steps.values()) == found.change
    for row in found.cells.to_dict("records"):
        assert sum(row[step] for step in found.steps) == row["difference"]
    if way == "orders" and len(period) == 3:  # a move within all months is no difference
        assert not found.steps.get("timing") and not found.steps.get("elsewhere")


def _month(one) -> int:
    return int(one[2][:4] + one[2][5:7])


def _line(one):
    source, number, day, channel, kind, amount = one
    told = {"source": source, "order_number": number, "day": day, "channel": channel}
    return {**told, "line_type": kind, "amount_with_tax": amount, "product": "p"}
