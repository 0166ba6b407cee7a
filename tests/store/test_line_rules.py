"""The company's rules for types of line: above the file's word, back to it when withdrawn."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.store import checksums
from chanplan.workspace import Workspace, ruling

SALES = """日期,渠道,单据号,产品编码,品类,数量,金额,订单状态
2025-03-01,天猫,SO-1,A,饮料,1,10,交易成功
2025-03-02,天猫,SO-2,A,饮料,1,20,内部领取
2025-03-03,天猫,DB-3,A,饮料,4,40,交易成功
2025-03-04,调拨仓,SO-4,A,饮料,8,80,交易成功
2025-03-05,天猫,SO-5,YF,运费,1,160,交易成功
2025-03-06,天猫,SO-6,A,饮料,2,-320,交易成功
2025-04-01,天猫,SO-7,A,饮料,1,640,已关闭
2025-04-02,天猫,SO-8,Z,赠品,3,1280,交易成功
"""
RULES = """判断字段,字段取值,视为行类型,生效日期
状态,内部*,赠品,
单据前缀,DB,调拨,
渠道,调拨仓,调拨,
品类,运费,运费,
品类,赠品,赠品,2025-04-02
来源,网店,销售,2025-04-01
"""


def bring(space: Workspace, name: str, text: str, **told: Any) -> int:
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, Hints(**told))).batch


def types(space: Workspace) -> list[str]:
    frame = space.store.fetch("select line_type::varchar as t from sales_line order by date, line")
    return list(frame["t"])


def net(space: Workspace, month: int) -> Decimal:
    scope = Scope(period=Period(month, month))
    return Decimal(space.ask(MetricQuery(("net_sales",), scope)).frame["net_sales"].iloc[0])


def held(space: Workspace) -> dict[str, str]:
    of_imports = ("batch", "batch_month", "line_rules", checksums.POSITION)
    return {name: told for name, told in space.checksums().items() if name not in of_imports}


FILE = ["sale", "sale", "sale", "sale", "sale", "return", "not_a_sale", "sale"]
RULED = ["sale", "gift", "transfer", "transfer", "freight", "return", "sale", "gift"]


def test_rules_stand_above_the_file_and_withdrawn_give_it_back(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "sales.csv", SALES, source="网店")
        assert types(space) == FILE
        assert (net(space, 202503), net(space, 202504)) == (Decimal(-10), Decimal(1280))
        untouched = held(space)
        rules = bring(space, "rules.csv", RULES, table="line_rules")
        assert types(space) == RULED
        # 10 + 160 − 320; 640, for gifts and transfers make no sales.
        assert (net(space, 202503), net(space, 202504)) == (Decimal(-150), Decimal(640))
        space.switch(rules, False)
        assert types(space) == FILE
        assert held(space) == untouched


def test_what_comes_after_the_rules_is_told_by_them(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "after") as space:
        bring(space, "rules.csv", RULES, table="line_rules")
        bring(space, "sales.csv", SALES, source="网店")
        assert types(space) == RULED


def test_the_more_particular_field_counts_then_the_later_day(tmp_path: Path) -> None:
    rules = """判断字段,字段取值,视为行类型,生效日期
渠道,天猫,调拨,
产品,A,赠品,
产品,A,按文件,2025-04-01
单据号前缀,SO-1,不计入,
单据号前缀,SO-,运费,2025-03-06
"""
    with Workspace.open(tmp_path) as space:
        bring(space, "sales.csv", SALES, source="网店")
        bring(space, "rules.csv", rules, table="line_rules")
        assert types(space) == [
            "not_a_sale",  # SO-1
            "gift", "gift", "gift",  # A; SO- holds from the 6th on only
            "transfer",  # YF on 天猫
            "freight", "freight", "freight",
        ]  # fmt: skip


def test_goods_for_nothing_are_ruled_by_their_source(tmp_path: Path) -> None:
    lines = "日期,渠道,产品编码,数量,金额\n2025-03-01,天猫,A,1,10\n2025-03-02,天猫,A,2,0\n"
    rule = "判断字段,字段取值,视为行类型\n金额为0,{},赠品\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "sales.csv", lines, source="网店")
        likely = ruling.likely(space.store)[["field", "value"]]
        assert likely.to_numpy().tolist() == [["free", "网店"]]
        other = bring(space, "other.csv", rule.format("ERP"), table="line_rules")
        assert types(space) == ["sale", "sale"]
        bring(space, "every.csv", rule.format("*"), table="line_rules")
        assert types(space) == ["sale", "gift"]
        assert ruling.likely(space.store).empty
        assert ruling.word(space.store, "line_rules").batch > other  # type: ignore[union-attr]
        caught = ruling.caught(space.store)
        assert caught[["field", "makes", "lines", "moved"]].to_numpy().tolist() == [
            ["free", "gift", 1, 1]]  # fmt: skip


def test_items_of_orders_are_ruled_by_their_own_products(tmp_path: Path) -> None:
    orders = "订单编号,日期,渠道,实付金额\n2025030100001,2025-03-01,天猫,100\n"
    items = "订单编号,商品编码,数量,商品金额\n2025030100001,A,1,75\n2025030100001,运费,1,25\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", orders, source="网店")
        bring(space, "items.csv", items, source="网店", table="order_items")
        bring(
            space, "rules.csv", "判断字段,字段取值,视为行类型\n产品,运费,运费\n", table="line_rules"
        )
        frame = space.store.fetch(
            "select product, line_type::varchar as t from joined_line order by product"
        )
        assert [tuple(row) for row in frame.itertuples(index=False)] == [
            ("A", "sale"), ("运费", "freight")]  # fmt: skip
