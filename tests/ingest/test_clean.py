"""Cleaning: SQL and Python read every way of writing alike, and nothing is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.domain.recipe import Recipe
from chanplan.ingest import cells_sql, values
from chanplan.ingest.clean import cleaning

DB = duckdb.connect()


def in_sql(expression: str, cell: str | None) -> object:
    found = DB.execute(f"select {expression} from (select ?::varchar as c)", [cell]).fetchone()
    return found[0] if found else None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.50", "1234.50"),
        ("-1,234", "-1234"),
        ("(1,234.5)", "-1234.5"),
        ("12-", "-12"),
        ("¥3.5万", "35000"),
        ("￥１２３．５", "123.5"),
        ("1.2亿", "120000000"),
        ("11,500元", "11500"),
        ("-¥5", "-5"),
        ("$1,234", "1234"),
        (" 12 ", "12"),
        ('="1,234.50"', "1234.50"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("12345678901.12", "12345678901.12"),
        ("0.1234567890", "0.1235"),
        ("1.00005", "1.0000"),
        ("1.00015", "1.0002"),
        ("1.000149999999999", "1.0001"),
        ("-1.00025", "-1.0002"),
        ("1234567890.000050001", "1234567890.0001"),
    ],
)
def test_numbers_as_people_write_them(cell: str, number: str) -> None:
    assert in_sql(cells_sql.number("c"), cell) == Decimal(number)
    read = values.number_of(cell)
    assert read is not None and abs(read - Decimal(number)) < Decimal("0.0001")


@pytest.mark.parametrize(
    "cell",
    [
        "1052,75元",
        "11,50万元",
        "1,2345",
        "1.234,50",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1_000",
        '="',
        "--5",
        "(-5)",
        "(5",
        "0x10",
        "12%",
        "#REF!",
        "abc",
        "5万6",
        "-+5",
        "+5-",
        "(+5)",
    ],
)
def test_what_is_no_number_or_could_be_two_is_never_guessed(cell: str) -> None:
    assert in_sql(cells_sql.number("c"), cell) is None
    assert values.number_of(cell) is None
    assert in_sql(cells_sql.is_none("c"), cell) is False


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "-", "—", "NULL", "N/A", "无", "\u3000", "\\N", '=""']
)
def test_what_says_that_there_is_no_value(cell: str | None) -> None:
    assert in_sql(cells_sql.is_none("c"), cell) is True
    assert values.is_none(cell)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='0123456789.,-+()% ¥$万亿元eE_/年月日 \t\u3000NAnil无="', max_size=12))
def test_sql_and_python_agree_about_any_text(cell: str) -> None:
    read = values.number_of(cell)
    fits = read is not None and abs(read) < Decimal(10) ** 13
    if fits or read is None:
        assert (in_sql(cells_sql.number("c"), cell) is not None) == fits
    assert in_sql(cells_sql.is_none("c"), cell) == values.is_none(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024.03.05",
        "20240305",
        "2024年3月5日",
        "2024年03月05号",
        "2024-03-05 10:11:12",
        "2024-03-05T10:11:12Z",
        "2024/3/5 8:26",
        "2024年3月5日 10:22",
        "20240305101112",
        "5-Mar-24",
        "05-Mar-2024",
        "Mar 5, 2024",
        "5 March 2024",
        " 2024-03-05\t",
        "２０２４－０３－０５",
        '="2024-03-05"\t',
    ],
)
def test_days_as_people_write_them(cell: str) -> None:
    assert in_sql(cells_sql.day("c", "iso", None), cell) == date(2024, 3, 5)
    assert values.date_of(cell) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2024年3月",
        "2024年3月份",
        "2024.03",
        "2024-03",
        "2024/3",
        "202403",
        "3/2024",
        "Mar-24",
        "March 2024",
    ],
)
def test_months_are_their_first_day_and_no_day(cell: str) -> None:
    assert in_sql(cells_sql.month("c", "month"), cell) == date(2024, 3, 1)
    assert in_sql(cells_sql.day("c", "month", None), cell) is None
    assert (values.date_of(cell), values.shape_of(cell)) == (date(2024, 3, 1), "month")


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("3/4/2024", None, None),
        ("3/4/2024", "mdy", date(2024, 3, 4)),
        ("3/4/2024", "dmy", date(2024, 4, 3)),
        ("25/3/2024", "mdy", None),
        ("12/1/24 8:26", "mdy", date(2024, 12, 1)),
        ("24/1/5", "ymd", date(2024, 1, 5)),
    ],
)
def test_day_and_month_in_the_order_that_was_told(
    cell: str, order: str | None, day: date | None
) -> None:
    assert in_sql(cells_sql.day("c", "order", order), cell) == day
    assert values.date_of(cell, order) == day


def test_serials_are_dates_only_where_the_column_is_of_them() -> None:
    assert in_sql(cells_sql.day("c", "serial", None), "45352") == date(2024, 3, 1)
    assert in_sql(cells_sql.day("c", "serial", None), "45352.75") == date(2024, 3, 1)
    assert in_sql(cells_sql.day("c", "iso", None), "45352") is None
    assert in_sql(cells_sql.day("c", "serial", None), "20000") is None


@pytest.mark.parametrize("cell", ["2024-02-30", "2024-13-01", "infinity", "31/31/2024", "x", "24"])
def test_no_such_day(cell: str) -> None:
    read = in_sql(
        f"coalesce({cells_sql.day('c', 'iso', 'dmy')}, {cells_sql.month('c', 'iso')})", cell
    )
    assert read is None or read < date(1990, 1, 1)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("cell", "rate"),
    [("13%", "0.13"), ("0.13", "0.13"), ("8.5折", "0.15"), ("-5%", "-0.05"), ("1%%", None)],
)
def test_rates(cell: str, rate: str | None) -> None:
    expected = Decimal(rate) if rate else None
    assert in_sql(cells_sql.rate("c"), cell) == expected
    assert values.rate_of(cell) == expected


def test_percent_points_and_flags_and_whole_numbers() -> None:
    assert in_sql(cells_sql.rate("c", percent_points=True), "13") == Decimal("0.13")
    assert [in_sql(cells_sql.flag("c"), cell) for cell in ("是", "NO", "√", "?")] == [
        True,
        False,
        True,
        None,
    ]
    assert [in_sql(cells_sql.integer("c"), cell) for cell in ("15", "15.0", "15.5")] == [
        15,
        15,
        None,
    ]


@pytest.mark.parametrize(
    ("cell", "member"),
    [
        ("000123", "000123"),
        (" 天猫\u3000", "天猫"),
        ("SO1\t", "SO1"),
        ("", None),
        ("\u3000 ", None),
        ("Fiskars 剪刀, 蓝色", "Fiskars 剪刀, 蓝色"),
        ("\u00a0x", "x"),
        (None, None),
        ("=cmd()", "=cmd()"),
        ('="000123"', "000123"),
        ('\t="SO1 "', "SO1"),
        ('=""', None),
        ('屏幕 12"', '屏幕 12"'),
    ],
)
def test_members_keep_their_text_but_for_outer_blanks_and_guards(
    cell: str | None, member: str | None
) -> None:
    assert in_sql(cells_sql.member("c"), cell) == member


def test_status_rules_in_their_order() -> None:
    known = {"交易成功": "sale", "*未关闭*": "sale", "*关闭*": "not_a_sale", "100%_x*": "gift"}
    told = [
        in_sql(cells_sql.mapped("c", known), s)
        for s in ("交易成功 ", "订单未关闭", "交易关闭", "100%_x1", "100ax1", None)
    ]
    assert told == ["sale", "sale", "not_a_sale", "gift", None, None]


def test_words_of_a_file_cannot_leave_their_quotes() -> None:
    recipe = Recipe("sales", "s", ("日期'", "金额'); drop"), 1, {"date": 0, "amount": 1})
    clean = cleaning(recipe)
    row = "(select '2024-01-01' as c0, '5' as c1, null::varchar as extra)"
    fields = ", ".join(f'{sql} as "{name}"' for name, sql in clean.fields.items())
    judged = f"select {clean.problem}, {clean.blank} from typed"
    sql = f"with typed as (select *, {fields} from {row}) {judged}"
    assert DB.execute(sql).fetchone() == (None, False)
