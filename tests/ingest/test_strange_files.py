"""Files as strangers send them: several tables, months in blocks, scales, codes, cut numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.area import Area
from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.load import Counts, load
from chanplan.ingest.month_words import month_around, month_heading
from chanplan.ingest.read import Book, reread
from chanplan.ingest.recognise import Hints, recognise
from chanplan.ingest.scales import scale, stated
from chanplan.ingest.wide import rows
from chanplan.settings import Limits
from tests.fakes import FakeWriter
from tests.ingest.polluted.judging import TODAY
from tests.ingest.reading_room import only, read_bytes

TWO = """一、销售
日期,渠道,产品,数量,金额
2024-03-01,天猫,气泡水,3,10.5
2024-03-02,京东,柠檬茶,4,20

二、费用
月份,渠道,费用类型,费用
2024-03,天猫,广告,500
"""


def _loaded(folder: Path, text: str, **hints: str) -> tuple[list[tuple], Counts, Recipe]:
    found = recognise(
        read_bytes(folder, text.encode()), "2024销售.csv", Hints(source="s", **hints), today=TODAY
    )
    assert not found.questions
    return _of(found.sheet, found.recipe)


def _of(sheet, recipe: Recipe) -> tuple[list[tuple], Counts, Recipe]:
    writer = FakeWriter()
    counts = load(writer, rows(sheet, recipe), recipe, 1)
    lines = writer.rows(
        "select date::varchar, product, quantity, coalesce(amount_with_tax, amount_without_tax),"
        " unit, order_number from sales_line order by line, date"
    )
    return lines, counts, recipe


@pytest.mark.parametrize(
    ("said", "area", "shown"),
    [
        ("3-20", Area(3, 20), "3-20"),
        ("25-", Area(25), "25-"),
        ("a3:f20", Area(3, 20, 0, 5), "A3:F20"),
        ("AA1:AB", Area(1, None, 26, 27), "AA1:AB"),
    ],
)
def test_an_area_reads_as_it_is_written(said: str, area: Area, shown: str) -> None:
    assert (Area.parse(said), str(area)) == (area, shown)


@pytest.mark.parametrize("said", ["x", "20-3", "0-5", "F3:A9", ""])
def test_what_names_no_area_is_none(said: str) -> None:
    assert Area.parse(said) is None


def test_the_chosen_rows_are_kept_in_the_recipe_and_read_the_same_again(tmp_path: Path) -> None:
    lines, counts, recipe = _loaded(tmp_path, TWO, rows="1-4")
    assert [line[3] for line in lines] == [Decimal("10.5"), Decimal(20)]
    assert (counts.file, counts.loaded) == (2, 2)
    told = Recipe.from_json(recipe.to_json())
    assert told == recipe
    again = reread(tmp_path / "original", "x.csv", tmp_path / "staging", told, Limits())
    assert _of(again, told)[0] == lines


def test_the_other_table_is_read_by_its_own_rows(tmp_path: Path) -> None:
    found = recognise(read_bytes(tmp_path, TWO.encode()), "x.csv", Hints(rows="6-"), today=TODAY)
    assert (found.recipe.table, found.recipe.header_line) == ("channel_costs", 7)


def test_rows_that_name_no_part_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnrecognisedTableError, match="no_such_rows"):
        recognise(read_bytes(tmp_path, TWO.encode()), "x.csv", Hints(rows="all"), today=TODAY)


@pytest.mark.parametrize(
    ("heading", "month", "told"),
    [
        ("三月", "03", "plain"),
        ("十二月份", "12", "plain"),
        ("2024年1月 金额（元）", "2024-01", "amount"),
        ("销量2月", "02", "quantity"),
        ("24年3月", "2024-03", "plain"),
        ("Jan-24", "2024-01", "plain"),
        ("2024-01-01", "2024-01", "plain"),
        ("1月同比", "01", "other"),
        ("1月 目标", "01", "planned"),
        ("1月 实际", "01", "amount"),
    ],
)
def test_a_heading_tells_its_month_and_what_of_it(heading: str, month: str, told: str) -> None:
    found = month_heading(heading)
    assert found is not None
    assert (found.month, found.told) == (month, told)


@pytest.mark.parametrize("heading", ["1-3月", "1月至3月", "金额", "第1季度", "新品3月上市", "2024"])
def test_a_heading_of_no_one_month_is_none(heading: str) -> None:
    assert month_heading(heading) is None


def test_amounts_and_quantities_of_months_become_one_line_each(tmp_path: Path) -> None:
    text = "产品,渠道,1月,,2月,,3月,\n,,金额,数量,金额,数量,金额,数量\n水,天猫,10,1,20,2,,\n"
    lines, *_ = _loaded(tmp_path, text)
    assert [(day, int(quantity), int(amount)) for day, _, quantity, amount, *_ in lines] == [
        ("2024-01-01", 1, 10),
        ("2024-02-01", 2, 20),
    ]


def test_what_stands_beside_a_month_is_not_its_sales(tmp_path: Path) -> None:
    text = "产品,渠道,1月,1月同比,2月,2月同比,3月,3月同比\n水,天猫,10,5%,20,6%,30,7%\n"
    assert [int(line[3]) for line in _loaded(tmp_path, text)[0]] == [10, 20, 30]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("产品,渠道,1月,2月,3月,3月\n水,天猫,1,2,3,4\n", "months_twice"),
        ("渠道,指标,1月,2月,3月\n天猫,销售额,1,2,3\n天猫,销量,4,5,6\n", "measures_in_rows"),
    ],
)
def test_numbers_that_must_not_be_added_are_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(UnrecognisedTableError, match=code):
        _loaded(tmp_path, text)


def test_a_total_without_its_word_is_set_aside(tmp_path: Path) -> None:
    text = "产品,渠道,1月,2月,3月\n水,天猫,1,2,3\n茶,天猫,1,2,3\n,,2,4,6\n"
    lines, counts, _ = _loaded(tmp_path, text)
    assert (len(lines), counts.reasons) == (6, {"nameless_row": 3})


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("金额（万元）", 10_000),
        ("金额（百万元）", 10**6),
        ("销售额(亿元)", 10**8),
        ("Sales ('000)", 1_000),
        ("Sales (K)", 1_000),
        ("Revenue (USD mn)", 10**6),
        ("数量（千件）", 1_000),
        ("千川消耗", 1),
        ("每千人成本", 1),
        ("Cost per thousand", 1),
        ("Amount (CNY)", 1),
    ],
)
def test_a_heading_tells_in_how_many(heading: str, factor: int) -> None:
    assert scale(heading) == factor


def test_a_remark_tells_in_how_many_and_a_title_does_not() -> None:
    assert stated(["单位：万元"]) == 10_000
    assert stated(["2024年销售明细（千元）"]) == 1_000
    assert stated(["千万元级客户销售", "1000万元以上客户"]) == 1


def test_units_in_cells_are_units_of_their_lines(tmp_path: Path) -> None:
    text = "日期,渠道,产品,数量,金额\n2024-03-01,天猫,水,12箱,10\n2024-03-02,天猫,茶,3 瓶,20\n"
    lines, *_ = _loaded(tmp_path, text)
    assert [(int(line[2]), line[4]) for line in lines] == [(12, "箱"), (3, "瓶")]


def test_a_code_that_lost_its_digits_is_never_a_code(tmp_path: Path) -> None:
    text = (
        '日期,渠道,订单编号,金额\n2024-03-01,天猫,="00123",1\n2024-03-02,天猫,\'00124,2\n'
        "2024-03-03,天猫,1.23457E+17,3\n"
    )
    lines, counts, _ = _loaded(tmp_path, text)
    assert [line[5] for line in lines] == ["00123", "00124"]
    assert counts.reasons == {"digits_lost:order": 1}


def test_numbers_cut_by_their_own_comma_are_set_aside(tmp_path: Path) -> None:
    text = "日期,渠道,金额,备注\n2024-03-01,天猫,48,062.81,\n2024-03-02,天猫,10,986.57,\n"
    lines, counts, _ = _loaded(tmp_path, text)
    assert (lines, counts.reasons) == ([], {"surplus_cells": 2})


def test_days_that_excel_took_for_months_are_refused(tmp_path: Path) -> None:
    days = ["2024-01-03", "2024-02-03", "2024-05-03", "25/03/2024", "26/03/2024", "27/03/2024"]
    text = "日期,渠道,金额\n" + "".join(f"{day},天猫,1\n" for day in days)
    with pytest.raises(UnrecognisedTableError, match="dates_swapped"):
        _loaded(tmp_path, text)


def test_yuan_alone_in_gb18030_is_no_old_cyrillic_letter(tmp_path: Path) -> None:
    text = "Date,Channel,Amount\n2024-03-01,Online,12.5元\n2024-03-02,Online,7元\n"
    book = read_bytes(tmp_path, text.encode("gb18030"))
    found = recognise(book, "x.csv", Hints(source="s"), today=TODAY)
    lines, counts, _ = _of(found.sheet, found.recipe)
    assert counts.set_aside == 0
    assert [line[3] for line in lines] == [Decimal("12.5"), Decimal(7)]


def test_german_and_russian_stay_utf8(tmp_path: Path) -> None:
    for name in ("Müller", "Иван"):
        text = f"Date,Channel,Customer,Amount\n2024-03-01,Online,{name},1\n"
        sheet = only(read_bytes(tmp_path, text.encode()))
        assert sheet.dialect is not None and sheet.dialect.encoding == "utf-8"


UNDATED = "经销商,产品,数量,金额\n甲,气泡水,3,10.5\n乙,柠檬茶,4,20\n合计,,7,30.5\n"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025年3月销售", "2025-03"),
        ("销售_202503", "2025-03"),
        ("sales Mar 2025", "2025-03"),
        ("十一月", "11"),
        ("export_20250331", None),  # the day of the export
        ("2025年1-3月", None),
        ("2025年3月和4月", None),
        ("截至3月", None),
    ],
)
def test_a_name_says_a_month_only_where_it_says_one(text: str, month: str | None) -> None:
    found = month_around("", [text])
    assert (found and found.month) == month


def test_a_sheet_is_of_the_month_that_its_own_name_says(tmp_path: Path) -> None:
    (sheet,) = read_bytes(tmp_path, UNDATED.encode()).sheets
    named = Book((replace(sheet, name="3月"),))
    found = recognise(named, "2025年销售.xlsx", Hints(channel="经销商"), today=TODAY)
    assert (found.recipe.constants["date"], found.recipe.grain) == ("2025-03", "month")
    assert not found.questions
    assert [note.values for note in found.notes if note.code == "month_from_around"] == [
        {"month": "2025-03"}
    ]
    lines, counts, _ = _of(found.sheet, found.recipe)
    assert (counts.loaded, counts.skipped, counts.sum_loaded) == (2, 1, Decimal("30.5"))
    assert [line[0] for line in lines] == ["2025-03-01"] * 2


def test_a_file_s_month_is_asked_and_one_that_nothing_names_is_missing(tmp_path: Path) -> None:
    book, told = read_bytes(tmp_path, UNDATED.encode()), Hints(channel="经销商")
    (asked,) = recognise(book, "销售_2025年3月.csv", told, today=TODAY).questions
    assert (asked.kind, asked.proposal) == ("month", "2025-03")
    (bare,) = recognise(book, "销售_3月.csv", told, today=TODAY).questions
    assert (bare.kind, bare.proposal) == ("month", None)
    assert {option[-3:] for option in bare.options} == {"-03"}
    with pytest.raises(UnrecognisedTableError) as fault:
        recognise(book, "销售.csv", told, today=TODAY)
    assert fault.value.code == "month_missing"
    said = recognise(book, "销售.csv", replace(told, month="2025-04"), today=TODAY)
    assert (said.recipe.constants["date"], said.questions) == ("2025-04", ())


HEADED = {
    "渠道": "天猫", "数量": "3", "金额": "37.5", "含税金额": "37.5", "未税金额": "33",
    "原价金额": "40", "优惠金额": "2.5", "折扣率": "90%", "税率": "13%", "成本": "20",
    "状态": "完成", "单位": "箱", "毛利": "12", "退款金额": "0", "币种": "CNY", "税额": "4",
}  # fmt: skip


@pytest.mark.parametrize("beside", HEADED)
def test_a_price_alone_says_nothing_of_money(tmp_path: Path, beside: str) -> None:
    told = {"日期": "2024-03-01", "渠道": "天猫", "单价": "12.5", beside: HEADED[beside]}
    text = "\n".join([",".join(told), *[",".join(told.values())] * 8])
    try:
        (*_, amount, _, _), *_ = _loaded(tmp_path, text)[0]
    except UnrecognisedTableError as fault:
        assert (fault.code, fault.values["missing_zh"]) == ("columns_missing", "数量")
    else:
        assert amount == Decimal({"未税金额": "33", "原价金额": "40"}.get(beside, "37.5"))


def test_a_text_with_a_known_word_is_no_list_of_members(tmp_path: Path) -> None:
    code = "from shop import (goods, partner, region)\n" + "a = goods(1)\nb = 2, 3\n" * 9
    with pytest.raises(UnrecognisedTableError) as told:
        _loaded(tmp_path, code)
    assert told.value.code == "no_table_fits"
