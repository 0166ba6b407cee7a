"""Which way of looking ahead suits whom, and what the rhythm tells of who has fallen silent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from chanplan.analysis.customers import outlook, rhythm

AS_OF = date(2025, 6, 17)
# A hundred gaps, all as long as usual or up to twice as long.
FACTORS = pd.DataFrame({"factor": [0.5, 1.0, 1.5, 2.0], "gaps": [20, 50, 20, 10]})


def facts(rows: list[tuple[int, int, int, float | None]]) -> pd.DataFrame:
    """From (days silent, span, buying days, gap): facts of as many customers, 100 a day."""
    told = []
    for at, (silent, span, days, gap) in enumerate(rows):
        last = AS_OF - timedelta(days=silent)
        told.append(
            (f"c{at}", last - timedelta(days=span), last, silent, days, Decimal(100 * days), gap)
        )
    names = ["customer", "first", "last", "recency", "days", "net", "gap"]
    return pd.DataFrame(told, columns=names)


def random_customers(count: int, seed: int = 3) -> pd.DataFrame:
    """Customers who buy by chance and leave by chance."""
    made, rows = np.random.default_rng(seed), []
    for _ in range(count):
        rate, at, day, days = made.gamma(1.0, 1 / 60), 0.0, [0], 400
        while (at := at + made.exponential(1 / max(rate, 1e-6))) < days and made.random() > 0.1:
            day.append(int(at))
        seen = sorted(set(day))
        gaps = np.diff(seen)
        gap = float(np.median(gaps)) if len(gaps) > 1 else None
        rows.append((days - seen[-1], seen[-1], len(seen), gap))
    return facts(rows)


def test_chance_purchases_are_told_by_the_model() -> None:
    frame = random_customers(600)
    told = outlook.outlook(frame, "consumer")
    assert (told.method, told.why) == ("model", "fits") and told.rhythm is None
    assert tuple(told.rows.columns) == outlook.COLUMNS
    assert told.rows["customer"].tolist() == frame["customer"].tolist()
    assert told.rows["p_active"].between(0, 1).all() and told.rows["risk"].between(0, 1).all()
    assert (told.rows["purchases_3"] < told.rows["purchases_12"]).all()
    # Everybody spends a hundred a day, so that value is a hundred times purchases.
    ratio = told.rows["value_6"] / told.rows["purchases_6"]
    assert ratio.to_numpy() == pytest.approx(100, rel=0.02)


@pytest.mark.parametrize(
    ("frame", "population", "error", "why"),
    [
        (random_customers(600), "partner", None, "partners"),
        (random_customers(60), "consumer", None, "few"),
        (facts([(10, 0, 1, None)] * 150), "consumer", None, "few_repeats"),
        (facts([(at % 30, 300, 11, 30.0) for at in range(150)]), "outlet", None, "even"),
        (facts([(17, 365, 12, 31.0)] * 150), "customer", None, "months"),
        (random_customers(600), "consumer", -0.7, "misses"),
    ],
)
def test_it_says_why_there_is_no_model(
    frame: pd.DataFrame, population: str, error: float | None, why: str
) -> None:
    told = outlook.outlook(frame, population, rhythm.fit(frame, FACTORS), error)
    assert told.why == why and told.buying is None
    assert told.method == ("none" if why == "few_repeats" else "rhythm")
    if told.method == "none":
        assert told.rows["risk"].isna().all() and (told.rows["why"] == "no_rhythm").all()


def test_risk_rises_with_silence_in_own_gaps() -> None:
    rows = [(10, 300, 11, 30.0)] * 40 + [(91, 340, 11, 34.0), (91, 900, 11, 90.0), (5, 0, 1, None)]
    frame = facts(rows)
    told = outlook.outlook(frame, "partner", rhythm.fit(frame, FACTORS))
    risk = told.rows["risk"].tolist()
    # Silent for 2.7 gaps where no gap was longer than two: it has left; for one gap: it has not.
    assert risk[40] > 0.5 > risk[41] and risk[0] < 0.3
    assert (
        told.rows["why"].tolist()[-1] == "others_rhythm" and told.rows["gap"].tolist()[-1] == 30.0
    )
    # A year at its pace: 1,100 in 340 + 34 days.
    assert told.rows["usual_year"][40] == pytest.approx(1100 * 365.25 / 374)
    assert told.rows["at_risk"][40] == pytest.approx(told.rows["usual_year"][40] * risk[40])


def test_survival_and_bayes_by_hand() -> None:
    paced = rhythm.fit(facts([(10, 300, 11, 30.0)] * 40), FACTORS)
    assert paced is not None and paced.usual == 30.0 and paced.gaps == 100
    told = rhythm.survival(paced, [0.2, 0.5, 1.2, 9.0])
    assert told.tolist() == pytest.approx([1.0, 80.5 / 101, 30.5 / 101, 0.5 / 101])
    q = paced.leaving
    silent = rhythm.left(paced, facts([(36, 300, 11, 30.0)]))[0]
    assert silent == pytest.approx(q / (q + (1 - q) * 30.5 / 101))


def test_the_probability_of_leaving_comes_out() -> None:
    """Accounts that order every 20 to 40 days and leave after each with 5 %."""
    made, rows, gaps = np.random.default_rng(5), [], []
    for _ in range(800):
        at, own = 0, []
        while made.random() > 0.05 and (gap := int(made.integers(20, 41))) + at < 700:
            at, own = at + gap, [*own, gap]
        usual = float(np.median(own)) if len(own) > 1 else None
        rows.append((700 - at, at, len(own) + 1, usual))
        gaps += [round(gap / usual, 1) for gap in own] if usual else []
    factors = pd.Series(gaps).value_counts().rename_axis("factor").reset_index(name="gaps")
    paced = rhythm.fit(facts(rows), factors)
    assert paced is not None and paced.leaving == pytest.approx(0.05, rel=0.15)
    # Who is active buys on, in expectation, until it leaves: 1/q purchases in the long run.
    fresh = facts([(0, 300, 11, 30.0)])
    assert rhythm.expected(paced, fresh, 1e6)[0] == pytest.approx(1 / paced.leaving, rel=0.1)
    assert rhythm.expected(paced, fresh, 30.0)[0] == pytest.approx(0.97, abs=0.1)
