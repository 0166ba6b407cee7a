"""Figures as a reader of each language writes them."""

from datetime import date
from decimal import Decimal

import pytest

from chanplan.language.numbers import Formatter
from chanplan.language.scale import axis_scale

ZH, EN = Formatter("zh"), Formatter("en")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("16117548.237", "1,611.8万", "16.12M"),
        ("70299898.66", "7,030.0万", "70.30M"),
        ("123456789", "1.23亿", "123.46M"),
        ("5000000000", "50.00亿", "5.00B"),
        ("99999600", "1.00亿", "100.00M"),  # 9,999.96万 would round to 10,000.0万
        ("999960", "100.0万", "1.00M"),  # 999.96K would round to 1,000.0K
        ("9999.4", "9,999", "10.0K"),
        ("9999.6", "1.0万", "10.0K"),
        ("999", "999", "999"),
        ("42.5", "42.50", "42.50"),
        ("42", "42", "42"),
        ("-1234567", "-123.5万", "-1.23M"),
        ("-0.0001", "0.00", "0.00"),
        ("0", "0", "0"),
    ],
)
def test_short_money(value: str, zh: str, en: str) -> None:
    assert ZH.money(Decimal(value)) == zh
    assert EN.money(Decimal(value)) == en


@pytest.mark.parametrize("unknown", [None, float("nan"), Decimal("NaN"), float("inf")])
def test_unknown_is_a_dash_everywhere(unknown: Decimal | float | None) -> None:
    writers = (ZH.money, ZH.signed_money, ZH.exact, ZH.count, ZH.quantity, ZH.percent)
    writers += (ZH.change, ZH.points, ZH.short_count, ZH.signed_count)
    assert {write(unknown) for write in writers} == {"—"}


def test_signs_follow_the_rounded_figure() -> None:
    assert ZH.signed_money(Decimal("1234567")) == "+123.5万"
    assert ZH.signed_money(Decimal("-1234567")) == "-123.5万"
    assert ZH.change(Decimal("0.123")) == "+12.3%"
    assert ZH.change(Decimal("0.0001")) == "0.0%"
    assert ZH.change(Decimal("-0.0001")) == "0.0%"
    assert ZH.points(Decimal("0.0125")) == "+1.3 pp"
    assert ZH.points(Decimal("-0.5")) == "-50.0 pp"
    assert ZH.points(Decimal(0)) == "0.0 pp"


def test_exact_counts_and_shares() -> None:
    assert ZH.exact(Decimal("16117548.237")) == "16,117,548.24"
    assert ZH.count(2773) == "2,773"
    assert ZH.quantity(Decimal("37873.0000")) == "37,873"
    assert ZH.quantity(Decimal("1204.5000")) == "1,204.5"
    assert ZH.short_count(2773) == "2,773"
    assert ZH.short_count(123456) == "12.3万"
    assert EN.short_count(123456) == "123.5K"
    assert ZH.percent(Decimal("0.29114")) == "29.1%"
    assert ZH.percent(Decimal("12.345")) == "1,235%"


def test_by_unit_of_the_catalogue() -> None:
    assert ZH.by_unit(Decimal(123456), "money") == "12.3万"
    assert ZH.by_unit(Decimal("0.5"), "rate") == "50.0%"
    assert ZH.by_unit(Decimal("1234.5"), "price") == "1,234.50"
    assert ZH.exact_by_unit(Decimal(123456), "money") == "123,456.00"
    assert ZH.exact_by_unit(Decimal(123456), "count") == "123,456"


def test_one_unit_for_an_axis() -> None:
    scale = ZH.axis([Decimal(16117548), Decimal(-5000), None])
    assert (scale.divisor, scale.unit) == (Decimal(10_000), "万")
    assert scale.show(Decimal(16117548)) == "1,611.8"
    assert scale.show(None) == "—"
    assert axis_scale([], "en").unit == ""


def test_amounts_under_each_other_share_a_unit() -> None:
    values = [Decimal(2_520_000), Decimal(895_200), Decimal(-3_000), Decimal(0), None]
    assert EN.moneys(values) == ["2.52M", "0.90M", "-3.0K", "0.00M", "—"]
    assert EN.moneys(values[:2], signed=True) == ["+2.52M", "+0.90M"]
    assert EN.moneys([Decimal(12), Decimal(-7)], signed=True) == ["+12", "-7"]


def test_periods() -> None:
    assert (ZH.month(202403), EN.month(202403)) == ("2024年3月", "Mar 2024")
    assert (ZH.short_month(202412), EN.short_month(202412)) == ("12月", "Dec")
    assert (ZH.quarter(20241), EN.quarter(20244)) == ("2024年一季度", "Q4 2024")
    assert (ZH.year(2024), EN.year(2024)) == ("2024年", "2024")
    assert (ZH.fiscal_year(2025), EN.fiscal_year(2025)) == ("2025财年", "FY2025")
    told = (ZH.fiscal_quarter(20251), EN.fiscal_quarter(20251))
    assert told == ("2025财年一季度", "Q1 FY2025")
    assert (ZH.date(date(2024, 3, 5)), EN.date(date(2024, 3, 5))) == ("2024年3月5日", "5 Mar 2024")


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (202403, 202403, "2024年3月", "Mar 2024"),
        (202401, 202412, "2024年", "2024"),
        (202401, 202403, "2024年1月–3月", "Jan–Mar 2024"),
        (202311, 202402, "2023年11月–2024年2月", "Nov 2023 – Feb 2024"),
    ],
)
def test_spans(first: int, last: int, zh: str, en: str) -> None:
    assert (ZH.span(first, last), EN.span(first, last)) == (zh, en)
