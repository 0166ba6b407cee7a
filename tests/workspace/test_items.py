"""Orders told twice, as a whole and item by item: spread to the cent, never counted twice."""

from decimal import Decimal as D
from itertools import permutations

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.workspace.test_returns import bring

WHOLE = Scope(Period(202401, 202412))
ORDERS = """订单编号,订单创建时间,渠道,买家会员名,买家实际支付金额
100000001,2024-01-05,天猫,王,100
100000002,2024-01-06,天猫,李,50
100000003,2024-02-07,天猫,张,30
"""
# Order 1 is worth 10·2, 20·2 and 10·1; order 3 has no items, and 9 is an order of nobody.
ITEMS = """订单编号,标题,价格,购买数量
100000001,水,10,2
100000001,茶,20,2
100000001,糖,10,1
100000002,茶,60,1
100000009,茶,60,1
"""
# The same items with dates and amounts: a file of sales in its own right.
SALES = """主订单编号,日期,渠道,商品名称,数量,金额
100000001,2024-01-05,天猫,水,2,20
100000001,2024-01-05,天猫,茶,2,40
100000001,2024-01-05,天猫,糖,1,10
100000002,2024-01-06,天猫,茶,1,60
"""
# 100 over 20 : 40 : 10 is 28.571…, 57.142…, 14.285…: the last cent goes to the largest rest.
SPREAD = {"水": D("28.57"), "茶": D("57.14") + 50, "糖": D("14.29"), None: D(30)}


def ask(space: Workspace, *measures: str, by: tuple[str, ...] = ()) -> list[tuple]:
    found = space.ask(MetricQuery(measures, WHOLE, by)).frame
    return [tuple(row) for row in found.itertuples(index=False)]


@pytest.mark.parametrize("names", list(permutations(["orders", "items"])))
def test_items_without_amounts_share_their_orders_amount(tmp_path, names):
    texts = {"orders": ORDERS, "items": ITEMS}
    with Workspace.open(tmp_path) as space:
        made = {name: bring(space, f"{name}.csv", texts[name]) for name in names}
        assert made["items"].table == "order_items"
        assert dict(ask(space, "net_sales", by=("product",))) == SPREAD
        assert ask(space, "net_sales", "orders", "quantity", "active_customers") == [
            (D(180), 3, D(6), 3)
        ]
        told = space.imports.joined(made["items"].batch)
        assert (told.item_lines, told.spread) == (4, D(150))
        assert (told.orphans, told.orphan_rows) == (("100000009",), 1)
        assert (told.untold, told.untold_orders) == (("100000003",), 1)
        assert space.imports.joined(made["orders"].batch).aside == 2
        space.switch(made["items"].batch, False)
        assert ask(space, "net_sales", by=("product",)) == [(None, D(180))]


@pytest.mark.parametrize("names", list(permutations(["orders", "sales"])))
@pytest.mark.parametrize("source", [None, "天猫旗舰店"])
def test_two_files_of_sales_with_the_same_orders_count_once(tmp_path, names, source):
    texts = {"orders": ORDERS, "sales": SALES}
    with Workspace.open(tmp_path) as space:
        made = {name: bring(space, f"{name}.csv", texts[name], source=source) for name in names}
        assert made["sales"].table == "sales"
        # What was paid counts, 180; what the items say, 130, is how it is shared out.
        assert dict(ask(space, "net_sales", by=("product",))) == SPREAD
        assert ask(space, "net_sales", "orders", "quantity") == [(D(180), 3, D(5) + 1)]
        space.switch(made["orders"].batch, False)
        assert ask(space, "net_sales") == [(D(130),)]


def test_corrections_of_some_orders_are_no_second_telling(tmp_path):
    corrections = (
        "订单编号,日期,渠道,差价\n100000001,2024-01-09,天猫,3\n100000002,2024-01-09,天猫,2\n"
    )
    with Workspace.open(tmp_path) as space:
        bring(space, "sales.csv", SALES)
        bring(space, "corrections.csv", corrections, columns={"amount": "差价"})
        assert ask(space, "net_sales") == [(D(135),)]


def test_the_next_month_of_the_same_export_is_no_second_telling(tmp_path):
    february = SALES.replace("2024-01", "2024-02").replace("10000000", "20000000")
    with Workspace.open(tmp_path) as space:
        bring(space, "sales 1.csv", SALES)
        bring(space, "sales 2.csv", february)
        assert ask(space, "net_sales") == [(D(260),)]


def test_amounts_of_items_weigh_before_prices_and_pieces(tmp_path):
    items = "订单编号,标题,价格,购买数量,实付金额\n100000001,水,10,2,1\n100000001,茶,20,2,2\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", ORDERS)
        bring(space, "items.csv", items, table="order_items")
        found = dict(ask(space, "net_sales", by=("product",)))
        assert (found["水"], found["茶"]) == (D("33.33"), D("66.67"))


def test_a_refund_of_an_order_is_shared_by_its_items(tmp_path):
    orders = ORDERS.replace("支付金额\n", "支付金额,退款金额\n").replace(",100\n", ",100,40\n")
    orders = orders.replace(",50\n", ",50,0\n").replace(",30\n", ",30,30\n")
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", orders)
        bring(space, "items.csv", ITEMS)
        found = dict(ask(space, "net_sales", by=("product",)))
        # 40 over 28.57 : 57.14 : 14.29, in cents: 11.43, 22.86, 5.71.
        assert found["水"] == D("28.57") - D("11.43")
        assert found["茶"] == D("57.14") - D("22.86") + 50
        assert found["糖"] == D("14.29") - D("5.71")
        assert found[None] == 0


def test_sheets_of_one_workbook_come_in_together(tmp_path):
    import io

    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, text in {"主表": ORDERS, "明细": ITEMS}.items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(text.splitlines()):
                sheet.write_row(at, 0, line.split(","))
    with Workspace.open(tmp_path) as space:
        original = space.receive("orders.xlsx", file.getvalue())
        made = space.load(original, space.inspect(original))
        assert [one.table for one in made.companions] == ["order_items"]
        assert dict(ask(space, "net_sales", by=("product",))) == SPREAD
        again = space.load(original, space.inspect(original))
        assert again.already and again.companions[0].already
        assert dict(ask(space, "net_sales", by=("product",))) == SPREAD
