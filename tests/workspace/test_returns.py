"""Returns: negative lines dated at the refund, linked to their order, gone when it goes."""

from datetime import date
from decimal import Decimal as D

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

ORDERS = """订单编号,日期,渠道,产品,数量,金额,成本
100000001,2024-01-05,天猫,水,3,100,60
100000001,2024-01-05,天猫,茶,1,20,9
100000002,2024-01-06,天猫,水,2,50,40
100000003,2024-02-07,京东,水,1,30,20
"""
WHOLE = Scope(Period(202401, 202412))


def bring(space: Workspace, name: str, text: str, **hints: object):
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, Hints(**hints)))


def net(space: Workspace, *by: str, scope: Scope = WHOLE) -> list[tuple]:
    found = space.ask(MetricQuery(("net_sales",), scope, by)).frame
    return [tuple(row) for row in found.itertuples(index=False)]


def returns(space: Workspace) -> list[tuple]:
    lines = space.lines(WHOLE, 100)
    lines = lines[lines["line_type"] == "return"].sort_values(["date", "product"])
    names = ["date", "dated", "original_order", "product", "quantity", "amount_with_tax"]
    return [tuple(row) for row in lines[names].astype(object).itertuples(index=False)]


def missing(value: object) -> bool:
    return value is None or value != value


def test_a_refund_column_makes_a_return_line(tmp_path):
    with Workspace.open(tmp_path) as space:
        made = bring(
            space,
            "shop.csv",
            "订单编号,日期,渠道,产品,数量,金额,成本,退款金额,退款时间,退款类型\n"
            "1,2024-01-05,天猫,水,3,100,60,100,2024-02-03,退货退款\n"
            "2,2024-01-05,天猫,茶,2,50,40,20,,\n"
            "3,2024-01-06,天猫,糖,1,30,20,30,2024-01-09,仅退款\n"
            "4,2024-01-07,天猫,水,1,7,3,0,,\n",
        )
        found = returns(space)
        assert [row[:4] for row in found] == [
            (date(2024, 1, 5), "order", "2", "茶"),  # nobody says when: at the order, marked
            (date(2024, 1, 9), "refund", "3", "糖"),
            (date(2024, 2, 3), "refund", "1", "水"),
        ]
        assert [row[5] for row in found] == [D(-20), D(-30), D(-100)]
        # Goods came back once: a part of the price and 仅退款 leave the quantity sold as it was.
        assert [None if missing(row[4]) else row[4] for row in found] == [None, None, D(-3)]
        assert (made.counts.sum_file, made.counts.sum_loaded) == (D(187), D(187))
        assert (made.counts.refunds.rows, made.counts.refunds.money) == (3, D(150))
        assert [row[1] for row in net(space, "month")] == [D(137), D(-100)]
        query = MetricQuery(("net_sales", "quantity", "cost", "orders"), WHOLE)
        (row,) = space.ask(query).frame.itertuples(index=False)
        # 187 − 150; 7 − 3 pieces; 123 − 60: only the goods of order 1 are back in stock.
        assert tuple(row) == (D(37), D(4), D(63), 4)


def test_amounts_that_are_already_without_the_refund(tmp_path):
    with Workspace.open(tmp_path) as space:
        made = bring(
            space,
            "shop.csv",
            "订单编号,日期,渠道,总金额,买家实际支付金额,退款金额,退款时间\n"
            "1,2024-01-05,天猫,100,0,100,2024-02-03\n"
            "2,2024-01-06,天猫,50,30,20,2024-01-08\n"
            "3,2024-01-07,天猫,7,7,0,\n",
        )
        # As the file sums its own column; the lines are 157 sold and 120 given back.
        assert (made.counts.sum_file, made.counts.sum_loaded) == (D(37), D(37))
        assert made.counts.by_type["sale"].money == D(157)
        assert [row[5] for row in returns(space)] == [D(-20), D(-100)]
        assert [row[1] for row in net(space, "month")] == [D(137), D(-100)]


def test_rows_that_read_both_ways_are_asked(tmp_path):
    text = (
        "订单编号,日期,渠道,总金额,实付金额,退款金额\n"
        "1,2024-01-05,天猫,100,100,40\n2,2024-01-06,天猫,50,30,20\n"
    )
    with Workspace.open(tmp_path) as space:
        original = space.receive("shop.csv", text.encode())
        assert [q.kind for q in space.inspect(original).questions] == ["refunds"]
        space.load(original, space.inspect(original, Hints(refunds="off")))
        assert net(space) == [(D(70),)]


