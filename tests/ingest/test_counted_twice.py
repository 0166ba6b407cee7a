"""Rows that are sums of their neighbours, and orders told on each of their lines, are refused."""

from __future__ import annotations

from datetime import date

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from tests.fakes import sheet

TODAY = date(2026, 11, 23)
WIDE = "渠道|2024年1月|2024年2月|2024年3月"
LONG = "月份|渠道|产品名称|金额"
ORDERS = "订单编号|日期|渠道|商品编码|数量|单价|订单金额"


def proposed(*rows: str, hints: Hints | None = None) -> Proposal:
    return recognise(Book((sheet(*rows),)), "销售.xlsx", hints or Hints(table="sales"), today=TODAY)


def long_rows(sums: bool) -> list[str]:
    months = ("2024-01", "2024-02", "2024-03")
    parts = [f"{month}|天猫|{p}|{n + at}.25" for at, month in enumerate(months)
             for p, n in (("水", 7), ("茶", 12))]  # fmt: skip
    every = [f"{month}|天猫|整月|{19 + 2 * at}.50" for at, month in enumerate(months)]
    return sorted([*parts, *(every if sums else [])])


def test_channels_above_their_parts_are_refused() -> None:
    rows = ("线上|300|500|700.5", "天猫|100|200|300.5", "京东|200|300|400")
    with pytest.raises(UnrecognisedTableError, match="sums_in_rows") as fault:
        proposed(WIDE, *rows)
    assert fault.value.values["labels"] == ["线上"]
    with pytest.raises(UnrecognisedTableError, match="sums_in_rows"):
        proposed(WIDE, "抖音|101|2.5|300", *rows, "快手|203|222|909")


def test_a_number_off_small_ones_and_a_named_sum_are_none() -> None:
    parts = ("天猫|100|200|300.5", "京东|200|300|400")
    proposed(WIDE, "线上|300|500|701.5", *parts)
    proposed(WIDE, "甲|3|5|7", "乙|1|2|3", "丙|2|3|4")
    proposed(WIDE, "线上合计|300|500|700.5", *parts)


def test_sums_in_a_list_are_refused_whatever_they_are_called() -> None:
    proposed(LONG, *long_rows(sums=False))
    rows = sorted(long_rows(sums=True), key=lambda row: (row[:7], "整月" in row))
    with pytest.raises(UnrecognisedTableError, match="sums_in_rows"):
        proposed(LONG, *rows)
    with pytest.raises(UnrecognisedTableError, match="sums_in_rows"):
        proposed(LONG, *rows[::-1])


def orders(amounts: tuple[str, str]) -> list[str]:
    return [
        f"{10 + n}|2024-03-0{n}|天猫|P{item}|{item}|{n + item}|{amounts[item - 1].format(n)}"
        for n in range(1, 5)
        for item in (1, 2)
    ]


def test_the_amount_of_an_order_on_each_of_its_lines_is_refused() -> None:
    with pytest.raises(UnrecognisedTableError, match="order_amount_repeated") as fault:
        proposed(ORDERS, *orders(("9{}.5", "9{}.5")))
    assert fault.value.values["rows"] == 2
    proposed(ORDERS, *orders(("9{}.5", "8{}.5")))
    said = Hints(table="sales", columns={"amount": "订单金额"})
    assert proposed(ORDERS, *orders(("9{}.5", "9{}.5")), hints=said).recipe.columns["amount"] == 6


def test_lines_of_one_price_are_no_orders_told_twice() -> None:
    rows = [f"{10 + n}|2024-03-0{n}|天猫|P{item}|1|{n}|{n}" for n in range(1, 5) for item in (1, 2)]
    proposed(ORDERS, *rows)


def test_sums_that_are_set_aside_anyhow_refuse_no_file() -> None:
    rows = [row.replace("整月", "全部") for row in long_rows(sums=True)]
    proposed(LONG, *sorted(rows, key=lambda row: (row[:7], "全部" in row)))
    rows = [row.replace("天猫|整月", "|") for row in long_rows(sums=True)]
    proposed(LONG, *sorted(rows, key=lambda row: (row[:7], "||" in row)))


def test_rows_that_leave_a_name_open_and_sum_up_the_others_are_refused() -> None:
    parts = [f"2024-0{m}|{c}|{p}|{m * n}.25" for m in (1, 2) for c in ("天猫", "京东")
             for n, p in ((3, "水"), (5, "茶"))]  # fmt: skip
    sums = [f"2024-0{m}|{c}||{m * 8}.5" for m in (1, 2) for c in ("天猫", "京东")]
    with pytest.raises(UnrecognisedTableError, match="sums_in_rows"):
        proposed(LONG, *parts, *sums)
    proposed(LONG, *parts, *(row.replace(".5", ".7") for row in sums))


def test_the_same_small_month_again_and_again_is_no_table_of_sums() -> None:
    one = (("01", "水", 10), ("02", "茶", 20), ("03", "糖", 30))
    days = [f"2024-0{month}-{day}|天猫|{p}|{n}0" for month in (1, 2, 3) for day, p, n in one]
    proposed(LONG.replace("月份", "日期"), *days)
