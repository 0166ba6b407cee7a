"""Other worlds that landings are measured on: real ones of a year and a half, and simulated ones.

None of them has a goal of its own; they tell whether what was chosen on some holds on others.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.landing_series import Series, split
from chanplan.analysis.landing.course import Numbers

# Months and series of a simulated world, and how far its days stray.
MONTHS, SERIES, DAYS = 42, 20, 0.6
START: Final = date(2021, 1, 1)
# Simulated worlds of the one group helped to choose constants; nothing else here did.
CHOSEN_ON, HELD_OUT = "A", "B"
# Real worlds are shorter than two years: so many months stand before a period.
REAL_BEFORE: Final = 6
# Countries and products of online_retail: the largest by sales.
COUNTRIES, PRODUCTS = 12, 18


def real_worlds(shared: Path) -> Iterator[Series]:
    """Countries and products of online_retail; cohorts and tenths of the customers of cdnow."""
    frame = pd.read_parquet(shared / "online_retail" / "online_retail.parquet")
    frame["amount"] = frame["Quantity"] * frame["UnitPrice"]
    frame["day"] = frame["InvoiceDate"].dt.normalize()
    # The last month ends on its ninth day; whole months alone are told of.
    frame = frame[frame["day"] < "2011-12-01"]
    for by, count in (("Country", COUNTRIES), ("StockCode", PRODUCTS)):
        largest = frame.groupby(by)["amount"].sum().nlargest(count).index
        yield from split("online_retail", frame[frame[by].isin(largest)], [by])
    yield from _cdnow(shared)


def _cdnow(shared: Path) -> Iterator[Series]:
    frame = pd.read_csv(
        shared / "cdnow" / "CDNOW_master_restored.csv", dtype={"customer_id": str, "date": str}
    )
    frame["day"] = pd.to_datetime(frame["date"], format="%Y%m%d")
    first = frame.groupby("customer_id")["day"].transform("min")
    frame["cohort"] = first.dt.strftime("%Y-%m")
    frame["tenth"] = frame["customer_id"].str[-1]
    yield from split("cdnow", frame, ["cohort"])
    yield from split("cdnow", frame, ["tenth"])


def simulated(group: str) -> Iterator[Series]:
    """Every kind of world of one group; another group has other chance and no more."""
    for kind, world in WORLDS.items():
        random = np.random.default_rng(zlib.crc32(f"{group} {kind}".encode()))
        months = world(random)
        size = np.exp(random.normal(10, 1, (len(months), 1)))
        yield from _by_day(f"{kind} {group}", months * size, random)


def _by_day(data_set: str, months: Numbers, random: np.random.Generator) -> Iterator[Series]:
    first = pd.Timestamp(START)
    calendar = pd.date_range(first, periods=months.shape[1], freq="MS")
    for row, values in enumerate(months):
        days = []
        for value, month in zip(values, calendar, strict=True):
            parts = np.exp(random.normal(0, DAYS, month.days_in_month))
            days.append(value * parts / parts.sum())
        yield Series(data_set, str(row), START, np.concatenate(days))


def _noise(random: np.random.Generator, size: float) -> Numbers:
    return np.exp(size * random.standard_normal((SERIES, MONTHS)))


def _season(random: np.random.Generator, size: float) -> Numbers:
    """The same months of every year, alike in a company and with a part of each series' own."""
    year = size * (random.standard_normal(12) + 0.5 * random.standard_normal((SERIES, 12)))
    return np.exp(np.take(year, np.arange(MONTHS) % 12, axis=1))


def _seasonal(random: np.random.Generator) -> Numbers:
    return _season(random, 0.35) * _noise(random, 0.2)


def _walk(random: np.random.Generator) -> Numbers:
    steps = 0.12 * random.standard_normal((SERIES, MONTHS))
    return np.exp(np.cumsum(steps, axis=1)) * _noise(random, 0.15)


def _growing(random: np.random.Generator) -> Numbers:
    rate = random.normal(0.15, 0.15, (SERIES, 1)) / 12
    return np.exp(rate * np.arange(MONTHS)) * _season(random, 0.2) * _noise(random, 0.2)


def _shifting(random: np.random.Generator) -> Numbers:
    """Each series leaves its level once, down or up by two to fifty times, and stays there."""
    place = random.integers(6, MONTHS - 2, (SERIES, 1))
    times = np.exp(random.uniform(np.log(2), np.log(50), (SERIES, 1)))
    times = np.where(random.random((SERIES, 1)) < 0.7, 1 / times, times)
    return np.where(np.arange(MONTHS) >= place, times, 1.0) * _noise(random, 0.35)


def _freaks(random: np.random.Generator) -> Numbers:
    """Single months without stock, or with a bulk order, after which all is as before."""
    odd = random.random((SERIES, MONTHS))
    times = np.where(odd < 0.04, 0.05, np.where(odd > 0.97, 5.0, 1.0))
    return times * _noise(random, 0.25)


def _common(random: np.random.Generator) -> Numbers:
    """The whole company falls to a fifth in one month, and is back at its level a year later."""
    place = int(random.integers(20, 26))
    fallen = np.where((np.arange(MONTHS) >= place) & (np.arange(MONTHS) < place + 12), 0.2, 1.0)
    return fallen * _season(random, 0.2) * _noise(random, 0.25)


def _quarterly(random: np.random.Generator) -> Numbers:
    """Quarters are filled up in their last month."""
    push = np.where(np.arange(MONTHS) % 3 == 2, 2.5, np.where(np.arange(MONTHS) % 3, 0.8, 0.4))
    return push * _noise(random, 0.35)


def _seldom(random: np.random.Generator) -> Numbers:
    sold = random.random((SERIES, MONTHS)) < random.uniform(0.2, 0.7, (SERIES, 1))
    return sold * _noise(random, 0.8)


WORLDS: Final[dict[str, Callable[[np.random.Generator], Numbers]]] = {
    "seasonal": _seasonal,
    "random walk": _walk,
    "growing": _growing,
    "shifting": _shifting,
    "freak months": _freaks,
    "common fall": _common,
    "quarter ends": _quarterly,
    "seldom": _seldom,
}
