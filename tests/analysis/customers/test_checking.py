"""A forecast of the past held against what came; on the real log, with the figures known for it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from chanplan.analysis.customers import buying, checking, outlook, rhythm
from chanplan.analysis.customers.buying import Buying

SPLIT, END = date(1997, 9, 30), date(1998, 6, 30)


def facts_of(log: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Facts of customers from their buying days up to a day."""
    seen = log[log["day"] <= pd.Timestamp(as_of)].drop_duplicates(["customer", "day"])
    told = seen.groupby("customer")["day"].agg(["min", "max", "count"]).reset_index()
    told.columns = pd.Index(["customer", "first", "last", "days"])
    gap = [np.nan] * len(told)
    recency = (pd.Timestamp(as_of) - told["last"]).dt.days
    return told.assign(recency=recency, gap=gap, net=[Decimal(1)] * len(told))


def repeats_of(log: pd.DataFrame, split: date) -> pd.DataFrame:
    days = log.drop_duplicates(["customer", "day"])
    first = days.groupby("customer")["day"].transform("min")
    known = days[(first <= pd.Timestamp(split)) & (days["day"] > first)]
    return known.groupby("day").size().rename("repeats").reset_index()


def test_the_whole_log_forecasts_its_second_half(shared: Path) -> None:
    path = shared / "cdnow" / "CDNOW_master_restored.csv"
    log = pd.read_csv(path, dtype={"customer_id": str, "date": str})
    log = log.assign(customer=log["customer_id"], day=pd.to_datetime(log["date"]))
    before, now = facts_of(log, SPLIT), facts_of(log, END)
    assert checking.split_of(date(1997, 1, 1), END) == SPLIT and len(before) == 23_570
    told = checking.check(before, now, repeats_of(log, SPLIT), SPLIT, END)
    model = told.model
    assert isinstance(model, Buying)
    figures = [round(each, 3) for each in (model.r, model.alpha, model.a, model.b)]
    assert figures == pytest.approx([0.252, 4.789, 0.723, 2.161], abs=6e-4)
    assert round(told.forecast) == 16_874 and told.actual == 19_684
    assert told.error == pytest.approx(-0.14, abs=0.005)
    # The curve ends where the sums are, and the bins add up to them.
    assert told.curve["actual"].iloc[-1] == told.actual
    assert told.curve["forecast"].iloc[-1] == pytest.approx(told.forecast)
    for name, whole in (("forecast", told.forecast), ("actual", told.actual)):
        assert (told.bins[name] * told.bins["customers"]).sum() == pytest.approx(whole)


def test_what_was_held_out_changes_no_forecast() -> None:
    log = pd.DataFrame(
        {"customer": [f"c{at % 40}" for at in range(400)],
         "day": [pd.Timestamp(2024, 1, 1) + timedelta(days=(at * 37) % 300) for at in range(400)]}
    )  # fmt: skip
    split, end = date(2024, 6, 1), date(2024, 10, 27)
    later = log[log["day"] <= pd.Timestamp(split)]
    paced = rhythm.fit(
        facts_of(log, split).assign(gap=10.0), pd.DataFrame({"factor": [1.0], "gaps": [9]})
    )
    for ahead in (None, paced):
        told = [
            checking.check(facts_of(log, split), facts_of(seen, end), repeats_of(seen, split),
                           split, end, ahead)
            for seen in (log, later)
        ]  # fmt: skip
        assert told[0].forecast == told[1].forecast and told[1].actual == 0
        assert told[1].error is None and told[0].actual > 0 and told[1].came_back == 0
        assert told[0].curve["forecast"].is_monotonic_increasing


def test_a_hold_out_is_half_the_history_and_a_year_at_most() -> None:
    end = date(2024, 12, 31)
    assert checking.split_of(date(2020, 1, 1), end) == end - timedelta(days=365)
    assert checking.split_of(date(2024, 9, 1), end) == end - timedelta(days=61)
    assert checking.split_of(date(2024, 12, 1), end) is None


def test_many_cells_are_rounded_to_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    log = pd.DataFrame(
        {"customer": list("abcd"), "day": [pd.Timestamp(2024, 1, d) for d in (1, 2, 3, 9)]}
    )
    frame = facts_of(log, date(2024, 3, 1))
    assert len(outlook.cells_of(frame)[0].age) == 4
    monkeypatch.setattr(outlook, "MOST_CELLS", 3)
    found, place = outlook.cells_of(frame)
    assert found.age.tolist() == [7, 8, 9] and place.tolist() == [2, 1, 1, 0]
    assert isinstance(found, buying.Cells)
