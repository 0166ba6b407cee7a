"""Decimal commas, units and currencies: decided over a column, asked, or set aside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from chanplan.ingest.load import Counts, load
from chanplan.ingest.recognise import Hints, recognise
from chanplan.ingest.wide import rows
from chanplan.ingest.written_numbers import decimal_sign
from tests.fakes import FakeWriter
from tests.ingest.reading_room import read_bytes

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("cells", "sign", "asked"),
    [
        (["1.234,50", "1.234", "500"], "comma", False),
        (["12,5", "0,75", "1234,56"], "comma", False),
        (["1,234.50", "1.234", "500"], None, False),
        (["12,5", "100", "200"], None, False),  # one cell proves nothing: it is set aside
        (["1.234", "2.500", "12.000"], None, True),
        (["1.234", "2.500", "12.00"], None, False),
        (["1.234,50", "1,234.50", "7"], None, True),
        (["1052,75元", "11,50万元", "7,5元"], None, False),  # two units: set aside
    ],
)
def test_the_decimal_sign(cells: list[str], sign: str | None, asked: bool) -> None:
    found, question = decimal_sign(cells, as_text=True)
    assert (found, question is not None) == (sign, asked)


def test_numbers_that_a_workbook_typed_are_never_ambiguous() -> None:
    assert decimal_sign(["1.234", "2.5", "12.125"], as_text=False) == (None, None)


def loaded(folder: Path, text: str, **hints: str) -> tuple[list[D], Counts]:
    book = read_bytes(folder, text.encode())
    found = recognise(book, "x.csv", Hints(channel="天猫", **hints), today=TODAY)
    assert not found.questions
    writer = FakeWriter()
    counts = load(writer, rows(found.sheet, found.recipe), found.recipe, 1)
    told = writer.rows("select amount_with_tax from sales_line order by line")
    return [amount for (amount,) in told], counts


def column(*cells: str, header: str = "金额") -> str:
    return "\n".join([f"日期;{header}", *(f"2024-03-0{n};{c}" for n, c in enumerate(cells, 1))])


def test_a_decimal_comma_is_read_and_rounding_is_told(tmp_path: Path) -> None:
    amounts, counts = loaded(tmp_path, column("1.234,50", "-2.000", "(7,25)", "0,00005", "11,5万"))
    assert amounts == [D("1234.5"), D(-2000), D("-7.25"), D(0)]
    assert (counts.rounded, counts.rounding) == (1, D("-0.00005"))
    assert dict(counts.reasons) == {"unreadable_amount:amount": 1}


@pytest.mark.parametrize(("decimal", "amount"), [("point", D("1.234")), ("comma", D(1234))])
def test_what_a_person_says_decides(tmp_path: Path, decimal: str, amount: D) -> None:
    amounts, _ = loaded(tmp_path, column("1.234", "2.500", "3.000"), decimal=decimal)
    assert amounts[0] == amount


@pytest.mark.parametrize(
    ("cells", "header", "amounts"),
    [
        (("$5", "$1,200.50", "¥7"), "金额", [D(5), D("1200.5")]),
        (("5", "6元", "€7"), "金额", [D(5), D(6)]),
        (("5", "6", "7万"), "金额（万元）", [D(50000), D(60000)]),
        (("5", "6", "700元"), "金额（万元）", [D(50000), D(60000)]),
    ],
)
def test_another_money_or_a_second_unit_is_set_aside(
    tmp_path: Path, cells: tuple[str, ...], header: str, amounts: list[D]
) -> None:
    told, counts = loaded(tmp_path, column(*cells, header=header))
    assert (told, dict(counts.reasons)) == (amounts, {"unreadable_amount:amount": 1})


HEAD = "日期,渠道,客户,金额,备注\n"
LINE = "2024-03-01,天猫,好邻居,5,急\n"


def test_shifted_rows_are_set_aside_and_never_loaded_shifted(tmp_path: Path) -> None:
    shifted = "2024-03-02,,天猫,6,急,\n" + "2024-03-03,天猫,7,急\n" + "2024-03-04,天猫,好邻居,8\n"
    book = read_bytes(tmp_path, (HEAD + LINE * 30 + shifted).encode())
    found = recognise(book, "x.csv", Hints(), today=TODAY)
    counts = load(FakeWriter(), rows(found.sheet, found.recipe), found.recipe, 1)
    assert (counts.loaded, counts.set_aside) == (30, 3)
    assert dict(counts.reasons) == {
        "surplus_cells": 1,
        "unreadable_amount:amount": 1,
        "missing_cells": 1,
    }


def test_where_many_rows_end_early_they_are_not_shifted(tmp_path: Path) -> None:
    text = HEAD + LINE * 5 + "2024-03-02,天猫,好邻居,5\n" * 5
    found = recognise(read_bytes(tmp_path, text.encode()), "x.csv", Hints(), today=TODAY)
    counts = load(FakeWriter(), rows(found.sheet, found.recipe), found.recipe, 1)
    assert (counts.loaded, counts.set_aside) == (10, 0)


def test_excel_errors_and_words_for_none_are_no_names(tmp_path: Path) -> None:
    lines = ["#REF!,好邻居,5", "天猫,#N/A,5", "天猫,NULL,5", "—,好邻居,5", "天猫,无,#VALUE!"]
    text = HEAD + "".join(f"2024-03-01,{line},\n" for line in lines)
    found = recognise(read_bytes(tmp_path, text.encode()), "x.csv", Hints(), today=TODAY)
    writer = FakeWriter()
    counts = load(writer, rows(found.sheet, found.recipe), found.recipe, 1)
    assert dict(counts.reasons) == {
        "error_cell:amount": 1,
        "error_cell:channel": 1,
        "error_cell:customer": 1,
    }
    told = writer.rows("select channel, customer from sales_line order by line")
    assert told == [("天猫", None), (None, "好邻居")]
