"""The preference index, its judgement and its ranking: by hand, and as identities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis import cells, fit, fit_judging
from chanplan.analysis.fit_story import fit_story
from chanplan.analysis.white_space import COLUMNS as SPACE_COLUMNS
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal
TINY = D("1e-18")
YEAR = Period(202401, 202412)
NO_SPACE = cells.table(SPACE_COLUMNS, [])


def frame(names: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    """Rows as the workspace answers them, the last column as Decimals."""
    columns = [*names.split(), "net_sales"]
    return cells.table(columns, [(*row[:-1], D(str(row[-1]))) for row in rows])


def indexed(*rows: tuple[str | None, str | None, object]) -> pd.DataFrame:
    """The indices of cells (channel, category, sales) that are all there is."""
    sold = frame("channel category", *rows)
    totals = cells.sums(cells.cells(sold, "channel", "category"), 0)
    channels = frame("channel", *((*key, value) for key, value in totals.items()))
    return fit.indices(sold, channels, "category")


def cell(table: pd.DataFrame, channel: str, item: str) -> dict[str, Any]:
    rows = cells.records(table)
    return next(row for row in rows if (row["channel"], row["item"]) == (channel, item))


# A sells 60 of x and 20 of y, B sells 40 of x and 80 of y: x and y are 100 of 200 each.
BOOK = (("A", "x", 60), ("A", "y", 20), ("B", "x", 40), ("B", "y", 80))


def test_the_index_by_hand() -> None:
    table = indexed(*BOOK)
    assert table["channel"].tolist() == ["B", "B", "A", "A"]  # the larger channel first
    a_x = cell(table, "A", "x")
    assert (a_x["share"], a_x["overall"], a_x["index"]) == (D("0.75"), D("0.5"), D(150))
    assert (a_x["expected"], a_x["gap"], a_x["verdict"]) == (D(40), D(20), "unjudged")
    assert cell(table, "B", "x")["index"] == D(100) * 40 / 120 / D("0.5")
    assert cell(table, "B", "x")["gap"] == D(-20)


def test_what_is_not_sold_is_a_cell_and_what_has_no_name_is_none() -> None:
    table = indexed(("A", "x", 50), ("B", "y", 50), (None, "x", 100), ("A", None, 50))
    assert {(row["channel"], row["item"]) for row in cells.records(table)} == {
        ("A", "x"), ("A", "y"), ("B", "x"), ("B", "y"),
    }  # fmt: skip
    unsold = cell(table, "A", "y")
    # y is 50 of 250, A 100 of 250: 20 were expected
    assert (unsold["value"], unsold["index"], unsold["expected"]) == (0, 0, D(20))


def test_a_cell_below_the_floor_is_small() -> None:
    # expected of (A, x): 100 × 4 / 10,004 = 0.04, below 0.05 % of all sales = 5.0
    table = indexed(("A", "x", 4), ("A", "y", 96), ("B", "y", 9904))
    assert cell(table, "A", "x")["verdict"] == "small"
    assert cell(table, "A", "y")["verdict"] == "unjudged"


def test_items_of_which_every_cell_is_small_are_not_looked_at() -> None:
    """Of 10,000 the floor is 5; in A, which sells nine tenths, an item of 6 has 5.4, one of 5
    has 4.5 at most."""
    items = frame("category", ("x", 9989), ("y", 6), ("z", 5), (None, 0))
    channels = frame("channel", ("A", 9000), ("B", 1000))
    assert fit.worth_a_look(items, channels, "category", 0) == ["x", "y"]
    assert fit.worth_a_look(items, channels, "category", 3) == ["x", "y", "z"]
    table = indexed(("A", "x", 8995), ("A", "z", 5), ("B", "x", 1000))
    assert {row["verdict"] for row in cells.records(table) if row["item"] == "z"} == {"small"}


def test_without_a_positive_total_there_is_no_index() -> None:
    table = indexed(("A", "x", -5), ("B", "x", -1))
    assert table["index"].tolist() == [None, None]
    assert set(table["verdict"]) == {"unknown"}
    returned = cell(indexed(("A", "x", -5), ("B", "x", 50)), "A", "x")
    assert returned["verdict"] == "unknown"


NAMES = st.sampled_from(["a", "b", "c", None])
SOME = st.decimals("0", "100000", places=2)


@given(st.lists(st.tuples(NAMES, NAMES, SOME), min_size=1, max_size=14))
def test_an_items_indices_weighted_by_the_channels_shares_give_100(
    rows: list[tuple[str | None, str | None, Decimal]],
) -> None:
    """Σ (channel's share of all sales × index) = 100 for each item; unnamed channels have the
    part that is missing. Gaps of an item over all channels add up to nothing."""
    table = indexed(*rows)
    known = cells.cells(frame("channel category", *rows), "channel", "category")
    totals, whole = cells.sums(known, 0), sum(known.values(), D(0))
    for item in set(table["item"]):
        own = [row for row in cells.records(table) if row["item"] == item]
        size = cells.sums(known, 1)[item,]
        if whole <= 0 or size <= 0:
            assert all(row["index"] is None for row in own)
            continue
        weighted = sum(
            totals[row["channel"],] / whole * row["index"]
            for row in own
            if row["index"] is not None
        )
        unnamed = known.get((None, item), D(0)) / size * 100
        assert abs(weighted + unnamed - 100) < TINY
        if (None, item) not in known and (None,) not in totals:
            assert abs(sum(row["gap"] or 0 for row in own)) < TINY * 10**6


def judged(*indices: int, of_period: int | None = None, period: Period = YEAR) -> dict[str, Any]:
    own = {month: D(each) for month, each in zip(YEAR, indices, strict=False)}
    middle = of_period if of_period is not None else sum(indices) / len(indices)
    return fit_judging.judgement(D(str(middle)), own, period)


def test_a_deviation_is_judged_by_the_cells_own_months() -> None:
    # 110 and 130 by turns: mean 120, standard deviation √(12 × 100 / 11) = 10.445
    steady = judged(*[110, 130] * 6)
    assert steady["verdict"] == "strong"
    assert float(steady["z"]) == pytest.approx(20 * 12**0.5 / (1200 / 11) ** 0.5)
    assert float(steady["low"]) == pytest.approx(120 - (1200 / 11) ** 0.5)
    # the same 20 points, but months between 20 and 220
    assert judged(*[20, 220] * 6)["verdict"] == "ordinary"
    assert judged(*[80, 60] * 6)["verdict"] == "weak"


def test_one_month_is_judged_by_its_own_spread_not_by_the_mean_s() -> None:
    months = [95, 105] * 5 + [95, 112]
    december = Period(202412, 202412)
    assert judged(*months, of_period=112, period=december)["verdict"] == "ordinary"
    assert judged(*months[:-1], 160, of_period=160, period=december)["verdict"] == "strong"


def test_months_that_are_all_alike_are_no_certainty() -> None:
    assert judged(*[100] * 12, of_period=100)["verdict"] == "ordinary"
    # the least spread is one point: 100.5 is half a point over twelve months, z = 1.73
    assert judged(*[100] * 12, of_period=100).get("z") == 0
    half = fit_judging.judgement(D("100.5"), {month: D("100.5") for month in YEAR}, YEAR)
    assert half["verdict"] == "ordinary"


def test_too_few_months_and_too_few_sales_are_told() -> None:
    assert judged(*[150] * 11)["verdict"] == "short"
    assert judged(*[0] * 7, *[400] * 5)["verdict"] == "seldom"
    assert judged(*[0] * 12)["verdict"] == "weak"  # not sold at all: that is a fact
    elsewhere = Period(202501, 202501)
    assert judged(*[150] * 12, period=elsewhere)["verdict"] == "short"


def test_monthly_indices_by_hand_and_a_month_without_shares_is_left_out() -> None:
    sold = frame(
        "month channel category",
        (202401, "A", "x", 60), (202401, "A", "y", 20), (202401, "B", "x", 40),
        (202401, "B", "y", 80), (202402, "A", "x", -1), (202402, "B", "x", 1),
    )  # fmt: skip
    totals = frame(
        "month channel",
        (202401, "A", 80), (202401, "B", 120), (202402, "A", -1), (202402, "B", 1),
    )  # fmt: skip
    monthly = fit_judging.monthly_indices(sold, totals, "category")
    assert monthly["A", "x"] == {202401: D(150)}
    assert set(monthly) == {("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")}


def test_a_quiet_company_has_few_preferences() -> None:
    """40 companies of 6 × 5 cells whose channels all buy alike, months up and down by a fifth:
    at most 3 % of the cells are called (measured: about 1 %)."""
    random, called, looked_at = np.random.default_rng(7), 0, 0
    for _ in range(40):
        mix = random.dirichlet(np.full(5, 6.0))[None, None] * random.uniform(1, 9, (1, 6, 1))
        sold = mix * np.exp(0.2 * random.standard_normal((12, 6, 5))) * 1_000
        shares = sold.sum(0) / sold.sum(0).sum(1, keepdims=True)
        period = 100 * shares / (sold.sum((0, 1)) / sold.sum())
        within = sold / sold.sum(2, keepdims=True)
        each = 100 * within / (sold.sum(1) / sold.sum((1, 2))[:, None])[:, None]
        for channel, item in np.ndindex(6, 5):
            own = {m: D(str(x)) for m, x in zip(YEAR, each[:, channel, item], strict=True)}
            told = fit_judging.judgement(D(str(period[channel, item])), own, YEAR)
            called += told["verdict"] in ("strong", "weak")
            looked_at += 1
    assert called / looked_at <= 0.03


def decided(*rows: tuple[str, str, int, str]) -> pd.DataFrame:
    """Rows (channel, item, gap, verdict) of a judged table."""
    told = [
        (
            c,
            i,
            D(100),
            D(100) - gap,
            D(gap),
            D("0.1"),
            D("0.2"),
            D(50),
            12,
            D(1),
            D(2),
            D(3),
            verdict,
        )
        for c, i, gap, verdict in rows
    ]
    return cells.table(fit.COLUMNS, told)


def test_ranked_by_money_and_only_what_is_sure() -> None:
    table = decided(
        ("A", "x", 9, "strong"), ("B", "x", 90, "ordinary"), ("C", "x", 30, "strong"),
        ("A", "y", -5, "weak"), ("B", "y", -50, "weak"), ("C", "y", -99, "small"),
    )  # fmt: skip
    assert fit.best(table, 5)["gap"].tolist() == [D(30), D(9)]
    assert fit.worst(table, 1)["channel"].tolist() == ["B"]


def test_the_items_of_most_money_are_judged_after_those_shown() -> None:
    table = decided(("A", "x", 1, "unjudged"), ("A", "y", -70, "unjudged"), ("A", "z", 9, "small"))
    assert fit.to_judge(table, ["shown"]) == ["shown", "y", "x"]


def test_filters_on_channel_and_product_do_not_narrow_what_is_compared_with() -> None:
    scope = Scope(YEAR).only("channel", "A").only("product", "p").only("region", "r")
    assert fit.channels_query(scope).scope.where == (("region", ("r",)),)
    kept = fit.cells_query(scope, "category", ["x"]).scope.where
    assert dict(kept) == {"region": ("r",), "category": ("x",)}


def test_the_story_tells_the_larger_side_first() -> None:
    table = decided(("A", "x", 9, "strong"), ("B", "y", -50, "weak"))
    found = fit_story(table, NO_SPACE, "category")
    assert [each.code for each in found] == ["fit_worst", "fit_best"]
    assert found[0].values["size"] == D(50) and found[0].values["item"] == "y"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (decided(), "no_sales"),
        (decided(("A", "x", 9, "strong")), "fit_one_channel"),
        (decided(("A", "x", 9, "ordinary"), ("B", "x", 9, "seldom")), "fit_ordinary"),
        (decided(("A", "x", 9, "short"), ("B", "x", 9, "short")), "fit_short"),
        (decided(("A", "x", 9, "unknown"), ("B", "x", 9, "unknown")), "negative_total"),
    ],
)
def test_the_story_where_nothing_stands_out(table: pd.DataFrame, code: str) -> None:
    assert [each.code for each in fit_story(table, NO_SPACE, "product")] == [code]
