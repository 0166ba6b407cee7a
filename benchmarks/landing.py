"""`python -m benchmarks.landing`: landings and odds of the past beside what came; writes
docs/landing.md. With requirements-bench.txt installed, statsmodels' ETS stands beside them."""

from __future__ import annotations

import argparse
import time
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import landing_other as other
from benchmarks import landing_tables as tables
from benchmarks import tracking
from benchmarks.landing_references import HAS_ETS
from benchmarks.landing_replay import BEFORE, replay
from benchmarks.landing_series import SHARED, all_series
from benchmarks.landing_worlds import CHOSEN_ON, HELD_OUT, REAL_BEFORE, real_worlds, simulated
from chanplan.analysis.landing import Course, outlooks

PAGE = Path(__file__).resolve().parents[1] / "docs" / "landing.md"
# Series of each data set that ETS, which takes seconds for each, is asked for.
ETS_SERIES = 30
MANY, MONTHS = 2000, 36


def main() -> None:
    """Replay every data set, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--without-ets", action="store_true")
    told = parser.parse_args()
    landings, odds = _replayed(told.shared, HAS_ETS and not told.without_ets)
    others = other.breaks(landings, odds) + "\n" + other.worlds(_worlds(told.shared))
    page = tables.page(landings, odds, others, _seconds(), tracking.measured().told())
    print(page)
    PAGE.write_text(page, encoding="utf-8")


def _replayed(shared: Path, with_ets: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    series = all_series(shared)
    parts = []
    for data_set in dict.fromkeys(each.data_set for each in series):
        ours = [each for each in series if each.data_set == data_set]
        # Every n-th in the order of the data: the choice knows nothing of the outcome.
        sampled = ours[:: -(-len(ours) // ETS_SERIES)] if with_ets else []
        parts.append(replay(ours, frozenset(each.name for each in sampled)))
        print(f"{data_set}: {len(ours)} series, {len(parts[-1][0]):,} landings", flush=True)
    landings, odds = zip(*parts, strict=True)
    return pd.concat(landings), pd.concat(odds)


def _worlds(shared: Path) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """Replays of the other worlds, by name; those that helped to choose come first."""
    found = {}
    for before, series in (
        (BEFORE, simulated(CHOSEN_ON)),
        (BEFORE, simulated(HELD_OUT)),
        (REAL_BEFORE, real_worlds(shared)),
    ):
        for name, ours in groupby(series, key=lambda one: one.data_set):
            found[name] = replay(list(ours), frozenset(), before)
            print(name, flush=True)
    return found


def _seconds() -> float:
    """Processor seconds for the outlooks of MANY series at once."""
    values = np.random.default_rng(0).gamma(4.0, 100.0, (MANY, MONTHS))
    months = tuple(date(2022 + at // 12, at % 12 + 1, 1) for at in range(MONTHS))
    courses = {row: Course(months, values[row]) for row in range(MANY)}
    began = time.process_time()
    outlooks(courses, date(2025, 12, 1))
    return time.process_time() - began


if __name__ == "__main__":
    main()
