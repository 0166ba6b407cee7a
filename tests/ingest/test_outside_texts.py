"""Kinds of files that an outside examiner brought: each is read right, asked about, or told."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.line_types import COUNTED
from chanplan.ingest.headers import spellings
from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.scales import scale
from chanplan.ingest.sums_told import sums_among
from chanplan.ingest.wide import rows
from tests.fakes import FakeWriter, sheet

TODAY = date(2026, 11, 24)
HEAD = "日期|渠道|产品名称|销售额"
ROWS = (
    "2025-01-02|天猫|水|10.5",
    "2025-01-03|天猫|茶|20",
    "2025-01-04|京东|水|7",
    "2025-01-05|京东|茶|8.25",
)


def proposed(*lines: str, name: str = "销售.csv", **hints: Any) -> Proposal:
    return recognise(Book((sheet(*lines),)), name, Hints(**hints), today=TODAY)


def loaded(*lines: str, **hints: Any) -> tuple[list[tuple[Any, ...]], Counts]:
    """(channel, amount) of every line that counts, and what became of the rows."""
    found = proposed(*lines, **hints)
    assert not found.questions
    writer = FakeWriter()
    counts = load(writer, rows(found.sheet, found.recipe), found.recipe, 1)
    told = writer.rows(
        "select channel, coalesce(amount_with_tax, amount_without_tax), line_type"
        " from sales_line order by line, date"
    )
    return [line[:2] for line in told if line[2] in COUNTED], counts


def refused(*lines: str, name: str = "销售.csv") -> str:
    with pytest.raises(UnrecognisedTableError) as fault:
        proposed(*lines, name=name)
    return fault.value.code


CLEAN = [("天猫", D("10.5")), ("天猫", D(20)), ("京东", D(7)), ("京东", D("8.25"))]


SUMS = (
    "京东计|", "Total 京东|", "* 京东|", "京东 汇总|", "京东累计|", "【小计】|", "Zwischensumme|",
    "Gesamt|", "All|All", "Σ|", "Total e-commerce|", "京东|Result", "Overall Result|",
)  # fmt: skip


def test_a_dated_sum_is_no_sale_however_it_says_so() -> None:
    found, counts = loaded(HEAD, *ROWS * 5, *(f"2025-01-05|{one}|45.75" for one in SUMS))
    assert found == CLEAN * 5
    assert counts.set_aside + counts.skipped == len(SUMS)


def test_names_that_hold_such_a_word_are_names() -> None:
    names = ("温度计", "Total Wine", "计算机", "Sum 41", "Result Sports")
    found, _ = loaded(HEAD, *(f"2025-01-02|{one}|水|5" for one in names))
    assert [channel for channel, _ in found] == list(names)
    assert sums_among([{"京东", "京东计", "温度计"}, {"Total Wine", "Wine bar"}]) == ["京东计"]


def test_rows_under_other_headings_above_are_never_lost() -> None:
    first = (HEAD, *ROWS)
    second = ("日期|销售额|渠道|产品名称", *(f"2025-02-0{at}|{at}.5|抖音|茶" for at in range(1, 9)))
    found = proposed(*first, *second)
    assert [question.kind for question in found.questions] == ["rows"]
    assert found.questions[0].options == ("1-5", "6-")


def test_a_row_that_another_separator_cuts_is_set_aside() -> None:
    found, counts = loaded(HEAD, *ROWS, "2025-01-06;天猫;水;9.5", "制表：张三")
    assert found == CLEAN
    assert (counts.set_aside, counts.skipped) == (1, 1)
    assert counts.reasons == {"unreadable_date:date": 1}


def test_amounts_that_have_lost_digits_are_set_aside() -> None:
    found, counts = loaded(
        HEAD, "2025-01-02|天猫|水|1.27E+05", "2025-01-03|天猫|水|1.2705E+3", *ROWS[:1]
    )
    assert found == [("天猫", D("1270.5")), ("天猫", D("10.5"))]
    assert counts.reasons == {"amount_digits_lost:amount": 1}


def test_as_above_is_no_name() -> None:
    told = [f"2025-01-03|{ditto}|茶|20" for ditto in ("同上", "〃", "ditto", '"')]
    found, counts = loaded(HEAD, ROWS[0], *told)
    assert found == CLEAN[:1]
    assert counts.reasons == {"same_as_above:channel": 4}


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("销售额(分)", D("0.01")),
        ("Net Sales (cents)", D("0.01")),
        ("积分", 1),
        ("Sales (k CNY)", 1000),
        ("金额（万元）", 10000),
    ],
)
def test_scales_of_headings(heading: str, factor: object) -> None:
    assert scale(heading) == factor


def test_cents_come_out_as_money() -> None:
    found, counts = loaded("日期|渠道|销售额(分)", "2025-01-02|天猫|1050", "2025-01-03|京东|7")
    assert found == [("天猫", D("10.5")), ("京东", D("0.07"))]
    assert counts.sum_loaded == D("10.57")


def test_a_unit_under_an_english_heading_scales_it() -> None:
    found, _ = loaded("Date|Channel|Net Sales", "||k CNY", "2025-01-02|Web|1.5")
    assert found == [("Web", D(1500))]


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("[日期]", "日期"),
        ("日期 Date", "日期"),
        ("Date/日期", "date"),
        ("日期 ▲", "日期"),
    ],
)
def test_headings_in_brackets_and_two_languages_are_known(heading: str, word: str) -> None:
    assert word in spellings(heading)


def test_a_heading_beside_an_abbreviation_is_not_split() -> None:
    assert "渠道" not in spellings("渠道 ROI")
    assert "订单" not in spellings("订单 GMV")


def test_payments_of_partners_are_collections() -> None:
    found = proposed("伙伴|回款日期|回款金额", "甲|2025-01-02|100", "乙|2025-01-03|50")
    assert (found.recipe.table, found.questions) == ("collections", ())


def test_payments_by_channel_stay_sales_lines_of_that_basis() -> None:
    found = proposed("渠道|回款日期|回款金额", "天猫|2025-01-02|100", "京东|2025-01-03|50")
    assert (found.recipe.table, found.recipe.basis) == ("sales", "collection")


def test_months_over_the_turn_of_a_year_are_of_no_one_year() -> None:
    turned = ("渠道|10月|11月|12月|1月|2月", "天猫|1|2|3|4|5")
    asked = proposed(*turned, name="销售.csv")
    assert [question.kind for question in asked.questions] == ["year"]
    assert refused("年度|渠道|10月|11月|1月", "2025|天猫|1|2|3") == "months_turned"
    falling = proposed("渠道|3月|2月|1月", "天猫|1|2|3", name="2025年销售.csv")
    assert [month for _, month in falling.recipe.wide.months] == ["03", "02", "01"]


def test_first_days_of_months_are_months() -> None:
    found, _ = loaded("渠道|2025/1/1|2025/2/1|2025/3/1", "天猫|1|2|3")
    assert found == [("天猫", D(1)), ("天猫", D(2)), ("天猫", D(3))]


def test_scenarios_are_not_added() -> None:
    told = [f"2025-01|Web|{one}|5" for one in ("Actual", "Budget", "Forecast")]
    assert refused("Month|Channel|Scenario|Amount", *told) == "measures_in_rows"


def test_weights_are_no_money() -> None:
    assert refused("Date|Channel|Amount (kg)", "2025-01-02|Web|5") == "columns_missing"


def test_sums_that_do_not_say_so_are_told() -> None:
    told = []
    for month in (1, 2, 3):
        day = f"2025-0{month}"
        told += [f"{day}|线上|{30.5 + month}", f"{day}|天猫|10.5", f"{day}|京东|{20 + month}"]
    assert refused("月份|渠道|销售额", *told) == "sums_in_rows"
    wide = (
        "渠道|2025年1月|2025年2月|2025年3月",
        "甲|101.5|202|303",
        "乙|400|500.5|600",
        "全公司|501.5|702.5|903",
    )
    assert refused(*wide) == "sums_in_rows"


def test_sums_that_say_so_are_skipped_as_ever() -> None:
    wide = ("渠道|2025年1月|2025年2月|2025年3月", "甲|1|2|3", "乙|4|5.5|6", "合计|5|7.5|9")
    found, counts = loaded(*wide)
    assert Counter(channel for channel, _ in found) == {"甲": 3, "乙": 3}
    assert counts.skipped == 3


def test_an_orders_amount_in_every_row_is_told() -> None:
    told = []
    for at in range(1, 7):
        told += [f"A{at}|2025-01-02|天猫|{item}|{at * 10}" for item in ("水", "茶")]
    head = "订单编号|日期|渠道|商品名称|实付金额"
    assert refused(head, *told) == "order_amount_repeated"
    # One order whose items differ tells that the amounts are the items' own.
    found = proposed(head, *told, "B|2025-01-02|天猫|水|1", "B|2025-01-02|天猫|茶|2")
    assert not found.questions


def test_the_amount_after_its_discount_counts() -> None:
    told = [f"A{at}|2025-01-0{at}|天猫|{at * 10}|1|{at * 10 - 1}" for at in range(1, 6)]
    found = proposed("订单号|日期|渠道|订单金额|优惠金额|应付金额", *told)
    assert found.recipe.named_columns()["amount"] == "应付金额"
    assert "amount_after_discount" in {note.code for note in found.notes}


def test_a_heading_told_again_is_no_name_to_carry_down() -> None:
    found, counts = loaded(
        HEAD, "2025-01-02|天猫|水|1", "2025-01-03||茶|2", HEAD, "2025-01-04||水|3",
        "2025-01-05|京东|水|4", "2025-01-06||茶|5", fill_down="yes",
    )  # fmt: skip
    assert found == [("天猫", D(1)), ("天猫", D(2)), ("天猫", D(3)), ("京东", D(4)), ("京东", D(5))]
    assert counts.skipped == 1


def test_lines_that_name_their_group_are_told() -> None:
    head = "日期|产品名称|数量|销售额"
    body = ["渠道：天猫", "2025-01-02|水|1|5", "渠道：京东", "2025-01-03|水|1|6"]
    assert refused(head, *body) == "groups_in_rows"


def test_more_states_are_no_sales() -> None:
    head = "订单号|日期|渠道|实付金额|订单状态"
    states = ("未成团", "拒收", "未审核", "TRADE_CLOSED", "未发货，退款成功", "已撤销", "failed")
    told = [f"B{at}|2025-01-02|天猫|2|{one}" for at, one in enumerate(states)]
    found, _ = loaded(head, "A|2025-01-02|天猫|1|交易成功", *told)
    assert found == [("天猫", D(1))]


def test_a_returned_order_is_none_and_a_negative_line_of_it_a_return() -> None:
    head = "订单号|日期|渠道|净销售额|订单状态"
    found, counts = loaded(
        head, "A|2025-01-02|天猫|9|Completed", "B|2025-01-02|天猫|5|Returned",
        "A|2025-01-03|天猫|-4|Returned", "C|2025-01-03|天猫|-3|已取消",
    )  # fmt: skip
    assert sorted(found) == [("天猫", D(-4)), ("天猫", D(9))]
    assert {kind: part.rows for kind, part in counts.by_type.items()} == {
        "sale": 1, "return": 1, "not_a_sale": 2,
    }  # fmt: skip


def test_a_line_of_words_below_a_table_whose_date_stands_further_right_is_skipped() -> None:
    _, counts = loaded(
        "渠道|单号|日期|金额", *[f"天猫|S{at}|2025-01-02|{at}" for at in range(1, 9)],
        "导出时间：2025-01-03 22:05", "共 8 条",
    )  # fmt: skip
    assert (counts.loaded, counts.skipped, counts.set_aside) == (8, 2, 0)


def test_rupees_in_indian_groups_are_read() -> None:
    found, _ = loaded("Date|Channel|Net Sales", "2025-01-02|Web|₹ 1,23,456.50", currency="INR")
    assert found == [("Web", D("123456.5"))]


def test_a_cell_of_half_a_million_signs_takes_no_time_as_a_heading() -> None:
    cell = "(" * 250_000 + " " * 250_000
    assert spellings(cell) == ("(" * 250_000,)
    assert sums_among([{cell, "天猫", f"{cell}计"}]) == []


def test_pieces_that_come_back_for_money_that_comes_in_are_set_aside() -> None:
    head = "日期|渠道|产品名称|数量|销售额"
    lines = ("2025-01-02|天猫|水|-2|10.5", "2025-01-03|天猫|茶|2|-20", "2025-01-04|京东|水|1|7")
    found, counts = loaded(head, *lines)
    assert counts.reasons == {"signs_differ:quantity": 1}
    assert found == [("天猫", D(-20)), ("京东", D(7))]
    told, counts = loaded(f"{head}|类型", f"{lines[0]}|退货", f"{lines[2]}|销售")
    assert (counts.set_aside, told) == (0, [("天猫", D("-10.5")), ("京东", D(7))])
