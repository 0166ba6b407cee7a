"""Loading: every row is somewhere, every sum adds up, and the sales line has its one shape."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import Book
from chanplan.ingest.read import read as read_file
from chanplan.ingest.recognise import Hints, recognise
from chanplan.settings import Limits
from tests.fakes import FakeWriter, sheet

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TODAY = date(2026, 11, 23)


def loaded(*rows: str, hints: Hints | None = None) -> tuple[FakeWriter, Counts]:
    book = Book((sheet(*rows),))
    found = recognise(book, "x.csv", hints or Hints(channel="天猫"), today=TODAY)
    writer = FakeWriter()
    relation = found.sheet.below(found.recipe.header_line)
    return writer, load(writer, relation, found.recipe, 7)


def lines(writer: FakeWriter, *columns: str) -> list[tuple[Any, ...]]:
    return writer.rows(f"select {', '.join(columns)} from sales_line order by line")


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


def test_more_than_four_places_are_rounded_half_even_counted_and_told() -> None:
    _, counts = loaded("日期|金额", "2024-03-01|1.00005", "2024-03-01|1.00015", "2024-03-01|2.5")
    assert (counts.rounded, counts.sum_loaded) == (2, D("4.5002"))
    assert (counts.rounding, counts.sum_file) == (D("0.0000"), D("4.5002"))
    _, counts = loaded("日期|金额", "2024-03-01|1.00005", "2024-03-01|0.00001")
    assert (counts.rounded, counts.rounding, counts.sum_file) == (2, D("-0.00006"), D("1.00006"))


def test_amount_is_quantity_times_price_rounded_once() -> None:
    writer, counts = loaded(
        "InvoiceNo|InvoiceDate|Quantity|UnitPrice",
        "1|2024-03-01|3|0.33335",
        "C2|2024-03-02|-2|4.95",
    )
    assert lines(writer, "amount_with_tax", "line_type", "order_number") == [
        (D("1.0000"), "sale", "1"),  # 1.00005 to the even neighbour
        (D("-9.9"), "return", "C2"),
    ]
    assert (counts.rounded, counts.rounding) == (1, D("-0.00005"))


def test_money_may_also_be_list_less_discount() -> None:
    writer, _ = loaded("日期|吊牌金额|优惠金额", "2024-03-01|100|15.5", "2024-03-01|20|")
    assert lines(writer, "amount_with_tax", "list_with_tax", "discount_with_tax") == [
        (D("84.5"), D(100), D("15.5")),
        (D(20), D(20), D(0)),
    ]


def test_cost_is_amount_less_profit_and_list_follows_from_the_discount_rate() -> None:
    writer, _ = loaded(
        "日期|销售额|折扣|利润", "2024-03-01|129.696|0.4|-60.704", "2024-03-01|10|0|4"
    )
    assert lines(writer, "cost_with_tax", "list_with_tax", "discount_with_tax") == [
        (D("190.4"), D("216.16"), D("86.464")),
        (D(6), D(10), D(0)),
    ]


def test_the_other_side_of_the_tax_is_worked_out_exactly() -> None:
    hints = Hints(channel="a", tax="with_tax", tax_rate="13%")
    writer, _ = loaded("日期|金额|成本", "2024-03-01|113|56.5", "2024-03-01|-0.00113|", hints=hints)
    assert lines(writer, "amount_without_tax", "cost_without_tax") == [
        (D(100), D(50)),
        (D("-0.0010"), None),  # −0.0011 after four places, ÷ 1.13 = −0.00097…
    ]
    writer, _ = loaded(
        "日期|未税金额|税率", "2024-03-01|100|13%", "2024-03-01|100|9%", "2024-03-01|50|"
    )
    assert lines(writer, "amount_with_tax", "amount_without_tax") == [
        (D(113), D(100)),
        (D(109), D(100)),
        (None, D(50)),
    ]


def test_half_a_ten_thousandth_goes_to_the_even_neighbour_when_dividing() -> None:
    hints = Hints(channel="a", tax="with_tax", tax_rate="1")  # 100 %: halves
    writer, _ = loaded(
        "日期|金额", "2024-03-01|0.0005", "2024-03-01|0.0007", "2024-03-01|-0.0005", hints=hints
    )
    assert [a for (a,) in lines(writer, "amount_without_tax")] == [
        D("0.0002"),
        D("0.0004"),
        D("-0.0002"),
    ]


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


def test_of_several_amounts_the_one_that_is_filled_counts() -> None:
    heads = "日期|净销售额|含税金额|未税金额"
    writer, counts = loaded(heads, "2024-03-01|10||", "2024-03-02|20.5||")
    assert lines(writer, "amount_with_tax", "amount_without_tax") == [
        (D(10), None),
        (D("20.5"), None),
    ]
    assert (counts.loaded, counts.sum_loaded) == (2, D("30.5"))
    writer, counts = loaded(
        heads,
        "2024-03-01||113|100",
        "2024-03-02|50||",
        "2024-03-03|||7",
        "2024-03-04|9|11.3|10",  # the one that names its side of the tax
        "2024-03-05|||",
        "2024-03-06|5|x|",
    )
    assert lines(writer, "amount_with_tax", "amount_without_tax") == [
        (D(113), D(100)),
        (D(50), None),
        (None, D(7)),
        (D("11.3"), D(10)),
    ]
    assert counts.reasons == {
        "missing_amount:amount": 1,
        "unreadable_amount:amount_with_tax": 1,
    }
    assert counts.sum_loaded == D("181.3")


def test_each_side_of_the_tax_is_worked_out_from_the_other_row_by_row() -> None:
    writer, counts = loaded(
        "日期|净销售额|含税金额|未税金额|税率",
        "2024-03-01|113|||13%",
        "2024-03-02||109||9%",
        "2024-03-03|||100|13%",
    )
    assert lines(writer, "amount_with_tax", "amount_without_tax") == [
        (D(113), D(100)),
        (D(109), D(100)),
        (D(113), D(100)),
    ]
    hints = Hints(channel="a", tax="without_tax", tax_rate="0.13")
    writer, counts = loaded("日期|金额", "2024-03-01|100", hints=hints)
    assert lines(writer, "amount_with_tax", "amount_without_tax") == [(D(113), D(100))]
    assert counts.sum_file == D(100)  # what the file itself adds up to


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


def test_ten_thousands_in_the_heading_are_multiplied_out() -> None:
    writer, counts = loaded("日期|金额（万元）", "2024-03-01|1.5", "2024-03-01|0.123456789")
    assert [a for (a,) in lines(writer, "amount_with_tax")] == [D(15000), D("1234.5679")]
    assert (counts.rounded, counts.rounding) == (1, D("0.00001"))


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


@pytest.mark.parametrize(
    ("file", "rows", "total"),
    [
        ("dealers_zh/销售记录.xlsx", 15_092, "70299898.66"),
        ("superstore_zh/示例 - 超市.xls", 10_000, "16117548.237"),
        ("tmall_orders/tmall_order_report.csv", 28_010, "1902487.15"),
        ("taobao_export/TB201812_anonymised_gbk.csv", 2_660, "412600.83"),
        ("cdnow/CDNOW_master_restored.csv", 69_659, "2500315.63"),
        ("online_retail/online_retail.parquet", 541_909, "9747747.934"),
        ("online_retail/online_retail_2011-10.xlsx", 60_742, "1070704.67"),
        ("reseller_monthly/ResellerSales_202006.csv", 3_004, "3429150.01"),
    ],
)
def test_real_files_come_out_as_published(file: str, rows: int, total: str, tmp_path: Path) -> None:
    _, counts = _shared(file, tmp_path)
    assert (counts.file, counts.loaded, counts.set_aside) == (rows, rows, 0)
    assert abs(counts.sum_loaded - D(total)) < D("0.01")


def test_the_superstore_to_its_regions(tmp_path: Path) -> None:
    writer, _ = _shared("superstore_zh/示例 - 超市.xls", tmp_path)
    assert writer.rows(
        "select sum(amount_with_tax), sum(amount_with_tax) - sum(cost_with_tax),"
        " count(distinct order_number), count(distinct customer) from sales_line"
    ) == [(D("16117548.237"), D("2156559.517"), 2773, 790)]
    assert writer.rows("select sum(amount_with_tax) from sales_line where region = '华东'") == [
        (D("4692464.994"),)
    ]


def test_of_the_messy_file_nothing_is_dropped_or_misread(tmp_path: Path) -> None:
    _, counts = _shared("messy_zh/data_wuliu.csv", tmp_path)
    assert counts.file == 1_161 == counts.loaded + counts.set_aside + counts.skipped
    assert counts.loaded == 0  # every amount has a decimal comma: "1052,75元"


def _shared(file: str, staging: Path) -> tuple[FakeWriter, Counts]:
    path = SHARED / file
    if not path.exists():
        pytest.skip("the shared data folder is not beside this checkout")
    found = recognise(
        read_file(path, path.name, staging, Limits()), path.name, Hints(channel="x"), today=TODAY
    )
    writer = FakeWriter()
    return writer, load(writer, found.sheet.below(found.recipe.header_line), found.recipe, 1)
