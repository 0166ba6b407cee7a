"""Rates by product and category, dated: worked-out sides follow them, stated ones stay."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from chanplan.domain.errors import MonthClosedError
from chanplan.ingest.recognise import Hints
from chanplan.settings import Settings
from chanplan.store import checksums
from chanplan.workspace import Workspace, rebuild, ruling

# One line a product, 含税 by its heading; the source's own rate is asked for at import.
GROSS = """日期,渠道,产品编码,品类,含税金额,标准价金额
2025-03-01,天猫,A,饮料,113.00,226.00
2025-03-02,天猫,B,粮油,109.00,109.00
2025-03-03,天猫,C,图书,106.00,106.00
2025-07-01,天猫,A,饮料,113.00,113.00
"""
BARE = """日期,渠道,产品编码,未税金额,成本
2025-03-05,经销商,A,100.00,60.00
2025-03-06,经销商,B,100.00,50.00
"""
BOTH = """日期,渠道,产品编码,含税金额,未税金额
2025-03-07,直营,A,113.00,100.01
2025-03-08,直营,A,113.00,
2025-03-09,直营,A,,100.00
"""
OWN = """日期,渠道,产品编码,含税金额,税率
2025-03-10,专卖,A,113.00,3%
2025-03-11,专卖,A,113.00,
"""
# A is at 13 %, from July at 9 %; 粮油 is at 9 %.
RATES = """产品编码,品类,税率,生效日期
A,,13%,1990-01-01
A,,9%,2025-07-01
,粮油,9%,1990-01-01
"""


def bring(space: Workspace, name: str, text: str, **told: Any) -> int:
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, Hints(**told))).batch


def sides(space: Workspace, part: str = "amount") -> list[tuple[Any, ...]]:
    frame = space.store.fetch(
        f"select channel, product, month, {part}_with_tax, {part}_without_tax, rate_by"
        " from sales_line order by date, line"
    )
    return [tuple(row) for row in frame.itertuples(index=False)]


def money(*told: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if one is None else Decimal(one) for one in told)


def amounts(space: Workspace, channel: str, part: str = "amount") -> list[tuple[Any, ...]]:
    return [row[3:] for row in sides(space, part) if row[0] == channel]


def held(space: Workspace) -> Mapping[str, str]:
    """All but who was imported when."""
    told = dict(space.checksums())
    return {name: sum_ for name, sum_ in told.items() if name not in _OF_IMPORTS}


_OF_IMPORTS = ("batch", "batch_month", "tax_rates", "line_rules", checksums.POSITION)


def test_the_side_that_is_not_stated_follows_product_then_category_then_source(
    tmp_path: Path,
) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "gross.csv", GROSS, source="网店", tax_rate="0.06")
        # 113 ÷ 1.06 = 106.60377…, 109 ÷ 1.06 = 102.83018…, 106 ÷ 1.06 = 100
        before = [(*money("113", "106.6038"), None), (*money("109", "102.8302"), None),
                  (*money("106", "100"), None), (*money("113", "106.6038"), None)]  # fmt: skip
        assert _plain(amounts(space, "天猫")) == before
        untouched = held(space)
        rates = bring(space, "rates.csv", RATES, table="tax_rates")
        after = [(*money("113", "100"), "product"), (*money("109", "100"), "category"),
                 (*money("106", "100"), None), (*money("113", "103.6697"), "product")]  # fmt: skip
        assert _plain(amounts(space, "天猫")) == after
        # 226 ÷ 1.13 = 200; July: 113 ÷ 1.09 = 103.66972…
        listed = [one[1] for one in amounts(space, "天猫", "list")]
        assert listed == list(money("200", "100", "100", "103.6697"))
        space.switch(rates, False)
        assert _plain(amounts(space, "天猫")) == before
        assert held(space) == untouched
        space.switch(rates, True)
        assert _plain(amounts(space, "天猫")) == after


def test_without_a_source_rate_the_other_side_comes_and_goes_with_the_table(
    tmp_path: Path,
) -> None:
    with Workspace.open(tmp_path) as space:
        rates = bring(space, "rates.csv", RATES, table="tax_rates")
        bring(space, "bare.csv", BARE, source="账本", tax="without_tax")
        # The line of B has no category, and no table of products tells it one.
        assert _plain(amounts(space, "经销商")) == [
            (*money("113", "100"), "product"), (*money(None, "100"), None)]  # fmt: skip
        assert [one[:2] for one in amounts(space, "经销商", "cost")] == [
            money("67.8", "60"), money(None, "50")]  # fmt: skip
        bring(space, "products.csv", "产品编码,品类\nB,粮油\n", table="products")
        assert _plain(amounts(space, "经销商"))[1] == (*money("109", "100"), "category")
        told = ruling.rated(space.store)[["by_what", "member", "rate", "lines"]]
        by_table = ["category", "粮油", Decimal("0.09"), 1], ["product", "A", Decimal("0.13"), 1]
        assert told.to_numpy().tolist() == list(by_table)
        space.switch(rates, False)
        assert [one[0] for one in amounts(space, "经销商")] == [None, None]
        lacking = ruling.one_sided(space.store)[["product", "category", "lines", "amount"]]
        assert lacking.astype(object).where(lacking.notna(), None).to_numpy().tolist() == [
            ["A", None, 1, Decimal(100)], [None, "粮油", 1, Decimal(100)]]  # fmt: skip


def test_a_product_s_cost_takes_the_rate_of_its_line(tmp_path: Path) -> None:
    lines = "日期,渠道,产品编码,数量,单位,含税金额\n2025-03-01,天猫,A,2,瓶,113.00\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "lines.csv", lines, source="网店")
        bring(space, "products.csv", "产品编码,基本单位,单位成本\nA,瓶,22.60\n", table="products")
        assert [one[:2] for one in amounts(space, "天猫", "cost")] == [money("45.2", None)]
        rates = bring(space, "rates.csv", RATES, table="tax_rates")
        # 2 × 22.60 ÷ 1.13 = 40
        assert [one[:2] for one in amounts(space, "天猫", "cost")] == [money("45.2", "40")]
        space.switch(rates, False)
        assert [one[:2] for one in amounts(space, "天猫", "cost")] == [money("45.2", None)]


def test_items_of_an_order_have_their_own_rates(tmp_path: Path) -> None:
    orders = "订单编号,日期,渠道,实付金额\n2025030100001,2025-03-01,天猫,226.00\n"
    items = "订单编号,商品编码,数量,商品金额\n2025030100001,A,1,113\n2025030100001,B,1,113\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", orders, source="网店", tax="with_tax", tax_rate="0.06")
        bring(space, "items.csv", items, source="网店", table="order_items")
        told = "select product, amount_with_tax, amount_without_tax from joined_line order by 1"
        # 226 ÷ 1.06 = 213.2075, shared out evenly
        shared = [("A", *money("113", "106.6038")), ("B", *money("113", "106.6037"))]
        assert _rows(space, told) == shared
        said = "产品编码,税率,生效日期\nA,13%,1990-01-01\n"
        rates = bring(space, "rates.csv", said, table="tax_rates")
        assert _rows(space, told) == [("A", *money("113", "100")), shared[1]]
        # The rate that the order has anyway moves nothing, not even by a rounding.
        alike = bring(space, "alike.csv", said.replace("13%", "6%"), table="tax_rates")
        assert _rows(space, told) == shared
        space.switch(alike, False)
        space.switch(rates, False)
        assert _rows(space, told) == shared


def test_a_store_made_anew_holds_the_same(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "gross.csv", GROSS, source="网店", tax_rate="0.06")
        first = bring(space, "rates.csv", RATES, table="tax_rates")
        rules = "判断字段,字段取值,视为行类型\n品类,图书,赠品\n"
        bring(space, "rules.csv", rules, table="line_rules")
        bring(space, "all.csv", "产品编码,税率,生效日期\nA,9%,1990-01-01\n", table="tax_rates")
        bring(space, "both.csv", BOTH, source="直营", tax_rate="0.06")
        space.switch(first, False)
        before = space.checksums()
    assert rebuild(Settings(home=tmp_path)).identical
    with Workspace.open(tmp_path) as space:
        assert checksums.differing(before, space.checksums()) == ()


def _rows(space: Workspace, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in space.store.fetch(sql).itertuples(index=False)]


def test_stated_sides_and_own_rates_stay(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "both.csv", BOTH, source="直营", tax_rate="0.06")
        bring(space, "own.csv", OWN, source="专卖", tax="with_tax", tax_rate="0.06")
        untouched = held(space)
        rates = bring(space, "rates.csv", RATES, table="tax_rates")
        assert [one[:2] for one in amounts(space, "直营")] == [
            money("113", "100.01"), money("113", "100"), money("113", "100")]  # fmt: skip
        # 113 ÷ 1.03 = 109.70873…; the row without a rate goes by the table.
        assert [one[:2] for one in amounts(space, "专卖")] == [
            money("113", "109.7087"), money("113", "100")]  # fmt: skip
        space.switch(rates, False)
        assert held(space) == untouched


def test_a_newer_table_stands_for_the_whole_and_closed_months_refuse_it(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "gross.csv", GROSS, source="网店", tax_rate="0.06")
        bring(space, "rates.csv", RATES, table="tax_rates")
        before = _plain(amounts(space, "天猫"))
        space.closings.mark([202503], True)
        with pytest.raises(MonthClosedError):
            bring(space, "all.csv", "产品编码,税率,生效日期\nA,9%,1990-01-01\n", table="tax_rates")
        assert _plain(amounts(space, "天猫")) == before
        # From the first open month on nothing of March moves: 113 ÷ 1.06.
        later = RATES.replace("A,,9%,2025-07-01", "A,,6%,2025-04-01")
        newer = bring(space, "later.csv", later, table="tax_rates")
        assert _plain(amounts(space, "天猫"))[3] == (*money("113", "106.6038"), "product")
        space.switch(newer, False)
        assert _plain(amounts(space, "天猫")) == before


def test_a_rate_told_under_another_name_of_the_product_counts(tmp_path: Path) -> None:
    from chanplan.domain.names import Pair

    with Workspace.open(tmp_path) as space:
        bring(space, "gross.csv", GROSS, source="网店")
        bring(
            space, "rates.csv", "产品编码,税率,生效日期\nA-新,13%,1990-01-01\n", table="tax_rates"
        )
        assert _plain(amounts(space, "天猫"))[0] == (*money("113", None), None)
        bring(space, "new.csv", GROSS.replace(",A,", ",A-新,").replace("天猫", "京东"), source="新")
        space.names.match("accept", [Pair("product", "A", "A-新")])
        assert _plain(amounts(space, "天猫"))[0] == (*money("113", "100"), "product")
        space.names.match("back", [Pair("product", "A", "A-新")])
        assert _plain(amounts(space, "天猫"))[0] == (*money("113", None), None)


def _plain(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [tuple(None if cell is None or cell != cell else cell for cell in row) for row in rows]
