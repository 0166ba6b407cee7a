"""Gaps, repeats and cohorts of customers, held against pandas and against what one can count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.questions import Question
from chanplan.store import Store
from chanplan.workspace.answers import answer_question
from tests.books import lay, open_store

EVERYTHING = Scope(Period(202301, 202412))
END = date(2024, 12, 31)
KINDS: dict[str, tuple[str, ...]] = {"outlets": (), "consumers": (), "partners": ()}


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    made = np.random.default_rng(2)
    days = pd.Timestamp(2023, 1, 1) + pd.to_timedelta(made.integers(0, 730, 220), "D")
    told = {"customer": made.integers(0, 25, 220), "day": days, "amount": made.integers(1, 9, 220)}
    frame = pd.DataFrame(told | {"channel": made.choice(["甲", "乙"], 220)})
    return frame.assign(customer=[f"c{each}" for each in frame["customer"]])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, log: pd.DataFrame) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("ahead"))
    days = log["day"].dt.strftime("%Y-%m-%d")
    rows = zip(log["customer"], days, log["amount"], log["channel"], strict=True)
    lay(opened, [
        {"day": day, "customer": who, "amount_with_tax": str(amount), "channel": place}
        for who, day, amount, place in rows
    ])  # fmt: skip
    yield opened
    opened.close()


def asked(store: Store, name: str, **more: object) -> pd.DataFrame:
    question = Question(name, EVERYTHING, population="customer", as_of=END, **KINDS, **more)  # type: ignore[arg-type]
    return answer_question(question, store.fetch, frozenset()).frame


def test_gaps_in_usual_gaps(store: Store, log: pd.DataFrame) -> None:
    expected: dict[float, int] = {}
    for _, days in log.drop_duplicates(["customer", "day"]).groupby("customer")["day"]:
        gaps = np.diff(np.sort(days.to_numpy())).astype("timedelta64[D]").astype(int)
        if len(gaps) >= 2:
            for gap in gaps:
                factor = float(np.floor(10 * gap / np.median(gaps) + 0.5) / 10)
                expected[factor] = expected.get(factor, 0) + 1
    found = asked(store, "customer_gaps")
    told = {float(f): int(n) for f, n in zip(found["factor"], found["gaps"], strict=True)}
    assert told == expected and found["factor"].is_monotonic_increasing


def test_repeats_of_those_known(store: Store, log: pd.DataFrame) -> None:
    split = date(2023, 3, 31)
    days = log.drop_duplicates(["customer", "day"])
    first = days.groupby("customer")["day"].transform("min")
    later = days[(first <= pd.Timestamp(split)) & (days["day"] > first)]
    found = asked(store, "customer_repeats", known_at=split)
    told = {pd.Timestamp(d): int(n) for d, n in zip(found["day"], found["repeats"], strict=True)}
    assert told == later.groupby("day").size().to_dict()


def test_cohorts_of_months_and_channels(store: Store, log: pd.DataFrame) -> None:
    until = 202411
    rows = log.assign(month=log["day"].dt.year * 12 + log["day"].dt.month)
    rows = rows[rows["month"] <= 2024 * 12 + 11]
    first = rows.groupby("customer")["month"].transform("min")
    rows = rows.assign(cohort=first, age=rows["month"] - first)
    entry = rows[rows["age"] == 0].groupby(["customer", "channel"])["amount"].sum().reset_index()
    entry = entry.sort_values(["customer", "amount", "channel"], ascending=[True, False, True])
    came = entry.drop_duplicates("customer").set_index("customer")["channel"]
    rows = rows.assign(entered=rows["customer"].map(came))
    found = asked(store, "customer_cohorts", until=until)
    for by, key in (("month", "cohort"), ("channel", "entered")):
        part = found[(found["told_by"] == by) & (found["buyers"] > 0)]
        member = (
            part["channel"]
            if by == "channel"
            else [c // 100 * 12 + c % 100 for c in part["cohort"]]
        )
        told = {
            (m, int(a)): (int(b), float(n))
            for m, a, b, n in zip(member, part["age"], part["buyers"], part["net"], strict=True)
        }
        grouped = rows.groupby([key, "age"]).agg(b=("customer", "nunique"), n=("amount", "sum"))
        assert told == {at: (int(b), float(n)) for at, b, n in grouped.itertuples(name=None)}
    # Back for the first time, each customer once.
    later = rows[rows["age"] > 0].groupby("customer")["age"].min()
    months = found[found["told_by"] == "month"].groupby("age")["returned"].sum()
    assert months[months > 0].to_dict() == later.value_counts().to_dict()
    # A channel's customers of an age are those of cohorts that have reached it.
    sizes = rows.drop_duplicates("customer")
    reached = (2024 * 12 + 11 - sizes["cohort"]).to_numpy()
    channel = found[found["told_by"] == "channel"]
    for name, age, count in zip(
        channel["channel"], channel["age"], channel["customers"], strict=True
    ):
        assert count == int(((sizes["entered"] == name) & (reached >= age)).sum())
    both = found[found["told_by"] == "both"]
    assert both["customers"].sum() == sizes["customer"].nunique()
