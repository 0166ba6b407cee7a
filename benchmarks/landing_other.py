"""Where docs/landing.md tells of the break in dealers_zh, and of worlds that have no goal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import pandas as pd

from benchmarks.landing_replay import PARTS
from benchmarks.landing_tables import held, scored, table, wape
from benchmarks.landing_worlds import CHOSEN_ON

# The first day of the month in which all of dealers_zh falls.
FALL: Final = date(2016, 5, 1)
_ABOUT = """## Other worlds

What was chosen for the three data sets may fit them alone. Constants of new levels and of breaks
that nobody sees coming were chosen on the three and on the simulated worlds "A" (20 series × 42
months each, seeded); the worlds "B" (other chance, same kinds), online_retail (countries and
products, 12 months) and cdnow (cohorts and tenths of customers, 18 months) were looked at once,
when all had been chosen; and "A" and "B" again when methods were mended later, on the three data
sets alone (most came nearer, "seasonal B" strayed by a twentieth more). Of real worlds periods
after their first six months are told of; they have no year before. Simulated worlds are harsh on
purpose: levels that shift by 2 to 50 times, freak months, a company that falls to a fifth for a
year.
"""


def breaks(landings: pd.DataFrame, odds: pd.DataFrame) -> str:
    """dealers_zh by what could be known of its fall."""
    ours, told = (frame[frame["data_set"] == "dealers_zh"] for frame in (landings, odds))
    rows = []
    for name, by in (
        ("told and over before the fall", lambda some: some["last"] < FALL),
        ("told before the fall, over after it",
         lambda some: (some["known"] < FALL) & (some["last"] >= FALL)),
        ("told after it began", lambda some: some["known"] >= FALL),
    ):  # fmt: skip
        some, odd = ours[by(ours)], told[by(told)]
        over = (some["outcome"] > some["high"]).mean()
        scores = scored(odd)
        rows.append(
            [
                name,
                f"{len(some):,}",
                f"{held(some).mean():.1%}",
                f"{1 - held(some).mean() - over:.1%}",
                f"{over:.1%}",
                *(f"{scores[way]:.3f}" for way in ("P(hit)", "run rate", "seasonal naive")),
                f"{some['as said'].mean():.3f}",
            ]
        )
    head = ["dealers_zh", "outcomes", "inside 80 %", "below", "above", "Brier: P(hit)", "run rate",
            "seasonal naive", "as said"]  # fmt: skip
    return "## The fall of dealers_zh\n\n" + table(head, rows)


def worlds(replays: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]) -> str:
    """Other worlds by name, each as `landing_replay.replay` gives it."""
    rows = []
    for name, (landings, odds) in replays.items():
        judged = landings[landings["part"].isin(PARTS)]
        ways = ("landing", "run rate", "seasonal naive")
        over = (landings["outcome"] > landings["high"]).mean()
        scores = scored(odds)
        rows.append(
            [
                name,
                "yes" if name.endswith(f" {CHOSEN_ON}") else "no",
                f"{len(landings):,}",
                *(
                    _figure(wape(judged, way) if judged[way].notna().all() else None)
                    for way in ways
                ),
                f"{held(landings).mean():.1%}",
                f"{1 - held(landings).mean() - over:.1%}",
                f"{over:.1%}",
                f"{scores['P(hit)']:.3f}",
                f"{pd.Series(scores).drop('P(hit)').min():.3f}",
            ]
        )
    head = ["world", "chosen on", "outcomes", "WAPE: landing", "run rate", "seasonal naive",
            "inside 80 %", "below", "above", "Brier: P(hit)", "best reference"]  # fmt: skip
    return _ABOUT + "\n" + table(head, rows)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
