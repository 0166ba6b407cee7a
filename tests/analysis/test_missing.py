"""A source whose files end early is told with what it sold in the base."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis.missing import Missing, missing, months_back
from chanplan.domain.period import Period


def frame(**sources: dict[int, int]) -> pd.DataFrame:
    rows = [
        (name, month, Decimal(sold))
        for name, months in sources.items()
        for month, sold in months.items()
    ]
    return pd.DataFrame(rows, columns=["source", "month", "net_sales"])


def test_a_source_that_ends_before_the_period_is_missing_with_its_base():
    """甲 ends in 2023-02: of 2024-01..02 it sold 10 + 20 a year before; 乙 goes on."""
    book = frame(甲={202301: 10, 202302: 20}, 乙={202301: 5, 202401: 6, 202402: 7})
    found = missing(book, Period(202401, 202402), 12)
    assert found == [Missing("甲", 202401, 202402, Decimal(30))]


def test_only_the_months_after_its_files_count():
    book = frame(甲={202301: 10, 202302: 20, 202401: 11})
    found = missing(book, Period(202401, 202402), 12)
    assert found == [Missing("甲", 202402, 202402, Decimal(20))]


def test_a_month_without_sales_between_its_files_is_not_missing():
    book = frame(甲={202301: 10, 202302: 20, 202401: 11, 202403: 9})
    assert missing(book, Period(202401, 202402), 12) == []


def test_a_new_source_without_a_base_is_not_missing():
    assert missing(frame(甲={202402: 10}), Period(202401, 202402), 12) == []


def test_the_dearest_gap_comes_first():
    book = frame(甲={202301: 10}, 乙={202301: 90})
    assert [gap.source for gap in missing(book, Period(202401, 202401), 12)] == ["乙", "甲"]


def test_how_far_a_source_reaches_is_read_without_filters():
    """乙's files go on; only the one product looked at was not sold in them any more."""
    one_product = frame(甲={202301: 10}, 乙={202301: 90})
    files = frame(甲={202301: 100}, 乙={202301: 500, 202401: 400})
    found = missing(one_product, Period(202401, 202401), 12, files)
    assert found == [Missing("甲", 202401, 202401, Decimal(10))]


def test_how_far_back_a_comparison_lies():
    assert months_back(Period(202401, 202403), "previous") == 3
    assert months_back(Period(202401, 202403), "last_year") == 12