def test_a_closed_order_is_not_given_back_a_second_time(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(
            space,
            "shop.csv",
            "订单编号,日期,渠道,金额,退款金额,订单状态\n"
            "1,2024-01-05,天猫,100,100,交易关闭\n2,2024-01-06,天猫,50,0,交易成功\n",
        )
        assert net(space) == [(D(50),)] and returns(space) == []


def test_a_list_of_refunds_joins_the_orders_whatever_comes_first(tmp_path):
    refunds = (
        "退款编号,订单编号,退款金额,退款完结时间,退款状态\n"
        "R1,100000001,60,2024-02-03,退款成功\n"
        "R2,100000002,50,2024-02-04,退款关闭\n"
        "R3,999999999,5,2024-02-05,退款成功\n"
    )
    for names in (("orders", "refunds"), ("refunds", "orders")):
        texts = {"orders": ORDERS, "refunds": refunds}
        with Workspace.open(tmp_path / names[0]) as space:
            made = {name: bring(space, f"{name}.csv", texts[name]) for name in names}
            assert made["refunds"].table == "returns"
            # 60 of 120 paid, on 100 and 20: 50 and 10, without goods.
            assert [(row[3], row[5]) for row in returns(space)] == [("水", D(-50)), ("茶", D(-10))]
            assert net(space) == [(D(140),)]
            told = space.imports.joined(made["refunds"].batch)
            assert (told.return_lines, told.returned) == (2, D(-60))
            assert (told.orphans, told.orphan_rows) == (("999999999",), 1)
            space.switch(made["orders"].batch, False)
            assert returns(space) == []
            space.switch(made["orders"].batch, True)
            space.switch(made["refunds"].batch, False)
            assert net(space) == [(D(200),)]


def test_returned_orders_without_an_amount_are_returned_whole(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", ORDERS)
        made = bring(space, "退货.csv", "订单编号,退回\n100000001,是\n100000002,否\n")
        assert made.table == "returns"
        assert [row[1:] for row in returns(space)] == [
            ("order", "100000001", "水", D(-3), D(-100)),
            ("order", "100000001", "茶", D(-1), D(-20)),
        ]
        query = MetricQuery(("net_sales", "cost", "orders"), WHOLE)
        (row,) = space.ask(query).frame.itertuples(index=False)
        assert tuple(row) == (D(80), D(60), 3)


def test_some_pieces_of_one_product_come_back(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", ORDERS)
        bring(space, "退货.csv", "订单编号,产品,退货数量\n100000001,水,1\n")
        # One of three for 100.
        assert [row[3:] for row in returns(space)] == [("水", D(-1), D("-33.33"))]


def test_short_order_numbers_join_only_within_their_source(tmp_path):
    orders = "订单编号,日期,渠道,金额\n1,2024-01-05,天猫,100\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "shop.csv", orders)
        other = bring(space, "退货.csv", "订单编号,退回\n1,是\n")
        assert net(space) == [(D(100),)] and other.joined.orphan_rows == 1
        bring(space, "退货2.csv", "订单编号,退回\n1,是\n\n", source="shop")
        assert net(space) == [(D(0),)]


def test_what_is_returned_among_the_sales_is_not_returned_again(tmp_path):
    orders = ORDERS + "100000002,2024-02-08,天猫,水,-2,-50,-40\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", orders)
        bring(space, "退货.csv", "订单编号,退回\n100000002,是\n")
        assert net(space) == [(D(150),)]


def test_another_product_of_an_order_may_come_back_by_the_list(tmp_path):
    orders = ORDERS + "100000001,2024-01-09,天猫,水,-3,-100,-60\n"
    listed = "订单编号,产品,退款金额\n100000001,水,100\n100000001,茶,20\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", orders)
        bring(space, "退货.csv", listed)
        # 200 sold, 100 of it returned among the sales, 20 by the list.
        assert net(space) == [(D(80),)]
        assert [row[3:] for row in returns(space)] == [
            ("茶", D(-1), D(-20)),
            ("水", D(-3), D(-100)),
        ]


@pytest.mark.parametrize("tax", ["with_tax", "without_tax"])
def test_both_sides_of_the_tax_are_given_back(tmp_path, tax):
    with Workspace.open(tmp_path) as space:
        bring(
            space,
            "shop.csv",
            "订单编号,日期,渠道,金额,退款金额\n1,2024-01-05,天猫,113,56.5\n2,2024-01-05,天猫,1,1\n",
            tax="with_tax",
            tax_rate="0.13",
        )
        expected = {"with_tax": D("56.5"), "without_tax": D("50")}[tax]
        assert net(space, scope=Scope(WHOLE.period, tax=tax)) == [(expected,)]


def test_amounts_without_tax_that_are_already_without_the_refund(tmp_path):
    with Workspace.open(tmp_path) as space:
        made = bring(
            space,
            "shop.csv",
            "订单编号,日期,渠道,总金额,实付金额,退款金额,订单状态\n"
            "1,2024-01-05,天猫,100,0,100,成功\n2,2024-01-06,天猫,50,30,20,成功\n",
            tax="without_tax",
            tax_rate="0.13",
        )
        assert (made.counts.sum_file, made.counts.sum_loaded) == (D(30), D(30))
        assert [(one.status, one.rows, one.money) for one in made.counts.statuses] == [
            ("成功", 2, D(30))
        ]
        assert net(space, scope=Scope(WHOLE.period, tax="without_tax")) == [(D(30),)]
        # 150 · 1.13 sold, 120 · 1.13 given back.
        assert net(space, scope=Scope(WHOLE.period, tax="with_tax")) == [(D("33.9"),)]
