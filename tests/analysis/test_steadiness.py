"""Steadiness by hand: what is season, what is not, and who is too new to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis import cells, concentration, steadiness
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal
YEAR = Period(202401, 202412)


def judged(
    sold: Mapping[str, Sequence[int]],
    homes: Mapping[str, str] | None = None,
    span: Period = YEAR,
) -> dict[str, dict[str, object]]:
    """Product → its row; `sold` has a value per month of the span, `homes` their category."""
    of = homes or dict.fromkeys(sold, "k")
    rows = [
        (month, of[product], product, D(value))
        for product, values in sold.items()
        for month, value in zip(span, values, strict=True)
        if value
    ]
    frame = cells.table(("month", "category", "product", "net_sales"), rows)
    sums = cells.sums(cells.cells(frame, "month", "category", "product"), 0, 1)
    market = [(*key, value) for key, value in sums.items()]
    table = steadiness.steadiness(
        frame, cells.table(("month", "category", "net_sales"), market), span, True
    )
    return {row["product"]: row for row in cells.records(table)}


def test_what_the_category_does_too_is_season() -> None:
    """Both go up and down together: nothing is left; alone, the same course varies."""
    together = judged({"a": [10, 30] * 6, "b": [20, 60] * 6})
    assert together["a"]["cv"] == pytest.approx(0) and together["a"]["xyz"] == "X"
    assert together["a"]["season"] == "category"
    # b is flat: then a's 10 and 30 are its own; sd √(12 × 100 / 11), mean 20
    own = judged({"a": [10, 30] * 6, "b": [20] * 12})["a"]
    assert own["cv"] == pytest.approx((1200 / 11) ** 0.5 / 20)
    assert own["xyz"] == "Y"


def test_a_product_that_is_its_category_is_judged_by_all_others() -> None:
    homes = {"a": "k", "b": "l"}
    found = judged({"a": [10, 30] * 6, "b": [20, 60] * 6}, homes)
    assert found["a"]["season"] == "all" and found["a"]["cv"] == pytest.approx(0)


def test_a_product_alone_has_no_season_to_take_out() -> None:
    alone = judged({"a": [10, 30] * 6})["a"]
    assert alone["season"] == "none" and alone["cv"] == pytest.approx((1200 / 11) ** 0.5 / 20)


def test_bounds_of_x_y_z() -> None:
    flat = {"b": [100] * 12}
    assert judged({"a": [10] * 12} | flat)["a"]["xyz"] == "X"
    assert judged({"a": [4, 16] * 6} | flat)["a"]["xyz"] == "Y"  # 6.27 / 10
    assert judged({"a": [40, 0, 0, 0] * 3} | flat)["a"]["xyz"] == "Z"


def test_months_count_from_the_first_sale_and_quiet_ones_are_zero() -> None:
    span = Period(202301, 202412)
    late = judged({"a": [0] * 11 + [10] + [0, 20] * 6, "b": [9] * 24}, span=span)["a"]
    assert late["months"] == 13 and late["xyz"] in "YZ"
    new = judged({"a": [0] * 13 + [10] * 11, "b": [9] * 24}, span=span)["a"]
    assert (new["months"], new["xyz"], new["cv"]) == (11, "few", None)


def test_more_returned_than_sold_is_not_judged() -> None:
    assert judged({"a": [5, -10] * 6, "b": [9] * 12})["a"]["xyz"] == "few"


@given(st.lists(st.integers(1, 1000), min_size=12, max_size=12), st.integers(2, 9))
def test_neither_scale_nor_a_common_course_matters(values: list[int], times: int) -> None:
    """A product ten times as large in a category that moves `times` as much is as steady."""
    flat, moving = [100_000] * 12, [100_000 * (1 + at % times) for at in range(12)]
    one = judged({"a": values, "b": flat})["a"]["cv"]
    other = judged({"a": [v * 10 * (1 + at % times) for at, v in enumerate(values)], "b": moving})[
        "a"
    ]["cv"]
    assert other == pytest.approx(one)


def test_the_matrix_counts_every_product_once() -> None:
    sold = {"a": [10] * 12, "b": [4, 16] * 6, "c": [1] * 12}
    frame = cells.table(
        ("product", "net_sales"),
        [*((name, D(sum(values))) for name, values in sold.items()), ("new", D(3))],
    )
    ranked, _ = concentration.members(frame, "product")
    judged = (("a", "X"), ("b", "Y"), ("c", "X"), ("new", "few"))
    rows = [(n, 12, 0.1, "all", x) for n, x in judged]
    matrix = steadiness.matrix(ranked, cells.table(steadiness.COLUMNS, rows))
    found = {
        (row["abc"], row["xyz"]): row["count"] for row in cells.records(matrix) if row["count"]
    }
    # a 120 and b 120 of 255: the second crosses 80 %; c 12 to 98.8 %, new 3
    assert found == {("A", "X"): 1, ("A", "Y"): 1, ("B", "X"): 1, ("C", "few"): 1}
    assert sum(matrix["value"]) == D(255) and len(matrix) == 12
    assert sum(matrix["share"]) == pytest.approx(D(1))
    # Whose months nobody asked for is not called new.
    matrix = steadiness.matrix(ranked, cells.table(steadiness.COLUMNS, rows[:3]))
    told = {(row["abc"], row["xyz"]): row["count"] for row in cells.records(matrix)}
    assert told["C", "beyond"] == 1 and told["C", "few"] == 0 and len(matrix) == 15


def test_the_window_reaches_two_years_back_but_not_beyond_the_data() -> None:
    assert steadiness.window(YEAR, 202001) == Period(202301, 202412)
    assert steadiness.window(YEAR, 202311) == Period(202311, 202412)
    assert steadiness.window(Period(202001, 202002), 202311) == Period(202002, 202002)


def test_the_market_is_not_narrowed_to_a_product() -> None:
    scope = Scope(YEAR).only("product", "a")
    sold, market = steadiness.queries(scope, YEAR, ["a"], True)
    assert sold.by == ("month", "category", "product") and market.by == ("month", "category")
    assert market.scope.where == ()


def test_without_categories_all_other_products_tell_the_season() -> None:
    rows = [(m, p, D(v)) for m, v in zip(YEAR, [1, 3] * 6, strict=True) for p in "ab"]
    sold = cells.table(("month", "product", "net_sales"), rows)
    market = pd.DataFrame({"month": list(YEAR), "net_sales": [D(2 * v) for v in [1, 3] * 6]})
    table = steadiness.steadiness(sold, market.astype({"net_sales": object}), YEAR, False)
    assert table["season"].tolist() == ["all", "all"]
    assert table["cv"].tolist() == pytest.approx([0, 0])
