"""Exports of other systems, and what people do to them: read right, or refused with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.load import load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.wide import rows
from tests.fakes import FakeWriter, sheet

TODAY = date(2026, 11, 23)
HEAD = "日期|渠道|产品名称|数量|金额"


def proposed(*rows: str, name: str = "数据.xlsx", hints: Hints | None = None) -> Proposal:
    return recognise(Book((sheet(*rows),)), name, hints or Hints(), today=TODAY)


def refused(*rows: str, name: str = "数据.xlsx") -> str:
    with pytest.raises(UnrecognisedTableError) as fault:
        proposed(*rows, name=name)
    return fault.value.code


def lines(count: int = 12) -> list[str]:
    return [f"2024-01-{n:02}|天猫|水{n % 5}|{n}|{n * 7}.25" for n in range(1, count + 1)]


def columns(*rows: str) -> dict[str, str]:
    return dict(proposed(*rows).recipe.named_columns())


def test_a_block_pasted_twice_is_refused_and_told_by_its_lines() -> None:
    with pytest.raises(UnrecognisedTableError, match="rows_twice") as fault:
        proposed(HEAD, "2024-01-01|京东|茶|1|3.5", *lines(), HEAD, *lines())
    told = fault.value.values
    assert (told["first"], told["again"], told["rows"]) == (3, 16, 12)
    proposed(HEAD, *lines(), *lines(), hints=Hints(rows="1-25"))
    proposed(HEAD, *lines(), *lines(9))  # nine may be a slip, or the till's
    proposed(HEAD, *lines(30)[::-1], *lines(30))  # in another order they are other sales


def test_orders_that_were_sorted_after_being_pasted_twice_are_refused() -> None:
    orders = sorted(f"{100 + n}|{row}" for n, row in enumerate([*lines(), *lines()]))
    orders = sorted(f"{row.split('|')[4]}9|{row.split('|', 1)[1]}" for row in orders)
    assert refused(f"订单编号|{HEAD}", *orders) == "rows_twice"
    proposed(HEAD, *sorted([*lines(), *lines()]))  # of a till's lines nobody knows


def test_a_pivot_of_channels_with_their_products_below_is_no_list() -> None:
    parts = {"天猫": ("水|1.5|2|3.5", "茶|10|20.5|30"), "京东": ("水|4|5.5|6", "茶|40|50|60.5")}
    told = ["行标签|2024年1月|2024年2月|2024年3月"]
    for (channel, below), total in zip(
        parts.items(), ("11.5|22.5|33.5", "44|55.5|66.5"), strict=True
    ):
        told += [f"{channel}|{total}", *below]
    assert refused(*told, name="销售额.xlsx") == "sums_in_rows"


def test_what_pivot_tables_set_before_a_heading_is_no_part_of_it() -> None:
    assert columns("渠道|月份|求和项:销售额", "天猫|2024-01|5.5")["amount"] == "求和项:销售额"
    assert columns("Channel|Month|Sum of Sales", "Tmall|2024-01|5.5")["amount"] == "Sum of Sales"
    wide = ("|2024年1月||2024年2月|", "渠道|求和项:销售额|求和项:数量|求和项:销售额|求和项:数量")
    recipe = proposed(*wide, "天猫|1.5|2|3|4", hints=Hints(table="sales")).recipe
    assert recipe.wide is not None
    assert [at for at, _ in recipe.wide.months] == [1, 3]


def test_a_column_of_currencies_is_one_under_any_heading() -> None:
    rows = [f"{row}|{code}" for row, code in zip(lines(3), ("USD", "港币", "CNY"), strict=True)]
    told = proposed(f"{HEAD}|结算", *rows)
    assert dict(told.recipe.named_columns())["currency"] == "结算"
    assert "currency_by_values" in [note.code for note in told.notes]
    assert "currency" not in columns(f"{HEAD}|等级", *(f"{row}|A" for row in lines(3)))


def test_of_money_told_in_two_currencies_the_companys_own_counts() -> None:
    rows = [f"{row}|USD|{n * 7.25 * 7:.2f}" for n, row in enumerate(lines(4), 1)]
    found = columns(f"{HEAD}|币种|本位币金额", *rows)
    assert found["amount"] == "本位币金额"
    assert "currency" not in found
    rows = [f"2024-01-0{n}|天猫|水|1|{n}.50|7.1|{n * 7.1 + 3.55:.2f}" for n in range(1, 5)]
    assert columns(f"{HEAD}|汇率|折合", *rows)["amount"] == "折合"
    assert columns("日期|渠道|金额USD|金额RMB", "2024-01-01|天猫|1|7")["amount"] == "金额RMB"


def test_taxes_beside_an_amount_tell_its_side() -> None:
    head = "日期|渠道|产品名称|税额|金额|合计"
    rows = [f"2024-01-0{n}|天猫|水|{n * 13}|{n * 100}|{n * 113}" for n in range(1, 5)]
    found = columns(head, *rows)
    assert (found["amount_without_tax"], found["amount_with_tax"]) == ("金额", "合计")
    within = [f"2024-01-0{n}|天猫|水|{n * 13}|{n * 113}" for n in range(1, 5)]
    assert columns("日期|渠道|产品名称|税额|金额", *within)["amount_with_tax"] == "金额"
    odd = [f"2024-01-0{n}|天猫|水|{n}|{n * 113}" for n in range(1, 5)]
    assert columns("日期|渠道|产品名称|税额|金额", *odd)["amount"] == "金额"


def test_a_discount_that_is_not_taken_off_a_price_is_told() -> None:
    told = proposed("日期|渠道|数量|单价|折扣", *(f"2024-01-0{n}|天猫|{n}|5|9折" for n in (1, 2)))
    assert "discount_not_off" in [note.code for note in told.notes]


def test_weeks_are_refused_as_weeks() -> None:
    for week in ("2024-W05", "第5周", "Week 5", "2024年第5周"):
        assert refused("期|渠道|销售额", f"{week}|天猫|5.5", f"{week}|京东|6") == "weeks", week
    assert refused("周次|渠道|销售额", "5|天猫|5.5", "6|京东|6") == "weeks"


def test_headings_in_traditional_script_are_known() -> None:
    found = columns("銷售日期|通路|產品名稱|數量|金額", "2024-01-05|門市|綠茶|3|15.5")
    assert set(found) >= {"date", "channel", "product", "quantity", "amount"}


def test_the_day_of_a_sale_stands_before_that_of_its_record() -> None:
    found = columns("创建时间|日期|渠道|金额", "2024-03-09 10:00|2024-01-05|天猫|5.5")
    assert found["date"] == "日期"


@pytest.mark.parametrize(
    ("heading", "factor"),
    [("金额（百元）", "100"), ("Amount (MM)", "1000000"), ("Revenue (lakhs)", "100000")],
)
def test_more_sizes_of_amounts(heading: str, factor: str) -> None:
    recipe = proposed(f"日期|渠道|{heading}", "2024-01-05|天猫|5.5").recipe
    assert recipe.formats["amount"] == f"scale:{factor}"


@pytest.mark.parametrize(
    ("remark", "factor"),
    [
        ("金额：万元；数量：箱", "10000"),
        ("以下金额均为千元", "1000"),
        ("Currency: USD, in K", "1000"),
    ],
)
def test_more_ways_to_say_the_size_above_a_table(remark: str, factor: str) -> None:
    recipe = proposed("销售明细", remark, "日期|渠道|金额", "2024-01-05|天猫|5.5").recipe
    assert recipe.formats["amount"] == f"scale:{factor}"


def test_a_title_with_a_price_band_is_no_size() -> None:
    recipe = proposed("金额为万元以上的客户", "日期|渠道|金额", "2024-01-05|天猫|5.5").recipe
    assert "amount" not in recipe.formats
    assert (
        "amount"
        not in proposed("日期|渠道|百元店金额|金额", "2024-01-05|天猫|1|5.5").recipe.formats
    )


def test_a_matrix_of_what_was_sold_is_no_list_of_products() -> None:
    head = "商品编号|品名|杭州店|宁波店|合计"
    rows = ("5001|水|1.5|2|3.5", "5002|茶|4|5|9")
    assert refused("1月门店销售额", head, *rows) == "columns_missing"
    assert proposed("商品清单", "商品编号|品名|毛重|净重", *rows).recipe.table == "products"


def test_a_span_within_a_month_is_that_month() -> None:
    rows = ("门店名称|品名|销售金额", "杭州店|水|10.5", "宁波店|茶|7")
    told = proposed("查询期间：2024-01-01 至 2024-01-31", *rows, name="销售.xlsx")
    assert [one.proposal for one in told.questions if one.kind == "month"] == ["2024-01"]
    assert refused("查询期间：2024-01-01 至 2024-02-29", *rows, name="销售.xlsx") == "month_missing"


def test_red_and_blue_letters_tell_returns_and_sales() -> None:
    rows = [f"{row}|{'红字' if n == 1 else '蓝字'}" for n, row in enumerate(lines(4))]
    recipe = proposed(f"{HEAD}|红蓝标识", *rows).recipe
    assert recipe.line_types["红字"] == "return"
    sides = [f"{row}|{'借' if n == 1 else '贷'}" for n, row in enumerate(lines(4))]
    assert refused(f"{HEAD}|借贷方向", *sides) == "measures_in_rows"


def test_rows_that_a_margin_or_a_name_calls_void_are_told() -> None:
    told = proposed(
        HEAD, *lines(3), "2024-01-09|天猫|茶（作废）|1|5", "2024-01-10|天猫|茶|1|5||作废"
    )
    notes = {note.code: note.values for note in told.notes}
    assert notes["rows_called_void"]["rows"] == 2
    assert "rows_called_void" not in {note.code for note in proposed(HEAD, *lines(3)).notes}


@pytest.mark.parametrize(
    "section",
    ["二、退货", "2024年1月预算", "上年同期", "赠品", "USD", "以下为港币", "（单位：万元）"],
)
def test_a_line_within_the_rows_that_says_something_else_is_told(section: str) -> None:
    rows = [HEAD, *lines(4), section, "2024-01-20|京东|茶|1|3.5"]
    with pytest.raises(UnrecognisedTableError, match="sections_in_rows") as fault:
        proposed("一、销售", *rows)
    assert fault.value.values["line"] == 7
    proposed("一、销售", *rows[:-1])  # nothing below it
    proposed("一、销售", *rows, hints=Hints(rows="2-6"))
    try:  # under its own headings it is another table: asked, or refused
        assert [q.kind for q in proposed("一、销售", *rows[:-1], HEAD, rows[-1]).questions] == [
            "rows"
        ]
    except UnrecognisedTableError as other:
        assert other.code == "sections_in_rows"


def test_a_line_within_the_rows_that_names_a_month_or_a_remark_is_none() -> None:
    for remark in ("2月", "以下为补单", "人民币", "销售退货已冲减的订单"):
        proposed(HEAD, *lines(4), remark, "2024-01-20|京东|茶|1|3.5")


def test_the_same_sales_of_two_versions_are_refused() -> None:
    rows = [f"{n}|{row}|{'初版' if n <= 12 else '修订版'}" for n, row in enumerate(lines() * 2, 1)]
    assert refused(f"序号|{HEAD}|版本", *rows) == "rows_twice"


def test_a_column_that_tells_in_how_many_the_money_is_told() -> None:
    rows = [f"{row}|万元" for row in lines(4)]
    recipe = proposed(f"{HEAD}|金额单位", *rows).recipe
    assert recipe.formats["amount"] == "scale:10000"
    assert refused(f"{HEAD}|金额单位", *rows, f"{lines(5)[-1]}|元") == "formats_differ"


@pytest.mark.parametrize(
    ("name", "money"),
    [("美元销售.xlsx", "USD"), ("Sales_HKD.xlsx", "HKD"), ("sales in EUR.csv", "EUR"),
     ("CNY to USD.xlsx", None), ("users.xlsx", None)],
)  # fmt: skip
def test_the_money_that_a_file_is_named_by(name: str, money: str | None) -> None:
    assert proposed(HEAD, *lines(4), name=name).recipe.formats.get("currency") == money


def test_a_channel_that_is_always_the_sum_of_the_same_others_is_refused() -> None:
    cells = {"天猫": (10, 200, 35), "京东": (21, 1, 44), "门店": (7, 8, 9)}
    rows = [f"2024-0{m + 1}|{name}|{told[m]}.25" for m in range(3) for name, told in cells.items()]
    sums = [f"2024-0{m + 1}|线上|{cells['天猫'][m] + cells['京东'][m]}.50" for m in range(3)]
    every = sorted([*rows, *sums], key=lambda row: -float(row.split("|")[2]))
    with pytest.raises(UnrecognisedTableError, match="sums_in_rows") as fault:
        proposed("月份|渠道|金额", *every)
    assert fault.value.values["labels"] == ["线上"]
    proposed("月份|渠道|金额", *rows, *sums[:2], "2024-03|线上|79.51")


def test_bundles_with_the_amounts_of_their_parts_are_refused() -> None:
    told = [f"{n}|2024-01-0{n}|天猫|{p}|1|{a}" for n in range(1, 5)
            for p, a in (("套装", 3 * n), ("水", n), ("茶", 2 * n))]  # fmt: skip
    assert refused(f"订单编号|{HEAD}", *told, "9|2024-01-09|天猫|水|1|5") == "sums_in_rows"


def test_whole_numbers_called_sales_beside_revenue_are_pieces() -> None:
    found = columns("Date|Channel|Sales|Revenue", "2024-01-01|A|3|15.25", "2024-01-02|B|4|16.5")
    assert (found["quantity"], found["amount"]) == ("Sales", "Revenue")


def test_sales_less_returns_are_what_is_left_already() -> None:
    rows = [f"2024-01-0{n}|天猫|{n * 20}|{n}|{n * 19}" for n in range(1, 5)]
    told = proposed("日期|渠道|销售金额|退货金额|净销售额", *rows)
    assert told.recipe.formats["refund_is"] == "within"


def test_big5_that_was_read_as_gb18030_is_told() -> None:
    head = "日期|通路|品名|數量|金額".encode("big5").decode("gb18030")
    assert refused(head, "2024-01-05|x|y|3|15.5") == "text_in_big5"
    assert refused("甲|乙|丙", "1|x|y") == "no_table_fits"


def test_prices_that_are_cost_and_profit_together_may_be_amounts_and_that_is_told() -> None:
    rows = [f"2024-01-0{n}|天猫|{n}|{n * 10}|{n * 7}|{n * 3}" for n in range(1, 5)]
    told = proposed("日期|渠道|数量|售价|成本|毛利", *rows)
    assert "price_may_be_amount" in {note.code for note in told.notes}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jan-05-24", date(2024, 1, 5)),
        ("03.2024", date(2024, 3, 1)),
        ("Mar-15-2024", date(2024, 3, 15)),
    ],
)
def test_dates_of_more_systems(text: str, day: date) -> None:
    told = proposed("Date|Channel|Amount", f"{text}|A|5.5", f"{text}|B|6.5")
    writer = FakeWriter()
    load(writer, rows(told.sheet, told.recipe), told.recipe, 1)
    assert writer.rows("select distinct date from sales_line") == [(day,)]
