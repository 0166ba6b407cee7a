"""Loading: every row is somewhere, every sum adds up, and the sales line has its one shape."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from chanplan.ingest.recognise import Hints
from tests.ingest.loading_room import lines, loaded


def test_a_plain_file_becomes_lines_with_file_and_line() -> None:
    writer, counts = loaded("日期|产品|数量|金额", "2024-03-01|000123|2|10.50", "2024-03-31|水|1|5")
    assert lines(writer, "batch", "line", "month", "grain", "line_type", "channel", "product") == [
        (7, 2, 202403, "day", "sale", "天猫", "000123"),
        (7, 3, 202403, "day", "sale", "天猫", "水"),
    ]
    assert lines(writer, "amount_with_tax", "amount_without_tax", "quantity", "base_quantity") == [
        (D("10.5"), None, D(2), D(2)),
        (D(5), None, D(1), D(1)),
    ]
    assert (counts.file, counts.loaded, counts.sum_file) == (2, 2, D("15.5"))
    assert (counts.months, counts.covered_to) == ((202403,), date(2024, 3, 31))


def test_rows_in_file_are_loaded_set_aside_or_skipped() -> None:
    writer, counts = loaded(
        "日期|产品|金额",
        "2024-03-01|水|10",
        "",  # blank: skipped
        "日期|产品|金额",  # header again: skipped
        "待定|水|7",  # 5
        "2024-03-02|水|1052,75元",  # 6
        "2024-03-03|水",  # 7: the amount is missing
        "2024-03-04|水|3|多|余",  # 8: surplus cells
        "2031-01-01|水|4",  # 9: in the future
        "0024-03-01|水|1",  # 10: a misread year
        "|水|5",  # 11: no date
        "华东小计||10",  # skipped
        "|合计|10",  # skipped
        "2024-03-05|水|NaN",  # 14
    )
    assert (counts.file, counts.loaded, counts.set_aside, counts.skipped) == (13, 1, 8, 4)
    assert writer.rows("select line, reason, field from set_aside order by line") == [
        (5, "unreadable_date", "date"),
        (6, "unreadable_amount", "amount"),
        (7, "missing_amount", "amount"),
        (8, "surplus_cells", None),
        (9, "future_date", "date"),
        (10, "impossible_date", "date"),
        (11, "missing_date", "date"),
        (14, "unreadable_amount", "amount"),
    ]
    assert counts.reasons["unreadable_amount:amount"] == 2
    assert (counts.sum_loaded, counts.sum_set_aside, counts.sum_file) == (D(10), D(20), D(30))
    raw = writer.rows("select raw from set_aside where line in (7, 8) order by line")
    assert raw == [('["2024-03-03","水",null]',), ('["2024-03-04","水","3","多|余"]',)]


def test_an_optional_number_that_cannot_be_read_sets_the_row_aside_but_a_dash_is_none() -> None:
    writer, counts = loaded(
        "日期|数量|金额", "2024-03-01|3|1", "2024-03-01|-|2", "2024-03-01||3", "2024-03-01|几个|4"
    )
    assert (counts.loaded, dict(counts.reasons)) == (3, {"unreadable_quantity:quantity": 1})
    assert [q for (q,) in lines(writer, "quantity")] == [D(3), None, None]


def test_line_types_come_from_words_then_from_the_sign() -> None:
    writer, counts = loaded(
        "日期|行类型|订单状态|数量|金额",
        "2024-03-01|销售|交易成功|1|10",
        "2024-03-01|退货|交易成功|1|10",
        "2024-03-01|退货||-1|-10",
        "2024-03-01|赠品|交易成功|1|0",
        "2024-03-01||交易关闭|1|10",
        "2024-03-01||从未见过|1|10",
        "2024-03-01||交易成功|-1|-10",
    )
    assert lines(writer, "line_type", "quantity", "amount_with_tax") == [
        ("sale", D(1), D(10)),
        ("return", D(-1), D(-10)),
        ("return", D(-1), D(-10)),
        ("gift", D(1), D(0)),
        ("not_a_sale", D(1), D(10)),
        ("sale", D(1), D(10)),
        ("return", D(-1), D(-10)),
    ]
    assert counts.sum_loaded == D(0)


def test_totals_are_never_lines_whatever_stands_in_their_date() -> None:
    _, counts = loaded(
        "日期|渠道|产品|客户|金额",
        "2024-03-01|天猫|温度计|Total|10",  # a thermometer, sold to a company of that name
        "2024-03-02|天猫|水|王|5",
        "合计|||| 15",
        "合计：||||15",
        "2024-03-31|合计|||15",
        "2024-03-31|天猫|小计||15",
        "2024-03-31|天猫小计|||15",
        "2024-03-31|Grand Total|||15",
        "2024-03-31|天猫|水|总计|15",
        "|天猫|水|王|7",  # no date: a person must see it
        hints=Hints(),
    )
    assert (counts.loaded, counts.skipped, counts.set_aside) == (2, 7, 1)
    assert (counts.sum_loaded, counts.sum_set_aside) == (D(15), D(7))
    _, counts = loaded(
        "月份|渠道|销售目标", "2024-03|天猫|5", "2024-03|合计|5", hints=Hints(table="targets")
    )
    assert (counts.loaded, counts.skipped) == (1, 1)


def test_remarks_below_the_data_are_skipped_but_no_row_with_a_number() -> None:
    writer, counts = loaded(
        "日期|产品|客户|数量|金额",
        "2024-03-01|水|王|1|10",
        "制表人：张三",
        "导出时间：2024-04-01 10:00:00|审核：李四",
        "共 100 条",
        "100 rows",
        "||||制表人：张三",
        "|水|||5",  # 8: an amount
        "|水||3|",  # 9: a quantity
        "2024-03-45|水|||",  # 10: a date that went wrong
        "待定|水|王||",  # 11: three cells
        "||||导出 2024-04-01",  # 12: digits where amounts stand
    )
    assert (counts.loaded, counts.skipped, counts.set_aside) == (1, 5, 5)
    aside = [line for (line,) in writer.rows("select line from set_aside order by line")]
    assert aside == [8, 9, 10, 11, 12]


def test_a_month_covers_itself_and_a_mixed_column_keeps_the_grain_of_each_row() -> None:
    writer, counts = loaded("月份|金额", "2024年2月|1", "202401|2")
    assert lines(writer, "date", "month", "grain") == [
        (date(2024, 2, 1), 202402, "month"),
        (date(2024, 1, 1), 202401, "month"),
    ]
    assert counts.covered_to == date(2024, 2, 29)
    writer, _ = loaded("日期|金额", "2024-02-03|1", "2024-02-04|1", "2024年2月|2")
    assert [grain for (grain,) in lines(writer, "grain")] == ["day", "day", "month"]


def test_names_of_members_are_kept_beside_their_keys() -> None:
    writer, _ = loaded(
        "日期|产品编码|产品名称|金额", "2024-03-01|1|水 |1", "2024-03-01|1|水|1", "2024-03-01|2||1"
    )
    assert writer.rows("select * from member_name") == [("product", "1", "水", 7)]


def test_other_tables_are_typed_too() -> None:
    writer, counts = loaded(
        "产品编码|产品名称|品类|箱规|税率|生效日期",
        "1|水|饮料|24|13%|2024-01-01",
        "产品编码|产品名称|品类|箱规|税率|生效日期",
        "2|茶|饮料|十二|13%|2024-01-01",
        "|无码|饮料|6|9%|",
        hints=Hints(),
    )
    assert (counts.file, counts.loaded, counts.set_aside, counts.skipped) == (4, 1, 2, 1)
    assert writer.rows("select product, units_per_case, tax_rate, valid_from from products") == [
        ("1", D(24), D("0.13"), date(2024, 1, 1))
    ]
    assert set(counts.reasons) == {"unreadable_quantity:units_per_case", "missing_text:product"}


def test_targets_may_lie_ahead() -> None:
    _, counts = loaded("月份|渠道|销售目标", "2031-03|天猫|1200000", hints=Hints())
    assert (counts.loaded, counts.sum_loaded, counts.months) == (1, D(1200000), (203103,))
