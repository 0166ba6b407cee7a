"""Loading money: told, or worked out from what else is told; rounded once; on both sides of tax."""

from __future__ import annotations

from decimal import Decimal as D

from chanplan.ingest.recognise import Hints
from tests.ingest.loading_room import lines, loaded


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


def test_ten_thousands_in_the_heading_are_multiplied_out() -> None:
    writer, counts = loaded("日期|金额（万元）", "2024-03-01|1.5", "2024-03-01|0.123456789")
    assert [a for (a,) in lines(writer, "amount_with_tax")] == [D(15000), D("1234.5679")]
    assert (counts.rounded, counts.rounding) == (1, D("0.00001"))
