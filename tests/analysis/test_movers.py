"""The biggest movers both ways, and others to the cent."""

from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis import movers
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal
AMOUNTS = st.decimals("-99999999", "99999999", places=4)


def answer(sides: list[tuple[object, object]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "product": [f"p{at:02}" for at in range(len(sides))],
            "net_sales": pd.Series([now for now, _ in sides], dtype=object),
            "net_sales__base": pd.Series([base for _, base in sides], dtype=object),
        }
    )


def changed(*changes: int) -> pd.DataFrame:
    """Products that all sold 100 and changed by these amounts."""
    return answer([(D(100 + change), D(100)) for change in changes])


def test_the_question() -> None:
    asked = movers.query(Scope(Period(202401, 202403)), "product", "previous")
    assert (asked.measures, asked.by, asked.compare) == (("net_sales",), ("product",), "previous")


def test_rises_then_falls_then_others() -> None:
    shown = movers.movers(changed(1, 50, -3, 20, -40, 0, -20), "product", each=2)
    assert shown["change"].tolist() == [D(50), D(20), D(-20), D(-40), D(-2)]
    assert shown["member"].tolist() == ["p01", "p03", "p06", "p04", None]
    assert shown["is_others"].tolist() == [False] * 4 + [True]
    assert shown["count"].iloc[-1] == 3
    assert sum(shown["change"]) == D(8)
    assert sum(shown["contribution"]) == D(8) / D(700)


def test_a_single_other_keeps_its_name() -> None:
    shown = movers.movers(changed(3, 2, 1), "product", each=2)
    assert shown["member"].tolist() == ["p00", "p01", "p02"]


def test_who_did_not_move_is_among_others() -> None:
    shown = movers.movers(changed(5, 0), "product")
    assert shown["is_others"].tolist() == [False, True]
    assert shown["value"].tolist() == [D(105), D(100)]


def test_without_a_base_nobody_moved() -> None:
    shown = movers.movers(answer([(D(1), None), (D(2), None)]), "product")
    assert len(shown) == 0
    assert "change" in shown.columns
    assert len(movers.movers(answer([]), "product")) == 0


def test_came_and_went() -> None:
    shown = movers.movers(answer([(D(7), None), (None, D(9))]), "product")
    assert shown["change"].tolist() == [D(7), D(-9)]


SIDES = st.lists(
    st.tuples(st.one_of(st.none(), AMOUNTS), st.one_of(st.none(), AMOUNTS)), max_size=40
)


@given(SIDES, st.integers(1, 6))
def test_movers_and_others_are_exactly_the_change(
    sides: list[tuple[Decimal | None, Decimal | None]], each: int
) -> None:
    shown = movers.movers(answer(list(sides)), "product", each=each)
    if all(base is None for _, base in sides):
        assert len(shown) == 0
        return
    now = sum((side[0] or D(0) for side in sides), D(0))
    base = sum((side[1] or D(0) for side in sides), D(0))
    assert sum(shown["change"], D(0)) == now - base
    assert len(shown) <= 2 * each + 1
    asked = sum(1 for side in sides if side != (None, None))
    assert int(shown["count"].sum()) == asked
    named = shown[~shown["is_others"]]["change"].tolist()
    assert named == sorted(named, reverse=True)
