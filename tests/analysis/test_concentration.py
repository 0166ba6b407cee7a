"""Concentration by hand and as identities: HHI, CR3, classes, own history, the opening story."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis import cells, concentration, own_history
from chanplan.analysis.concentration_story import concentration_story
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Scope

D = Decimal
TINY = D("1e-18")


def answer(*values: object, names: str = "abcdefghijklmnopqrstuvwxyz") -> pd.DataFrame:
    rows = [(name, D(str(value))) for name, value in zip(names, values, strict=False)]
    return cells.table(("partner", "net_sales"), rows)


def test_by_hand() -> None:
    # 50, 30, 15, 5 of 100: HHI = 0.25 + 0.09 + 0.0225 + 0.0025 = 0.365
    table, found = concentration.members(answer(30, 50, 5, 15), "partner")
    assert found is not None
    assert table["member"].tolist() == ["b", "a", "d", "c"]
    assert found.hhi == D("0.365") and found.effective == 1 / D("0.365")
    assert (found.top, found.largest, found.members) == (D("0.95"), D("0.5"), 4)
    assert table["cumulative"].tolist() == [D("0.5"), D("0.8"), D("0.95"), D(1)]
    assert table["abc"].tolist() == ["A", "A", "B", "C"]  # 80 % and 95 % are reached exactly


def test_who_crosses_a_bound_belongs_to_the_class_before() -> None:
    table, found = concentration.members(answer(79, 10, 8, 3), "partner")
    assert table["abc"].tolist() == ["A", "A", "B", "C"]  # 79, 89, 97, 100 %
    assert found is not None
    assert found.classes == {"A": (2, D("0.89")), "B": (1, D("0.08")), "C": (1, D("0.03"))}


def test_returns_beyond_sales_have_no_share_and_stand_last() -> None:
    table, found = concentration.members(answer(-20, 60, 40, 0), "partner")
    assert table["member"].tolist() == ["b", "c", "d", "a"]
    assert table["share"].tolist() == [D("0.6"), D("0.4"), None, None]
    assert table["abc"].tolist() == ["A", "A", "C", "C"]
    assert found is not None and found.members == 2 and found.hhi == D("0.52")
    assert concentration.members(answer(-5, -1), "partner")[1] is None
    assert concentration.members(answer(), "partner")[1] is None


@given(st.lists(st.decimals("-1000", "1000000", places=2), min_size=1, max_size=26))
def test_identities(values: list[Decimal]) -> None:
    """Shares add up to 1, the running share ends at 1, 1/n ≤ HHI ≤ 1, classes add up."""
    table, found = concentration.members(answer(*values), "partner")
    shares = [share for share in table["share"] if share is not None]
    if found is None:
        assert all(value <= 0 for value in values) and shares == []
        return
    assert abs(sum(shares) - 1) < TINY
    running = [each for each in table["cumulative"] if each is not None]
    assert running[-1] == 1 and all(a <= b for a, b in pairwise(running))
    assert 1 / D(len(shares)) - TINY <= found.hhi <= 1 + TINY
    assert sum(count for count, _ in found.classes.values()) == len(values)
    assert abs(sum(share for _, share in found.classes.values()) - 1) < TINY


def test_what_names_nobody_is_no_member() -> None:
    """Half of the sales say no partner: that is not one partner who could leave."""
    frame = cells.table(("partner", "net_sales"), [("a", D(30)), (None, D(50)), ("b", D(20))])
    table, found = concentration.members(frame, "partner")
    assert table["share"].tolist() == [D("0.6"), D("0.4")]
    assert concentration.unnamed(frame, "partner") == D("0.5")
    assert found is not None and found.members == 2
    assert concentration.unnamed(answer(1, 2), "partner") is None


def test_of_very_many_members_the_largest_are_listed() -> None:
    """Two of 50 before a hundred of 1: what the store says of all stands beside the listed."""
    told = cells.table(
        ("members", "sales", "hhi", "top", "a_members", "a_share", "b_members", "b_share"),
        [(102, D(200), 0.1275, 0.505, 62, 0.8, 30, 0.15)],
    )
    table, found = concentration.members(answer(50, 50), "partner", told)
    assert found is not None
    assert table["share"].tolist() == [D("0.25"), D("0.25")]
    assert (found.members, found.listed, found.rest) == (102, 2, D("0.5"))
    assert (found.hhi, found.top, found.largest) == (D("0.1275"), D("0.505"), D("0.25"))
    assert found.classes["C"] == (10, D("0.05"))


def monthly(months: Period, *values: int) -> pd.DataFrame:
    """The same values every month."""
    rows = [(m, n, D(v)) for m in months for n, v in zip("abcd", values, strict=False) if v]
    return cells.table(("month", "partner", "net_sales"), rows)


def totals(frame: pd.DataFrame) -> pd.DataFrame:
    sums = cells.sums(cells.cells(frame, "month", "partner"), 0)
    return cells.table(("month", "net_sales"), [(*key, value) for key, value in sums.items()])


def test_the_course_by_hand() -> None:
    # January a alone, February a and b alike, March b alone; spans of two months
    frame = pd.concat([
        monthly(Period(202401, 202401), 10), monthly(Period(202402, 202402), 10, 10),
        monthly(Period(202403, 202403), 0, 10),
    ])  # fmt: skip
    spans = own_history.course(frame, totals(frame), "partner", Period(202402, 202403))
    # to February a 20, b 10: 900 / 500; to March a 10, b 20: the same
    assert spans == {202402: D(900) / D(500), 202403: D(900) / D(500)}


def test_a_span_with_a_month_without_sales_is_not_told() -> None:
    frame = pd.concat([monthly(Period(202401, 202402), 10), monthly(Period(202404, 202404), 10)])
    spans = own_history.course(frame, totals(frame), "partner", Period(202403, 202404))
    assert spans == {202402: D(1)}


def test_where_cells_are_cut_the_total_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = monthly(Period(202401, 202401), 30, 10)
    monkeypatch.setattr(own_history, "MOST_ROWS", 2)
    frame = pd.concat([frame, cells.table(tuple(frame.columns), [(202401, None, D(7))])])
    rest = cells.table(("month", "net_sales"), [(202401, D(107))])
    spans = own_history.course(frame, rest, "partner", Period(202401, 202401))
    assert spans == {202401: D(100) * 100 / (900 + 100)}


def spans(*values: object) -> dict[int, Decimal]:
    months = [shift(202412, at + 1 - len(values)) for at in range(len(values))]
    return {month: D(str(value)) for month, value in zip(months, values, strict=True)}


def verdict(*values: object) -> str | None:
    found = own_history.standing(spans(*values), 202412)
    return None if found is None else found.verdict


def test_today_among_the_spans_before() -> None:
    before = [5, 6] * 12
    usual = own_history.standing(spans(*before, "5.5"), 202412)
    assert usual == own_history.Standing(12, 12, D(5), D(6), "ordinary")
    # the median is 5.5, the spread 1.4826 × 0.5 = 0.74: four of them are 2.97
    assert verdict(*before, "2.5") == "more"
    assert verdict(*before, "3.0") == "ordinary"
    assert verdict(*before, "9") == "less"
    assert verdict(*before[:5], "9") == "short"
    assert own_history.standing(spans(*before), 202501) is None


def test_a_steady_company_is_hardly_ever_unusual() -> None:
    """300 companies of eight channels, months up and down by a sixth, spans of a quarter: at
    most 3 % are called (measured: about one in a hundred)."""
    random, called = np.random.default_rng(11), 0
    for _ in range(300):
        mix = random.dirichlet(np.full(8, 3.0)) * 1_000
        sold = mix * np.exp(0.15 * random.standard_normal((27, 8)))
        sums = np.stack([sold[at : at + 3].sum(0) for at in range(25)])
        shares = sums / sums.sum(1, keepdims=True)
        found = own_history.standing(spans(*(1 / (shares**2).sum(1))), 202412)
        called += found is not None and found.verdict in ("more", "less")
    assert called / 300 <= 0.03


def test_questions_ask_for_the_largest_only() -> None:
    scope = Scope(Period(202401, 202412))
    asked = concentration.query(scope, "customer")
    assert (asked.order, asked.limit) == ("net_sales", concentration.MOST_ROWS)
    by_month, _ = own_history.queries(scope, "partner")
    assert by_month.scope.period == Period(202201, 202412)


def codes(*values: object, usual: own_history.Standing | None = None) -> list[str]:
    table, found = concentration.members(answer(*values), "partner")
    return [each.code for each in concentration_story(table, found, usual, "partner")]


def test_the_story_tells_what_names_nobody() -> None:
    table, found = concentration.members(answer(50, 30), "partner")
    told = concentration_story(table, found, None, "partner", D("0.25"))
    assert [each.code for each in told] == ["hangs_on_few", "unnamed"]
    assert len(concentration_story(table, found, None, "partner", D("0.001"))) == 1


def test_the_story() -> None:
    more = own_history.Standing(0, 24, D(5), D(6), "more")
    assert codes(50, 30, 15, 5, usual=more) == ["hangs_on", "usual_more"]
    assert codes(50, 30) == ["hangs_on_few"]
    assert codes(50) == ["stands_alone"]
    assert codes(-1, -2) == ["negative_total"]
    assert codes() == ["no_sales"]
    nothing_before = own_history.Standing(0, 0, None, None, "short")
    assert codes(50, 30, usual=nothing_before) == ["hangs_on_few"]
