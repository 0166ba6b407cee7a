"""Where a period's figures say less than they seem to."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from chanplan.analysis import reach
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal
SPRING = Period(202004, 202006)


@pytest.mark.parametrize(
    ("day", "cut_off", "short"),
    [
        (date(2020, 6, 10), 31, 202006),  # 20 days before the 30th
        (date(2020, 6, 26), 31, 202006),  # four days
        (date(2020, 6, 27), 31, None),  # three days: a weekend and a holiday
        (date(2020, 6, 25), 25, None),  # the company's month ends on the 25th
        (date(2020, 5, 10), 31, None),  # the data ends in another month
        (None, 31, None),
    ],
)
def test_a_month_that_is_not_whole(day: date | None, cut_off: int, short: int | None) -> None:
    assert reach.short_month(SPRING, day, cut_off) == short


def test_a_source_with_amounts_in_the_other_tax_view_only() -> None:
    def sold(*cells: tuple[str | None, int | None]) -> pd.DataFrame:
        known = pd.Series([None if c[1] is None else D(c[1]) for c in cells], dtype=object)
        return pd.DataFrame({"source": [c[0] for c in cells], "net_sales": known})

    shown = sold(("甲", 100), ("乙", None))
    other = sold(("甲", 113), ("乙", 50), ("丙", 0))
    assert reach.without_amounts(shown, other) == ["乙"]


def test_the_two_tax_views_are_asked() -> None:
    asked = reach.tax_queries(Scope(SPRING, tax="without_tax"))
    assert [query.scope.tax for query in asked] == ["without_tax", "with_tax"]


def test_unlike_units_are_told_from_no_quantity() -> None:
    assert reach.unlike_units(None, [D(3), None])
    assert not reach.unlike_units(None, [None, None])
    assert not reach.unlike_units(D(3), [D(3)])
