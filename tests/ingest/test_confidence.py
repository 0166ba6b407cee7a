"""Every column's proposal says how sure it is and why; what is only alike is only suggested."""

from __future__ import annotations

from datetime import date

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import ColumnChoice, Hints, Proposal, recognise
from chanplan.language.grounds import grounds
from tests.fakes import sheet

TODAY = date(2026, 11, 23)


def proposed(*rows: str, hints: Hints | None = None) -> Proposal:
    return recognise(Book((sheet(*rows),)), "x.csv", hints or Hints(), today=TODAY)


def chosen(found: Proposal) -> dict[str, ColumnChoice]:
    return {one.field: one for one in found.choices}


def test_a_known_heading_and_fitting_values_make_it_sure() -> None:
    days = [f"2024-01-{day:02d}|天猫|{day}" for day in range(1, 25)]
    found = chosen(proposed("日期|渠道|买家实际支付金额", *days, "下周|天猫|5"))
    day, amount, channel = found["date"], found["amount"], found["channel"]
    assert (day.reason, day.share) == ("known_word", 24 / 25)
    assert (amount.share, amount.confidence) == (1.0, 0.99)
    assert 0.8 <= channel.confidence < day.confidence < amount.confidence
    assert grounds(day, "date", "zh") == "表头“日期”是已知名称；96.0% 的值读得成日期或月份"
    said = grounds(amount, "amount", "en")
    assert said == "header “买家实际支付金额” is a known name; 100% of values read as amount"
    assert grounds(channel, "text", "en") == "header “渠道” is a known name"


def test_second_choice_words_and_few_fitting_values_are_less_sure() -> None:
    found = chosen(
        proposed("付款时间|渠道|金额", "2024-01-01|a|5", "2024-01-02|a|两块", "2024-01-03|a|x")
    )
    assert found["date"].reason == "fallback_word" and found["date"].confidence == 0.8
    assert found["amount"].confidence == pytest.approx(1 / 3, abs=0.01)


def test_what_a_person_says_is_certain() -> None:
    rows = ("日期|渠道|金额|合同价", "2024-01-01|a|1|2")
    found = chosen(proposed(*rows, hints=Hints(columns={"amount": "合同价"})))
    assert (found["amount"].reason, found["amount"].confidence) == ("given", 1.0)


def test_the_only_column_of_dates_is_the_date_and_says_so() -> None:
    found = proposed("发生时刻|渠道|金额", "2024-01-01 08:00|a|1", "2024-01-02 09:00|a|2")
    assert chosen(found)["date"].reason == "values"
    assert chosen(found)["date"].confidence == 0.7
    assert [note.code for note in found.notes] == ["date_by_values"]


@pytest.mark.parametrize(
    ("head", "cells", "code"),
    [
        ("会员生日", "1990-01-01", "columns_missing"),  # a date, and not the sale's
        ("批次", "20240101", "columns_missing"),  # a number that may be a date
        ("备注", "见 2024-01-01", "month_missing"),
    ],
)
def test_other_dates_and_numbers_are_not_taken_for_the_date(
    head: str, cells: str, code: str
) -> None:
    with pytest.raises(UnrecognisedTableError, match=code):
        proposed(f"{head}|渠道|产品|金额", f"{cells}|a|水|1")


def test_of_two_columns_of_dates_none_is_taken() -> None:
    with pytest.raises(UnrecognisedTableError, match="columns_missing"):
        proposed("发生时刻|离开时刻|渠道|金额", "2024-01-01|2024-01-02|a|1")


def test_a_heading_that_is_only_alike_is_suggested_and_not_taken() -> None:
    found = proposed("日期|渠道|金额|Custommer name|Qantity", "2024-01-01|a|1|王|3")
    assert set(chosen(found)) == {"date", "channel", "amount"}
    told = {(one.field, one.header): one.likeness for one in found.suggestions}
    assert set(told) == {("customer", "Custommer name"), ("quantity", "Qantity")}
    assert all(likeness >= 85 for likeness in told.values())


def test_pieces_are_never_suggested_for_money() -> None:
    found = proposed("日期|渠道|金额|销售数额量", "2024-01-01|a|1|3")
    assert [one.field for one in found.suggestions if one.header == "销售数额量"] in (
        [],
        ["quantity"],
    )


def test_sales_without_their_date_slip_in_neither_as_returns_nor_as_items() -> None:
    for heads in ("订单号|渠道|产品|数量|金额", "订单号|数量|金额", "订单号|客户|金额"):
        with pytest.raises(UnrecognisedTableError):
            proposed(heads, *["1|a|1|2|3"[: 2 * heads.count("|") + 1]])


@pytest.mark.parametrize(
    ("name", "heads", "table"),
    [
        (
            "退款.csv",
            "退款编号|订单编号|订单付款时间|买家实际支付金额|退款金额|退款完结时间",
            "returns",
        ),
        ("退货单.csv", "原订单号|日期|产品|数量|金额", "returns"),
        ("宝贝报表.csv", "订单编号|标题|价格|购买数量|外部系统编号|商品属性", "order_items"),
        ("订单报表.csv", "订单编号|订单创建时间|买家实际支付金额|退款金额|宝贝标题", "sales"),
    ],
)
def test_lists_of_returns_items_and_orders_are_told_apart(
    name: str, heads: str, table: str
) -> None:
    cells = {"时间": "2024-01-01", "日期": "2024-01-01", "金额": "5", "数量": "1", "价格": "3"}
    row = "|".join(
        next((v for k, v in cells.items() if k in head), "x1") for head in heads.split("|")
    )
    found = recognise(Book((sheet(heads, row),)), name, Hints(channel="天猫"), today=TODAY)
    assert found.recipe.table == table


def test_returns_that_say_so_by_their_sign_are_lines_of_sales() -> None:
    rows = ("原订单号|日期|产品|数量|金额", "1|2024-01-01|水|-1|-5")
    found = recognise(Book((sheet(*rows),)), "退货单.csv", Hints(channel="天猫"), today=TODAY)
    assert found.recipe.table == "sales"
