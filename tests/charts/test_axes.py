"""Tick marks: round steps, one unit, years at their first label."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.charts import axes
from chanplan.domain.period import Period
from chanplan.language.numbers import Formatter

D = Decimal
ZH, EN = Formatter("zh"), Formatter("en")


@pytest.mark.parametrize(
    ("low", "high", "zh"),
    [
        ("0", "34000000", ["0", "1,000", "2,000", "3,000万"]),
        ("-2000", "9000", ["0", "2,500", "5,000", "7,500"]),
        ("0", "120000000", ["0", "0.25", "0.50", "0.75", "1.00亿"]),
        ("-500000", "0", ["-50万", "-40", "-30", "-20", "-10", "0"]),
        ("0", "0", ["0"]),
    ],
)
def test_amounts(low: str, high: str, zh: list[str]) -> None:
    assert list(axes.amounts(D(low), D(high), ZH).texts) == zh


def test_amounts_in_english() -> None:
    assert axes.amounts(D(0), D(11_000_000), EN).texts == ("0", "2.5", "5.0", "7.5", "10.0M")


@given(st.decimals("0", "1e12", places=2), st.decimals("-1e12", "0", places=2))
def test_few_ticks_within_the_span(high: Decimal, low: Decimal) -> None:
    ticks = axes.amounts(low, high, ZH)
    assert 1 <= len(ticks.positions) <= axes.MOST_TICKS + 2
    assert all(float(low) <= at <= float(high) for at in ticks.positions)
    assert 0.0 in ticks.positions


def test_months() -> None:
    texts = axes.months(list(Period(202311, 202402)), ZH).texts
    assert texts == ("11月<br>2023年", "12月", "1月<br>2024年", "2月")
    assert axes.months([202403], EN).texts == ("Mar<br>2024",)


def test_a_year_and_the_month_before() -> None:
    """The years of neighbours would run into each other: the lone month's is left out."""
    texts = axes.months(list(Period(202312, 202412)), ZH).texts
    assert texts[:3] == ("12月", "1月<br>2024年", "2") and texts[-1] == "12"
    english = axes.months(list(Period(202312, 202412)), EN).texts
    assert english[:3] == ("Dec", "Jan<br>2024", "Feb")


@pytest.mark.parametrize("count", [1, 2, 9, 10, 13, 26, 36, 50, 100])
def test_month_labels_fit_a_phone(count: int) -> None:
    first = Period(201503, 201503)
    run = list(Period(201503, first.moved(count - 1).last))
    ticks = axes.months(run, EN)
    assert 1 <= len(ticks.texts) == len(ticks.positions) <= axes.MOST_MONTH_LABELS


def test_long_spans_are_labelled_by_year() -> None:
    assert axes.months(list(Period(201501, 202412)), ZH).texts[:2] == ("2015年", "2016年")
