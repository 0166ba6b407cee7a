"""Shares, growth and contribution, by hand and as identities."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis import shares

D = Decimal
AMOUNTS = st.decimals("-1000000", "1000000", places=4)
SOME = st.one_of(st.none(), AMOUNTS)
# Division leaves a remainder in the 28th digit; nothing a reader could see.
TINY = D("1e-18")


def answer(*rows: tuple[str | None, str | None, str | None]) -> pd.DataFrame:
    """Rows of (channel, net sales, base) as the workspace answers them."""
    names = ("channel", "net_sales", "net_sales__base")
    cells = [(row[0], *(None if x is None else D(x) for x in row[1:])) for row in rows]
    return pd.DataFrame(
        {name: [c[at] for c in cells] for at, name in enumerate(names)}, dtype=object
    )


def test_by_hand() -> None:
    shown = shares.shares(answer(("京东", "300", "200"), ("天猫", "500", "600")), "channel")
    assert shown["member"].tolist() == ["天猫", "京东"]
    assert shown["change"].tolist() == [D(-100), D(100)]
    assert shown["share"].tolist() == [D("0.625"), D("0.375")]
    assert shown["base_share"].tolist() == [D("0.75"), D("0.25")]
    assert shown["share_change"].tolist() == [D("-0.125"), D("0.125")]
    assert shown["growth"].tolist() == [D(-100) / D(600), D("0.5")]
    assert shown["contribution"].tolist() == [D("-0.125"), D("0.125")]


def test_without_a_base_nothing_is_compared() -> None:
    shown = shares.shares(answer(("a", "1", None), ("b", "3", None)), "channel")
    assert shown["share"].tolist() == [D("0.75"), D("0.25")]
    for name in ("base", "change", "base_share", "share_change", "growth", "contribution"):
        assert shown[name].tolist() == [None, None]


def test_a_question_without_comparison_is_the_same() -> None:
    frame = answer(("a", "1", None)).drop(columns="net_sales__base")
    assert shares.shares(frame, "channel")["growth"].tolist() == [None]


def test_who_is_absent_on_one_side_sold_nothing_there() -> None:
    shown = shares.shares(answer(("came", "10", None), ("went", None, "40")), "channel")
    assert shown["value"].tolist() == [D(10), D(0)]
    assert shown["base"].tolist() == [D(0), D(40)]
    assert shown["growth"].tolist() == [None, D(-1)]
    assert shown["contribution"].tolist() == [D("0.25"), D(-1)]


def test_a_base_of_zero_or_less_gives_no_growth() -> None:
    shown = shares.shares(answer(("a", "5", "0"), ("b", "4", "-3")), "channel")
    assert shown["growth"].tolist() == [None, None]
    assert shown["contribution"].tolist() == [None, None]
    assert shown["change"].tolist() == [D(5), D(7)]


def test_all_returns_have_no_shares() -> None:
    shown = shares.shares(answer(("a", "-5", "10"), ("b", "-1", "10")), "channel")
    assert shown["member"].tolist() == ["b", "a"]
    assert shown["share"].tolist() == [None, None]
    assert shown["growth"].tolist() == [D("-1.1"), D("-1.5")]


def test_not_stated_is_a_member_and_unknown_on_both_sides_is_not() -> None:
    frame = answer((None, "2", "1"), ("a", "2", "1"), ("mixed", None, None))
    assert shares.shares(frame, "channel")["member"].tolist() == ["a", None]
    as_text = frame.astype({"channel": "str"})
    assert shares.shares(as_text, "channel")["member"].tolist() == ["a", None]


def test_an_empty_answer() -> None:
    shown = shares.shares(answer(), "channel")
    assert list(shown.columns) == list(shares.COLUMNS)
    assert len(shares.folded(shown)) == 0


def test_folding_keeps_the_sum_and_names_a_single_one() -> None:
    shown = shares.shares(answer(*((f"m{at}", str(10 - at), "1") for at in range(5))), "channel")
    folded = shares.folded(shown, most=3)
    assert folded["is_others"].tolist() == [False, False, False, True]
    assert folded["value"].tolist() == [D(10), D(9), D(8), D(13)]
    assert (folded["count"].iloc[-1], folded["base"].iloc[-1]) == (2, D(2))
    assert len(shares.folded(shown, most=4)) == 5
    assert not shares.folded(shown, most=4)["is_others"].any()


@given(st.lists(st.tuples(SOME, SOME), min_size=1, max_size=25), st.integers(1, 12))
def test_members_sum_to_the_total(
    sides: list[tuple[Decimal | None, Decimal | None]], most: int
) -> None:
    rows = {f"m{at}": side for at, side in enumerate(sides)}
    frame = pd.DataFrame(
        {
            "channel": list(rows),
            "net_sales": pd.Series([now for now, _ in rows.values()], dtype=object),
            "net_sales__base": pd.Series([base for _, base in rows.values()], dtype=object),
        }
    )
    now = sum((side[0] or D(0) for side in sides), D(0))
    base = sum((side[1] or D(0) for side in sides), D(0))
    shown = shares.folded(shares.shares(frame, "channel"), most)
    assert sum(shown["value"], D(0)) == now
    if all(side[1] is None for side in sides):
        assert shown["change"].isna().all()
        return
    assert sum(shown["change"], D(0)) == now - base
    if base > 0:
        assert sum(shown["contribution"], D(0)) == pytest.approx((now - base) / base, abs=TINY)
    if now > 0:
        assert sum(shown["share"], D(0)) == pytest.approx(D(1), abs=TINY)


def test_places_risen_and_fallen() -> None:
    """Now 抖音 90, 天猫 80, 京东 50; before 天猫 100, 京东 60, 抖音 nothing; so 抖音 has no place
    to have risen from, and of the two others each stands one lower than before."""
    frame = pd.DataFrame(
        {
            "channel": ["天猫", "京东", "抖音"],
            "net_sales": pd.Series([D(80), D(50), D(90)], dtype=object),
            "net_sales__base": pd.Series([D(100), D(60), None], dtype=object),
        }
    )
    shown = shares.shares(frame, "channel")
    assert shown["member"].tolist() == ["抖音", "天猫", "京东"]
    assert shares.ranks(shown) == [None, -1, -1]
