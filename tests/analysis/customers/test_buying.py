"""BG/NBD and gamma–gamma: the published figures, and the formulas held against plain integrals."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

from chanplan.analysis.customers import buying, spending
from chanplan.analysis.customers.buying import Buying

PUBLISHED = Buying(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)


def sample(shared: Path) -> pd.DataFrame:
    return pd.read_csv(shared / "cdnow" / "cdnow_customers_summary_with_transactions.csv")


def test_the_published_sample_gives_the_published_parameters(shared: Path) -> None:
    told = pd.read_csv(shared / "cdnow" / "cdnow_customers_summary.csv")
    found, place = buying.cells(told["frequency"], told["recency"], told["T"])
    model = buying.fit(found)
    figures = (model.r, model.alpha, model.a, model.b)
    assert [f"{each:.3f}" for each in figures] == ["0.243", "4.414", "0.793", "2.426"]
    assert f"{model.likelihood:.1f}" == "-9582.4"
    assert model.customers == 2357 and len(place) == 2357 and not model.at_bound
    # Fader, Hardie, Lee (2005), page 280: x = 2, t_x = 30.43, T = 38.86 buys 1.226 in 39 weeks.
    one, _ = buying.cells([2], [30.43], [38.86])
    assert buying.expected(PUBLISHED, one, 39)[0] == pytest.approx(1.226, abs=5e-4)


def test_the_published_spend_comes_out(shared: Path) -> None:
    told = sample(shared)
    model = spending.fit(told["x"], told["zbar"])
    assert model is not None and model.customers == 946
    assert (model.p, model.q) == (pytest.approx(6.25, abs=0.005), pytest.approx(3.74, abs=0.005))
    # The exact optimum of the file is 15.448; the paper prints 15.44.
    assert model.gamma == pytest.approx(15.44, abs=0.01)
    at_printed = spending.likelihood(np.array([6.25, 3.74, 15.44]), *_spent(told))[0]
    assert 0 <= model.likelihood - at_printed < 0.01


def _spent(told: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    rows = told[told["x"] > 0]
    return rows["x"].to_numpy(float), rows["zbar"].to_numpy(float)


@pytest.mark.parametrize(
    ("x", "last", "age"), [(0, 0, 30), (2, 30.4, 38.9), (80, 50, 52), (900, 103, 104)]
)
@pytest.mark.parametrize("a", [0.793, 1.0, 3.5])
def test_expected_purchases_are_the_plain_integral(
    x: float, last: float, age: float, a: float
) -> None:
    """E[X(t) | λ, p] = (1 − e^(−λpt)) / p, averaged over gamma rates and beta leavings."""
    model = Buying(0.243, 4.414, a, 2.426, 0.0, 1)
    one, _ = buying.cells([x], [last], [age])
    leaves = stats.beta(model.a, model.b + x)

    def bought(u: float, weeks: float) -> float:
        p = leaves.ppf(u)
        return (1 - (1 + p * weeks / (model.alpha + age)) ** -(model.r + x)) / p

    for weeks in (13.0, 52.0):
        mean = integrate.quad(bought, 0, 1, args=(weeks,), limit=300)[0]
        told = buying.expected(model, one, weeks)[0]
        assert told == pytest.approx(buying.active(model, one)[0] * mean, rel=1e-4)


def test_the_probability_of_buying_again_is_the_plain_integral() -> None:
    one, _ = buying.cells([3], [20], [40])
    rates = stats.gamma(PUBLISHED.r + 3, scale=1 / (PUBLISHED.alpha + 40))
    some = integrate.quad(lambda u: 1 - np.exp(-rates.ppf(u) * 10), 0, 1)[0]
    told = buying.again(PUBLISHED, one, 10)[0]
    assert told == pytest.approx(buying.active(PUBLISHED, one)[0] * some, rel=1e-6)


def test_slopes_are_the_differences() -> None:
    found, _ = buying.cells([0, 1, 2, 9, 300], [0, 3, 20, 30, 99], [10, 20, 40, 39, 100])
    at = np.array([0.4, 5.0, 0.9, 2.0])
    for place, step in enumerate(np.eye(4) * 1e-5):
        up, down = (buying.likelihood(at + sign * step, found)[0] for sign in (1, -1))
        assert buying.likelihood(at, found)[1][place] == pytest.approx((up - down) / 2e-5, rel=1e-5)
    x, mean, at = np.array([1.0, 3, 9]), np.array([2.0, 0.4, 1.1]), np.array([2.0, 3.0, 0.7])
    for place, step in enumerate(np.eye(3) * 1e-6):
        up, down = (spending.likelihood(at + sign * step, x, mean)[0] for sign in (1, -1))
        told = spending.likelihood(at, x, mean)[1][place]
        assert told == pytest.approx((up - down) / 2e-6, rel=1e-5)


def test_cells_count_customers_alike_once() -> None:
    found, place = buying.cells([1, 0, 1, 0], [5, 0, 5, 0], [9, 9, 9, 8])
    assert found.count.tolist() == [1, 1, 2] and found.count.sum() == 4
    assert found.x[place].tolist() == [1, 0, 1, 0] and found.age[place].tolist() == [9, 9, 9, 8]
    with pytest.raises(ValueError, match="no customers"):
        buying.fit(buying.cells([], [], [])[0])


def test_planted_parameters_come_out_and_longer_sees_more() -> None:
    made = np.random.default_rng(7)
    rates, leaves = made.gamma(0.8, 1 / 6, 6000), made.beta(0.9, 3.0, 6000)
    rows = []
    for rate, leave in zip(rates, leaves, strict=True):
        at, x, last = 0.0, 0, 0.0
        while (at := at + made.exponential(1 / rate)) < 60:
            x, last = x + 1, at
            if made.random() < leave:
                break
        rows.append((x, round(last, 1), 60.0))
    found, _ = buying.cells(*zip(*rows, strict=True))
    model = buying.fit(found)
    assert (model.r, model.alpha) == (pytest.approx(0.8, rel=0.15), pytest.approx(6, rel=0.2))
    assert model.a / (model.a + model.b) == pytest.approx(0.9 / 3.9, rel=0.15)
    ahead = [buying.expected(model, found, weeks) for weeks in (4.0, 13.0, 52.0)]
    assert all((more > less).all() for less, more in pairwise(ahead))
    assert (buying.again(model, found, 52.0) <= buying.active(model, found)).all()


def test_nobody_leaves_and_nobody_returns_are_fitted_without_a_fault() -> None:
    once = buying.fit(buying.cells([0] * 50, [0] * 50, list(range(50)))[0])
    one, _ = buying.cells([0], [0], [20])
    assert buying.expected(once, one, 52.0)[0] < 0.05
    busy = buying.fit(buying.cells([50] * 40, [52] * 40, [52.5] * 40)[0])
    many, _ = buying.cells([50], [52], [52.5])
    assert busy.at_bound and buying.expected(busy, many, 52.0)[0] == pytest.approx(50, rel=0.1)


def test_spend_is_drawn_towards_everybodys_where_little_is_known() -> None:
    model = spending.Spending(6.25, 3.74, 15.44, 0.0, 946)
    assert model.mean == pytest.approx(35.2, abs=0.05)
    drawn = spending.expected(model, [1, 100, 2], [100.0, 100.0, -5.0])
    assert model.mean < drawn[0] < drawn[1] < 100 and drawn[2] == 0
    # p (γ + x z̄) / (p x + q − 1), by hand: 6.25 × 115.44 / (6.25 + 2.74)
    assert drawn[0] == pytest.approx(721.5 / 8.99)
    wild = spending.Spending(1.0, 0.9, 5.0, 0.0, 3)
    assert wild.mean is None and spending.expected(wild, [1], [7.0])[0] == 7.0
    assert spending.fit([1, 2], [0, -1]) is None


def test_of_very_many_a_part_is_fitted_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = np.random.default_rng(4)
    means = 3.0 / made.gamma(4.0, 1.0, 8000)
    x = made.integers(1, 6, 8000)
    spent = made.gamma(2.0 * x, 1.0) * means / x
    whole = spending.fit(x, spent)
    monkeypatch.setattr(spending, "MOST_FITTED", 4000)
    part, again = spending.fit(x, spent), spending.fit(x, spent)
    assert whole is not None and part is not None and part == again and part.customers == 4000
    assert part.mean == pytest.approx(whole.mean, rel=0.05)
    assert (whole.p, whole.q) == (pytest.approx(2, rel=0.1), pytest.approx(4, rel=0.15))
