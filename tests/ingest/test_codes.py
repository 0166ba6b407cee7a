"""An order number is one however a program writes it; one that has lost digits is set aside."""

from __future__ import annotations

import pytest

from tests.ingest.loading_room import lines, loaded

HEAD = "日期|订单编号|产品|金额"


@pytest.mark.parametrize(
    "written",
    [
        "123456789012345", "123456789012345.0", "'123456789012345", "`123456789012345",
        "123456789012345\t", '="123456789012345"', " 123456789012345 ", "'`123456789012345",
    ],
)  # fmt: skip
def test_an_order_number_is_one_however_it_is_written(written: str) -> None:
    writer, _ = loaded(HEAD, f"2024-03-01|{written}|水|5")
    assert lines(writer, "order_number") == [("123456789012345",)]


@pytest.mark.parametrize("written", ["A-100.0", "V2.0", "0012", "12.05", "T`1"])
def test_other_numbers_stay(written: str) -> None:
    writer, _ = loaded(HEAD, f"2024-03-01|{written}|水|5")
    assert lines(writer, "order_number") == [(written,)]


@pytest.mark.parametrize("written", ["1.23E+17", "1.23e+17", "20250301123456789.0"])
def test_numbers_that_have_lost_digits_are_never_joined(written: str) -> None:
    _, counts = loaded(HEAD, f"2024-03-01|{written}|水|5", "2024-03-01|1|水|5")
    assert counts.reasons == {"digits_lost:order": 1}
