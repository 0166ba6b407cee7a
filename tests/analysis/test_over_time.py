"""Members by month with others, and the window that a trend needs."""

from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis import over_time
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal


def answer(*rows: tuple[int, str | None, str]) -> pd.DataFrame:
    columns = {"month": [row[0] for row in rows], "channel": [row[1] for row in rows]}
    return pd.DataFrame({**columns, "net_sales": pd.Series([D(r[2]) for r in rows], dtype=object)})


def test_the_window_reaches_back_to_last_year() -> None:
    assert over_time.window(Period(202403, 202403)) == Period(202303, 202403)
    assert over_time.window(Period(202201, 202403)) == Period(202201, 202403)
    asked = over_time.query(Scope(Period(202401, 202403)), "channel")
    assert (asked.by, asked.scope.period) == (("month", "channel"), Period(202303, 202403))


def test_by_hand() -> None:
    shown = over_time.by_month(
        answer((202402, "b", "1"), (202401, "a", "3"), (202401, "b", "1")), "channel"
    )
    assert shown[["month", "member"]].values.tolist() == [
        [202401, "a"], [202401, "b"], [202402, "b"],
    ]  # fmt: skip
    assert shown["total"].tolist() == [D(4), D(4), D(1)]
    assert shown["share"].tolist() == [D("0.75"), D("0.25"), D(1)]


def test_others_are_the_smallest_over_all_months() -> None:
    rows = [(202401, "a", "9"), (202401, "b", "5"), (202401, None, "2"), (202402, "c", "1")]
    shown = over_time.by_month(answer(*rows), "channel", most=2)
    others = shown[shown["is_others"]]
    assert others[["month", "value", "count"]].values.tolist() == [
        [202401, D(2), 2], [202402, D(1), 2],
    ]  # fmt: skip


def test_a_month_of_returns_has_no_shares() -> None:
    shown = over_time.by_month(answer((202401, "a", "-3"), (202401, "b", "1")), "channel")
    assert shown["share"].tolist() == [None, None]


def test_an_empty_answer() -> None:
    assert list(over_time.by_month(answer(), "channel").columns) == list(over_time.COLUMNS)


CELLS = st.dictionaries(
    st.tuples(st.sampled_from([202401, 202402, 202403]), st.sampled_from("abcdefgh")),
    st.decimals("-9999", "9999", places=4),
    max_size=24,
)


@given(CELLS, st.integers(1, 7))
def test_each_month_sums_to_its_total(cells: dict[tuple[int, str], Decimal], most: int) -> None:
    frame = answer(*((month, member, str(value)) for (month, member), value in cells.items()))
    shown = over_time.by_month(frame, "channel", most=most)
    for month, part in shown.groupby("month"):
        expected = sum((v for (m, _), v in cells.items() if m == month), D(0))
        assert sum(part["value"], D(0)) == expected == part["total"].iloc[0]


def test_the_same_as_a_table_by_member() -> None:
    """b sells 5 + 1, a 2 alone in March; the smallest two are told as others."""
    frame = pd.DataFrame(
        {
            "month": [202402, 202403, 202403, 202402, 202402],
            "channel": ["b", "b", "a", "c", "d"],
            "net_sales": [D(5), D(1), D(2), D("0.5"), D("0.25")],
        }
    )
    kept, months = over_time.by_member(over_time.by_month(frame, "channel", most=2))
    assert kept == [("b", False, 1), ("a", False, 1), (None, True, 2)]
    assert [(each.month, each.values, each.total) for each in months] == [
        (202402, (D(5), None, D("0.75")), D("5.75")),
        (202403, (D(1), D(2), None), D(3)),
    ]
    assert over_time.by_member(over_time.by_month(frame.iloc[:0], "channel")) == ([], [])
