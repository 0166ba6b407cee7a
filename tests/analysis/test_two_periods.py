"""Answers of two periods beside each other."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis import two_periods
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal


def told(**members: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"channel": list(members), "net_sales": [D(value) for value in members.values()]},
        dtype=object,
    )


def test_members_of_either_side_stand_in_one_row() -> None:
    found = two_periods.beside(told(A=5, B=3), told(A=4, C=2), ("channel",))
    assert found.values.tolist() == [["A", 5, 4], ["B", 3, 0], ["C", 0, 2]]
    assert list(found.columns) == ["channel", "net_sales", "net_sales__base"]


def test_a_side_without_sales_is_unknown_and_not_zero() -> None:
    found = two_periods.beside(told(A=5), told(), ("channel",))
    assert found.values.tolist() == [["A", 5, None]]
    total = two_periods.beside(told(A=5)[["net_sales"]], told(A=4)[["net_sales"]])
    assert total.values.tolist() == [[5, 4]]


def test_both_are_asked_in_the_same_words() -> None:
    scope, base = Scope(Period(202403, 202404)).only("region", "x"), Period(202301, 202312)
    now, then = two_periods.queries(scope, base, ("channel",))
    assert now.scope == scope and then.scope == scope.at(base) and now.by == then.by == ("channel",)


def test_what_a_reader_calls_the_pair() -> None:
    spring = Period(202403, 202405)
    assert two_periods.comparison(spring, Period(202303, 202305)) == "last_year"
    assert two_periods.comparison(spring, Period(202312, 202402)) == "previous"
    assert two_periods.comparison(spring, Period(202301, 202312)) == "none"
