"""Recognition: the right header row, the right table, the right columns, and what is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.headers import normal, shape, spellings
from chanplan.ingest.naming import channel_word, source_name
from chanplan.ingest.read import Book, Sheet
from chanplan.ingest.read import read as read_file
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.settings import Limits
from tests.fakes import sheet

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TODAY = date(2026, 11, 23)


def proposed(*rows: str, name: str = "sales.csv", hints: Hints | None = None) -> Proposal:
    return recognise(Book((sheet(*rows),)), name, hints or Hints(), today=TODAY)


def columns(proposal: Proposal) -> dict[str, str]:
    return proposal.recipe.named_columns()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SalesOrderNumber", "sales order number"),
        ("收货地址 ", "收货地址"),
        ("Order-ID", "ORDER_id"),
        ("ＳＫＵ 编码", "sku编码"),
    ],
)
def test_spellings_of_one_heading_meet(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_a_remark_in_brackets_is_tried_both_ways_and_a_dot_stays() -> None:
    assert spellings("客户名称（必填）") == ("客户名称(必填)", "客户名称")
    assert normal("Account Name.id") != normal("Account Name")


def test_the_header_is_found_below_titles_and_remarks() -> None:
    found = proposed(
        "2024年3月销售明细|||",
        "制表：张伟|2024-04-01||",
        "",
        "日期|渠道|产品|金额",
        "2024-03-01|天猫|水|12.5",
    )
    assert found.recipe.header_line == 4
    assert columns(found) == {
        "date": "日期",
        "channel": "渠道",
        "product": "产品",
        "amount": "金额",
    }


def test_words_that_stand_in_data_rows_are_no_header() -> None:
    found = proposed(
        "日期|渠道|类型|客户|金额", "2024-03-01|天猫|销售|渠道|10", "2024-03-02|京东|销售|客户|20"
    )
    assert found.recipe.header_line == 1


def test_a_code_is_the_key_and_the_name_its_label() -> None:
    found = columns(
        proposed("下单日期|渠道|产品名称|产品ID|客户名称|客户ID|金额", "2024-01-01|a|水|7|王|9|1")
    )
    assert (found["product"], found["product_name"]) == ("产品ID", "产品名称")
    assert (found["customer"], found["customer_name"]) == ("客户ID", "客户名称")


def test_a_name_alone_is_the_key() -> None:
    found = columns(proposed("日期|渠道|产品名称|金额", "2024-01-01|a|水|1"))
    assert found["product"] == "产品名称"
    assert "product_name" not in found


def test_crm_headings() -> None:
    found = proposed(
        "Record Id|Deal Name|Amount|Stage|Closing Date|Account Name.id|Account Name|Deal Owner",
        "zcrm_1|New pumps|1200|Closed Won|2024-03-05|zcrm_77|Acme|Ann",
        "zcrm_2|Old pumps|900|Closed Lost|2024-03-06|zcrm_78|Bolt|Ann",
    )
    assert columns(found) | {"customer": "Account Name", "date": "Closing Date"} == columns(found)
    assert found.recipe.line_types["closed lost"] == "not_a_sale"
    assert found.recipe.line_types["closed won"] == "sale"


def test_provinces_stand_in_for_regions_and_say_so() -> None:
    found = proposed("日期|渠道|客户省份|金额", "2024-01-01|a|浙江|1")
    reasons = {choice.field: (choice.header, choice.reason) for choice in found.choices}
    assert reasons["region"] == ("客户省份", "feeds_region")


def test_a_known_word_over_values_that_do_not_fit_is_not_taken_silently() -> None:
    found = proposed("日期|渠道|金额|数量|备注", "2024-01-01|a|5|多|x", "2024-01-02|a|6|少|y")
    assert "quantity" not in columns(found)
    assert [(n.code, n.values["header"]) for n in found.notes] == [("values_do_not_fit", "数量")]


def test_a_column_that_is_needed_is_taken_with_a_note() -> None:
    found = proposed(
        "销售时间|区域|销售金额", "2016-7-30|华北|1052,75元", "2016-7-31|华北|11,50万元"
    )
    assert columns(found)["amount"] == "销售金额"
    assert found.notes[0].values["example"] == "1052,75元"


def test_a_sheet_that_fits_nothing_names_what_was_found_and_missing() -> None:
    with pytest.raises(UnrecognisedTableError) as told:
        proposed("下单日期|客户|产品|数量", "2024-01-01|王|水|1")
    assert told.value.code == "columns_missing"
    assert told.value.values["missing_zh"] == "净销售额/含税金额/未税金额"
    assert told.value.values["headers"] == "下单日期, 客户, 产品, 数量"
    with pytest.raises(UnrecognisedTableError) as told:
        proposed("客户|产品|数量|金额", "王|水|1|5")
    assert told.value.code == "month_missing"
    assert told.value.values["headers"] == "客户, 产品, 数量, 金额"
    with pytest.raises(UnrecognisedTableError, match="no_table_fits"):
        proposed("ID|frequency|recency|T", "1|2|30.43|38.86")


def test_the_channel_is_asked_and_a_file_name_only_proposes() -> None:
    found = proposed("日期|金额", "2024-01-01|5", name="天猫_2024年3月.csv")
    assert [(q.kind, q.proposal) for q in found.questions] == [("channel", "天猫")]
    assert found.recipe.constants == {}


def test_an_answered_channel_is_one_value_for_every_row() -> None:
    found = proposed("日期|金额", "2024-01-01|5", hints=Hints(channel="京东"))
    assert (found.questions, found.recipe.constants) == ((), {"channel": "京东"})


def test_day_and_month_are_asked_when_both_readings_hold() -> None:
    found = proposed("date|channel|amount", "3/4/2024|a|5", "3/5/2024|a|6")
    question = found.questions[0]
    assert (question.kind, question.options) == ("date_order", ("mdy", "dmy"))
    assert question.proposal == "mdy"  # March, rather than the third of April and of May


def test_one_day_above_twelve_decides_the_column() -> None:
    found = proposed("date|channel|amount", "3/4/2024|a|5", "3/15/2024|a|6")
    assert (found.questions, found.recipe.formats["date_order"]) == ((), "mdy")


def test_rows_beyond_the_sample_decide_when_they_can_be_scanned() -> None:
    book = Book((sheet("date|channel|amount", "3/4/2024|a|5"),))
    found = recognise(book, "x.csv", Hints(), scan=lambda *_: ["25/3/2024"], today=TODAY)
    assert found.recipe.formats["date_order"] == "dmy"


def test_short_years_may_also_lead() -> None:
    found = proposed("日期|渠道|金额", "24/1/5|a|5", "24/1/31|a|6")
    assert found.recipe.formats["date_order"] == "ymd"


def test_month_grain_units_in_headings_and_tax() -> None:
    found = proposed("月份|渠道|销售额（万元，不含税）", "2024年3月|a|1.5", "2024年4月|a|2").recipe
    assert (found.grain, found.tax) == ("month", "without_tax")
    assert found.formats["amount"] == "scale:10000"


@pytest.mark.parametrize(
    ("heads", "basis"),
    [
        ("出库日期|渠道|金额", "shipment"),
        ("开票日期|渠道|金额", "invoice"),
        ("日期|渠道|金额", "order"),
    ],
)
def test_the_basis_is_read_from_the_headings_taken(heads: str, basis: str) -> None:
    assert proposed(heads, "2024-01-01|a|1").recipe.basis == basis


def test_statuses_seen_and_rules_for_unseen_ones_are_in_the_recipe() -> None:
    found = proposed(
        "日期|渠道|金额|订单状态", "2024-01-01|a|1|交易成功", "2024-01-01|a|1|交易关闭"
    )
    rules = found.recipe.line_types
    assert (rules["交易成功"], rules["交易关闭"], rules["*等待买家付款*"]) == (
        "sale",
        "not_a_sale",
        "not_a_sale",
    )


def test_the_best_sheet_is_taken_and_the_others_are_told() -> None:
    book = Book(
        (
            sheet("说明|内容", "版本|1", name="封面"),
            sheet("日期|渠道|金额", "2024-01-01|a|1", name="明细"),
            sheet("产品编码|品类|品牌", "1|水|清泉", name="产品"),
        )
    )
    found = recognise(book, "x.xlsx", Hints(), today=TODAY)
    assert found.recipe.sheet == "明细"
    assert [(o.name, o.table) for o in found.others] == [("封面", None), ("产品", "products")]
    assert recognise(book, "x.xlsx", Hints(sheet="产品")).recipe.table == "products"
    with pytest.raises(UnrecognisedTableError, match="no_such_sheet"):
        recognise(book, "x.xlsx", Hints(sheet="没有"))


def test_headings_a_person_names_need_to_stand_on_one_sheet_only() -> None:
    book = Book(
        (
            sheet("日期|渠道|金额", "2024-01-01|a|1", name="旧"),
            sheet("日期|渠道|合同价", "2024-01-01|a|1", name="新"),
            sheet("产品编码|品类|品牌", "1|水|清泉", name="产品"),
        )
    )
    stated = {"amount": "合同价"}
    found = recognise(book, "x.xlsx", Hints(columns=stated), today=TODAY)
    assert (found.recipe.sheet, columns(found)["amount"]) == ("新", "合同价")
    named = recognise(book, "x.xlsx", Hints(sheet="新", columns=stated), today=TODAY)
    assert named.recipe == found.recipe
    assert [(o.name, o.table) for o in named.others] == [("旧", "sales"), ("产品", "products")]
    with pytest.raises(UnrecognisedTableError, match="no_such_header") as told:
        recognise(book, "x.xlsx", Hints(sheet="旧", columns=stated))
    assert told.value.values["headers"] == "日期, 渠道, 金额"
    with pytest.raises(UnrecognisedTableError, match="no_such_header"):
        recognise(book, "x.xlsx", Hints(columns={"amount": "没有"}))


def test_a_field_may_be_said_to_have_no_column() -> None:
    rows = ("日期|渠道|客户省份|金额|数量", "2024-01-01|a|浙江|1|2")
    found = proposed(*rows, hints=Hints(columns={"quantity": "", "region": ""}))
    assert set(columns(found)) == {"date", "channel", "province", "amount"}
    assert found.unused == ("数量",)
    old = proposed(*rows).recipe
    memory = {shape(old.headers): old}
    again = recognise(
        Book((sheet(*rows),)), "n.csv", Hints(columns={"region": ""}), memory.get, today=TODAY
    )
    assert "region" not in columns(again) and columns(again)["province"] == "客户省份"
    with pytest.raises(UnrecognisedTableError, match="columns_missing"):
        proposed(*rows, hints=Hints(columns={"date": ""}))


def test_naming_what_was_recognised_anyway_keeps_a_remembered_correction() -> None:
    rows = ("日期|渠道|金额|合同价", "2024-01-01|a|1|2")
    old = proposed(*rows, hints=Hints(columns={"amount": "合同价"})).recipe
    memory = {shape(old.headers): old}
    for hints, amount in (
        (Hints(table="sales", header_line=1), "合同价"),
        (Hints(header_line=1, columns={"amount": "金额"}), "金额"),
    ):
        again = recognise(Book((sheet(*rows),)), "n.csv", hints, memory.get, today=TODAY)
        assert columns(again)["amount"] == amount


def test_an_empty_side_of_the_tax_decides_nothing() -> None:
    heads = "日期|渠道|净销售额|含税金额|未税金额"
    found = proposed(heads, "2024-01-01|a|1||")
    assert (found.recipe.tax, found.notes) == ("unstated", ())
    found = proposed(heads, "2024-01-01|a||113|100")
    assert found.recipe.tax == "with_tax"
    found = proposed(heads, "2024-01-01|a|113|113|100")
    assert [note.code for note in found.notes] == ["amount_told_twice"]
    found = proposed("日期|渠道|销售额（不含税）|含税金额", "2024-01-01|a|1|")
    assert found.recipe.tax == "without_tax"


def test_what_a_person_states_wins() -> None:
    stated = Hints(columns={"amount": "合同价"}, source="erp", basis="invoice")
    found = proposed("日期|渠道|金额|合同价", "2024-01-01|a|1|2", hints=stated)
    assert columns(found)["amount"] == "合同价"
    assert (found.recipe.source, found.recipe.basis) == ("erp", "invoice")
    with pytest.raises(UnrecognisedTableError, match="no_such_header"):
        proposed("日期|渠道|金额", "2024-01-01|a|1", hints=Hints(columns={"amount": "没有"}))
    with pytest.raises(UnrecognisedTableError, match="no_such_field"):
        proposed("日期|渠道|金额", "2024-01-01|a|1", hints=Hints(columns={"夏": "金额"}))


def test_a_correction_is_remembered_for_the_same_headings() -> None:
    rows = ("日期|渠道|金额|合同价", "2024-01-01|a|1|2")
    old = proposed(*rows, hints=Hints(columns={"amount": "合同价"})).recipe
    memory = {shape(old.headers): old}
    again = recognise(Book((sheet("标题", *rows),)), "next.csv", Hints(), memory.get, today=TODAY)
    assert (columns(again)["amount"], again.recipe.header_line) == ("合同价", 2)
    assert {choice.reason for choice in again.choices} == {"remembered"}


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("ResellerSales_202006.csv", "ResellerSales"),
        ("天猫_2024年3月.csv", "天猫"),
        ("online_retail_2011-10.xlsx", "online_retail"),
        ("示例 - 超市.xls", "示例 - 超市"),
        ("2024-01 销售明细(1).csv", "销售明细"),
        ("Market_data Jan 2024.csv", "Market_data"),
        ("202401.csv", "import"),
        ("京东2024年6月_更正.csv", "京东"),
        ("流向_2024-05_重报版.xlsx", "流向"),
        ("sales_2024-03_revised.csv", "sales"),
        ("补货单_2024年3月.csv", "补货单"),
    ],
)
def test_a_source_is_the_file_name_without_what_changes(name: str, source: str) -> None:
    assert source_name(name, None) == source


def test_a_store_is_proposed_as_a_channel_only_by_its_words() -> None:
    assert (channel_word("TMALL_export.csv"), channel_word("erp.csv")) == ("天猫", None)


@pytest.mark.parametrize(
    ("file", "taken"),
    [
        (
            "dealers_zh/销售记录.xlsx",
            {"customer": "客户ID", "amount": "金额", "region": "客户省份"},
        ),
        ("superstore_zh/示例 - 超市.xls", {"date": "订单日期", "region": "地区", "profit": "利润"}),
        (
            "reseller_monthly/ResellerSales_202006.csv",
            {"partner": "ResellerKey", "cost": "TotalProductCost"},
        ),
        (
            "tmall_orders/tmall_order_report.csv",
            {"amount": "买家实际支付金额", "province": "收货地址"},
        ),
        (
            "taobao_export/TB201812_anonymised_gbk.csv",
            {"date": "订单创建时间", "status": "订单状态"},
        ),
        ("cdnow/CDNOW_master_restored.csv", {"customer": "customer_id"}),
    ],
)
def test_real_exports_need_no_mapping(file: str, taken: dict[str, str], tmp_path: Path) -> None:
    if not (SHARED / file).exists():
        pytest.skip("the shared data folder is not beside this checkout")
    book = read_file(SHARED / file, Path(file).name, tmp_path, Limits())
    found = recognise(book, Path(file).name, Hints(), today=TODAY)
    assert found.recipe.table == "sales"
    assert columns(found) | taken == columns(found)
    assert [question.kind for question in found.questions] == ["channel"]


def test_an_empty_book_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnrecognisedTableError):
        recognise(Book(()), "x.csv", Hints())
    with pytest.raises(UnrecognisedTableError):
        recognise(Book((Sheet(None, None, (), 0),)), "x.csv", Hints())


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("【日期】", "日期"),
        ("1.日期", "日期"),
        ("(2)渠道", "渠道"),
        ("日期\nDate", "日期"),
        ("渠道/Channel", "渠道"),
        ("Amount 金额", "amount"),
        ("Qty.", "qty"),
        ("金额（元）", "金额"),
    ],
)
def test_what_frames_numbers_or_translates_a_heading_says_nothing(heading: str, bare: str) -> None:
    assert spellings(heading)[-1] == bare


@pytest.mark.parametrize(
    "heading", ["省/自治区", "Account Name.id", "价格 Amount", "12.5", "数量/金额", "退款/实付"]
)
def test_a_heading_whose_halves_mean_two_things_stays_whole(heading: str) -> None:
    assert spellings(heading)[-1] == normal(heading)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("2024年销售预算.xlsx", ("sales", "targets")),
        ("Budget 2024.xlsx", ("sales", "targets")),
        ("采购明细.xlsx", ("sales",)),
        ("退货明细.xlsx", ("sales",)),
        ("赠品.xlsx", ("sales",)),
        ("2023年.xlsx", None),
        ("销售退货明细.xlsx", None),
        ("销售目标达成.xlsx", None),
    ],
)
def test_a_list_named_otherwise_is_asked_whether_it_is_sales(
    name: str, options: tuple[str, ...] | None
) -> None:
    rows = ("日期|渠道|产品|金额", "2024-01-02|天猫|水|5", "2024-01-03|京东|茶|7")
    for found in (proposed(*rows, name=name), proposed(name[:-5], *rows, name="x.xlsx")):
        asked = {question.kind: question.options for question in found.questions}
        assert asked.get("table") == options
    said = proposed(*rows, name=name, hints=Hints(table="sales"))
    assert "table" not in [question.kind for question in said.questions]


def test_returns_that_say_so_themselves_are_not_asked() -> None:
    rows = ("日期|渠道|产品|金额", "2024-01-02|天猫|水|-5", "2024-01-03|京东|茶|-7")
    asked = proposed(*rows, name="退货调整.xlsx").questions
    assert "table" not in [question.kind for question in asked]
