"""A status that says that money went back: of an order it is no sale, of a movement a return."""

from __future__ import annotations

from datetime import date

import pytest

from chanplan.ingest.load import load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from tests.fakes import FakeWriter, sheet
from tests.ingest.loading_room import lines

HEAD = "日期|渠道|订单编号|数量|销售额|订单状态"
SOLD = ("2025-01-03|天猫|a2|1|20|交易成功", "2025-01-03|天猫|a3|1|30|交易成功")


def proposed(*rows: str) -> Proposal:
    return recognise(Book((sheet(*rows),)), "订单.csv", Hints(), today=date(2026, 11, 23))


def types(*rows: str) -> list[str]:
    found, writer = proposed(*rows), FakeWriter()
    load(writer, found.sheet.below(found.recipe.header_line), found.recipe, 7)
    return [kind for (kind,) in lines(writer, "line_type")]


@pytest.mark.parametrize("status", ["退货退款", "退款", "已退款", "Refund", "退货"])
def test_an_order_given_back_is_neither_a_sale_nor_a_return(status: str) -> None:
    rows = (HEAD, f"2025-01-02|天猫|a1|1|10|{status}", *SOLD)
    assert types(*rows) == ["not_a_sale", "sale", "sale"]


def test_what_the_rows_decide_is_told() -> None:
    found = proposed(HEAD, "2025-01-02|天猫|a1|1|10|退货退款", *SOLD)
    assert "orders_given_back" in {note.code for note in found.notes}
    assert {one.status: one.line_type for one in found.statuses}["退货退款"] == "not_a_sale"


@pytest.mark.parametrize(
    "row",
    ["2025-01-02|天猫|a2|1|20|退货", "2025-01-02|天猫|a1|-1|-10|退货"],
    ids=["the order has a sale of its own", "the row is negative"],
)
def test_a_movement_of_its_own_is_a_return(row: str) -> None:
    assert types(HEAD, row, *SOLD) == ["return", "sale", "sale"]


def test_a_column_of_types_tells_movements() -> None:
    head = HEAD.replace("订单状态", "业务类型")
    assert types(head, "2025-01-02|天猫|a1|1|10|退货退款", *SOLD)[0] == "return"


def test_where_a_refund_stands_beside_it_the_order_is_a_sale_and_the_refund_its_return() -> None:
    rows = (f"{HEAD}|退款金额", "2025-01-02|天猫|a1|1|10|退货退款|4", *(f"{one}|" for one in SOLD))
    found = proposed(*rows)
    assert {one.status: one.line_type for one in found.statuses}["退货退款"] == "sale"
    assert "orders_with_refunds" in {note.code for note in found.notes}
