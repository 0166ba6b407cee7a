"""A column's cells become the texts that each of them alone would."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.ingest.reading.cells import text, texts

COLUMNS = [
    ["天猫", "", "a\r\nb"],
    ["天猫", "京东"],
    [1.0, 12.5, 22439.933999999997, 0.1 + 0.2],
    [1e-7, 2.0],
    [1e22, 2.0],
    [-0.0, 1.0],
    [-0.5, 1.0],
    [float("nan"), 1.0],
    [1, 2],
    [True, False],
    [None, None],
    [dt.date(2024, 3, 1), dt.date(2024, 3, 1), dt.date(2024, 3, 2)],
    [*map(dt.datetime.fromisoformat, ("2024-03-01", "2024-03-01 08:30"))],
    [dt.time(8, 30), dt.time(9)],
    [Decimal("1.50"), Decimal(2)],
    ["天猫", 1.0, None, True, dt.date(2024, 3, 1)],
]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_reads_as_its_cells(column: list[object]) -> None:
    assert list(texts(column)) == [text(cell) for cell in column]


@given(st.lists(st.floats(allow_infinity=False), min_size=1))
def test_numbers_read_alike_together_and_alone(column: list[float]) -> None:
    assert list(texts(column)) == [text(cell) for cell in column]
