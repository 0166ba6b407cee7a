"""Monthly exports as they come from the trade's systems: read right, asked about, or told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.load import load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.wide import rows
from tests.fakes import FakeWriter, sheet

TODAY = date(2026, 11, 24)


def proposed(*lines: str, name: str = "销售.csv", **hints: Any) -> Proposal:
    return recognise(Book((sheet(*lines),)), name, Hints(**hints), today=TODAY)


def by_type(found: Proposal) -> dict[str, D]:
    assert not found.questions
    counts = load(FakeWriter(), rows(found.sheet, found.recipe), found.recipe, 1)
    return {kind: part.money for kind, part in counts.by_type.items()}


def lines(found: Proposal, *columns: str) -> list[tuple[Any, ...]]:
    writer = FakeWriter()
    load(writer, rows(found.sheet, found.recipe), found.recipe, 1)
    return writer.rows(f"select {', '.join(columns)} from sales_line order by line")


def notes(found: Proposal) -> set[str]:
    return {note.code for note in found.notes}


def test_a_void_invoice_is_no_sale_and_a_reversed_one_is_taken_off() -> None:
    found = proposed(
        "开票日期|渠道|购买方名称|货物名称|金额|发票状态",
        "2024-03-01|经销|甲|水|100|正常",
        "2024-03-02|经销|甲|水|-30|红冲",
        "2024-03-03|经销|甲|水|50|作废",
    )
    assert by_type(found) == {"sale": D(100), "return": D(-30), "not_a_sale": D(50)}
    assert lines(found, "product", "customer")[0] == ("水", "甲")


@pytest.mark.parametrize(
    ("heading", "yes", "kind"),
    [("是否作废", "是", "not_a_sale"), ("是否退货", "Y", "return"), ("赠品标志", "1", "gift")],
)
def test_a_heading_that_asks_is_answered_by_yes_and_no(heading: str, yes: str, kind: str) -> None:
    no = {"是": "否", "Y": "N", "1": "0"}[yes]
    found = proposed(
        f"日期|渠道|产品|金额|{heading}",
        f"2024-03-01|天猫|水|100|{no}",
        f"2024-03-02|天猫|水|7|{yes}",
    )
    assert by_type(found) == {"sale": D(100), kind: D(-7 if kind == "return" else 7)}


def test_a_column_that_tells_of_every_row_what_it_is_counts_under_any_heading() -> None:
    found = proposed(
        "日期|渠道|产品|性质|金额", "2024-03-01|天猫|水|销售|100", "2024-03-02|天猫|水|退货|40"
    )
    assert by_type(found) == {"sale": D(100), "return": D(-40)}
    assert "type_by_values" in notes(found)


def test_a_remark_that_speaks_of_returns_now_and_then_is_told() -> None:
    few = [f"2024-03-0{day}|天猫|水|100|" for day in range(1, 7)]
    found = proposed("日期|渠道|产品|金额|备注", *few, "2024-03-07|天猫|水|40|退货")
    assert "type_not_asked" in notes(found) and "line_type" not in found.recipe.columns
    plain = proposed("日期|渠道|产品|金额|备注", *few, "2024-03-07|天猫|水|40|急")
    assert not notes(plain)


def test_what_was_shipped_counts_in_the_month_it_was_shipped_in() -> None:
    head, row = "下单日期|出库日期|渠道|产品|出库金额", "2024-02-28|2024-03-02|经销|水|10"
    found = proposed(head, row)
    assert (found.recipe.basis, lines(found, "date")) == ("shipment", [(date(2024, 3, 2),)])
    assert "date_of_basis" in notes(found)
    said = proposed(head, row, columns={"date": "下单日期"})
    assert lines(said, "date") == [(date(2024, 2, 28),)]


def test_of_amounts_in_two_currencies_the_companys_own_counts() -> None:
    text = ("日期|渠道|产品|金额(USD)|金额(CNY)", "2024-03-01|亚马逊|水|10|72")
    found = proposed(*text)
    assert lines(found, "amount_with_tax", "currency") == [(D(72), "CNY")]
    assert "amount_in_own_money" in notes(found)
    assert lines(proposed(*text, currency="USD"), "amount_with_tax") == [(D(10),)]


def test_two_columns_under_one_heading_are_told_where_they_differ() -> None:
    differ = proposed("日期|渠道|金额|金额", "2024-03-01|天猫|10|12")
    assert notes(differ) == {"heading_twice"}
    alike = proposed("日期|渠道|金额|金额", "2024-03-01|天猫|10|10")
    assert not notes(alike)


def test_months_and_days_that_a_program_kept_as_numbers() -> None:
    found = proposed("月份|渠道|销售额", "202403.0|天猫|10.0", "202404.0|京东|20.0")
    assert lines(found, "date") == [(date(2024, 3, 1),), (date(2024, 4, 1),)]
    days = proposed("日期|渠道|销售额", "20240305.0|天猫|10", "20240306.0|京东|20")
    assert lines(days, "date") == [(date(2024, 3, 5),), (date(2024, 3, 6),)]


@pytest.mark.parametrize("months", [1, 2])
def test_money_and_pieces_of_a_month_are_sales_and_no_list_of_customers(months: int) -> None:
    heads = "|".join(f"{month}月金额|{month}月数量" for month in range(1, months + 1))
    cells = "|".join(f"{month}0|{month}" for month in range(1, months + 1))
    found = proposed(f"业务员|客户|{heads}", f"张|甲|{cells}", name="2024.csv", channel="经销")
    assert found.recipe.table == "sales"
    told = [(date(2024, month, 1), D(month * 10), D(month)) for month in range(1, months + 1)]
    assert lines(found, "date", "amount_with_tax", "quantity") == told


def test_the_words_of_bookkeeping_programs_are_known() -> None:
    found = proposed(
        "单据日期|渠道|往来单位|存货编码|存货名称|数量|本月销售额",
        '2024-03-01|经销|甲|="0007"|水|1|9',
    )
    assert lines(found, "product", "customer", "amount_with_tax") == [("0007", "甲", D(9))]


def test_the_movements_of_a_warehouse_are_no_sales() -> None:
    found = proposed(
        "日期|渠道|产品|金额|单据类型",
        "2024-03-01|经销|水|50|销售出库",
        "2024-03-02|经销|水|20|销售退货入库",
        "2024-03-03|经销|水|30|采购入库",
        "2024-03-03|经销|水|7|采购退货",
        "2024-03-03|经销|水|9|调拨出库",
        "2024-03-03|经销|水|3|盘亏",
    )
    told = {"sale": D(50), "return": D(-20), "not_a_sale": D(40), "transfer": D(9)}
    assert by_type(found) == told


def test_lines_that_name_a_group_are_not_lost() -> None:
    rows_ = ("天猫|||", "2024-03-01||水|10", "2024-03-02||茶|20", "京东|||", "2024-03-01||水|5")
    for head in ("日期|渠道|产品|金额", "日期|备注|产品|金额"):
        with pytest.raises(UnrecognisedTableError) as fault:
            proposed(head, *rows_)
        assert fault.value.code == "groups_in_rows"
    said = proposed("日期|备注|产品|金额", *rows_, channel="电商")
    assert by_type(said) == {"sale": D(35)}
    filled = [row.replace("||", "|天猫|", 1) if row[0] == "2" else row for row in rows_]
    assert by_type(proposed("日期|渠道|产品|金额", *filled)) == {"sale": D(35)}
