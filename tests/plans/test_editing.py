"""A plan edited by hand: what was typed stays, and the rest makes up for it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanplan.domain.errors import TargetError
from chanplan.plans.editing import Draft, freed, held, typed, with_total
from chanplan.plans.splitting import Lock, split

D = Decimal
A, B = ("A",), ("B",)
JANUARY, FEBRUARY = 202601, 202602


@pytest.fixture
def draft() -> Draft:
    """Two members with 100 a month each."""
    return Draft(split(2026, D(2400), [A, B], {}, "even"))


def test_the_sums_of_members_and_months_stay(draft: Draft) -> None:
    found = typed(draft, {(A, JANUARY): D(150)})
    assert found.split.cells[JANUARY, A] == 150 and found.locks == (Lock(A, D(150), (JANUARY,)),)
    assert found.split.cells[JANUARY, B] == 50  # the month stays 200
    assert (found.split.sum_of(A), found.split.sum_of(B), found.total) == (1200, 1200, 2400)
    assert {found.split.sum_of((), [month]) for month in found.split.months} == {200}


def test_the_total_may_follow_and_nothing_else_moves(draft: Draft) -> None:
    found = typed(draft, {(A, JANUARY): D(150)}, keep_total=False)
    assert found.total == 2450
    assert {v for at, v in found.split.cells.items() if at != (JANUARY, A)} == {100}
    year = typed(found, {(A, None): D(1300)}, keep_total=False)
    assert year.split.sum_of(A) == 1300 and year.split.sum_of(B) == 1200
    assert year.split.cells[JANUARY, A] == 150  # locked before


def test_a_member_s_year(draft: Draft) -> None:
    found = typed(draft, {(A, None): D(1500)})
    assert (found.split.sum_of(A), found.split.sum_of(B)) == (1500, 900)
    assert found.split.cells[FEBRUARY, A] == 125
    more = with_total(found, D(3000))
    assert (more.split.sum_of(A), more.split.sum_of(B)) == (1500, 1500)
    assert with_total(freed(more, []), D(6000)).split.sum_of(A) == 3000
    assert held(draft, B).locks == (Lock(B, D(1200)),)


def test_the_later_word_on_a_cell_counts_and_a_negative_one_is_refused(draft: Draft) -> None:
    twice = typed(typed(draft, {(A, JANUARY): D(150)}), {(A, JANUARY): D(90)})
    assert twice.split.cells[JANUARY, A] == 90 and len(twice.locks) == 1
    with pytest.raises(TargetError):
        typed(draft, {(A, JANUARY): D(-1)})
    with pytest.raises(TargetError):
        typed(draft, {(A, None): D(2401)})
