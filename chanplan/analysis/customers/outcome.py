"""What came of care: who bought again after being spoken to, beside similar ones who were not.

Similar: the same segment, value band and recency band on the day of the contact. It is no trial:
who is called was chosen, so the difference is an indication, and below a stated number nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
import pandas as pd

# Days after a contact within which an order counts as having come of it.
WITHIN_DAYS: Final = 60
# Contacted customers with similar ones beside them, and those; below it no share is told.
LEAST: Final = 20
VALUE_BANDS: Final = 4
# Usual gaps of silence at which recency bands begin.
RECENCY_BANDS: Final = (1.0, 2.0, 4.0)
_NORMAL_95: Final = 1.96


@dataclass(frozen=True)
class Outcome:
    """contacted, bought   customers spoken to whose days are over, and how many bought again
    matched, matched_bought  those of them with similar customers beside them
    similar                how many such customers there are
    expected               share of the similar that bought, each contacted one weighing alike
    margin                 half of the 95 % interval of the difference; None where too few
    pending                contacted customers whose days are not over
    """

    contacted: int
    bought: int
    matched: int
    matched_bought: int
    similar: int
    expected: float | None
    margin: float | None
    pending: int = 0

    @property
    def enough(self) -> bool:
        """Whether a difference may be told at all."""
        return self.matched >= LEAST and self.similar >= LEAST

    @property
    def share(self) -> float | None:
        """Of the matched contacted ones, who bought again."""
        return self.matched_bought / self.matched if self.matched else None

    @property
    def difference(self) -> float | None:
        """share − expected."""
        share = self.share
        return None if share is None or self.expected is None else share - self.expected


def banded(facts: pd.DataFrame, segments: Mapping[str, str]) -> pd.DataFrame:
    """customer and its cell: segment, value band (quarters by rank of net), recency band (usual
    gaps of silence; −1 without a rhythm)."""
    ranks = pd.to_numeric(facts["net"].astype(float)).rank(method="average", pct=True)
    value = np.minimum((ranks * VALUE_BANDS).to_numpy(), VALUE_BANDS - 1e-9).astype(int)
    gaps = pd.to_numeric(facts["gap"]).replace(0, np.nan)
    times = (facts["recency"] / gaps).to_numpy(dtype=float)
    recency = np.where(np.isnan(times), -1, np.searchsorted(RECENCY_BANDS, times, side="right"))
    named = facts["customer"].astype(str)
    return pd.DataFrame(
        {
            "customer": named.to_numpy(),
            "segment": [segments.get(one, "") for one in named],
            "value": value,
            "recency": recency,
        }
    )


def outcome(days: Sequence[pd.DataFrame], pending: int = 0) -> Outcome:
    """In: for each day of contacts the population on it: customer, segment, value, recency,
    contacted, near (spoken to within WITHIN_DAYS of it otherwise: neither), bought.
    """
    counted = [_one_day(day) for day in days]
    contacted = sum(len(rows) for rows, _ in counted)
    bought = sum(int(rows["bought"].sum()) for rows, _ in counted)
    matched = [rows[rows["similar"] > 0] for rows, _ in counted]
    every = pd.concat(matched) if matched else pd.DataFrame(columns=["bought", "expected"])
    similar: set[str] = set().union(*(names for _, names in counted))
    expected = float(every["expected"].mean()) if len(every) else None
    made = Outcome(contacted, bought, len(every), int(every["bought"].sum()), len(similar),
                   expected, None, pending)  # fmt: skip
    if not made.enough or expected is None or made.share is None:
        return made
    spread = made.share * (1 - made.share) / made.matched + expected * (1 - expected) / len(similar)
    return Outcome(contacted, bought, made.matched, made.matched_bought, len(similar), expected,
                   _NORMAL_95 * sqrt(spread), pending)  # fmt: skip


def _one_day(day: pd.DataFrame) -> tuple[pd.DataFrame, set[str]]:
    """The contacted of a day with how many similar there are and the share of them that bought,
    and the names of the similar."""
    cell = ["segment", "value", "recency"]
    others = day[~day["contacted"] & ~day["near"]]
    shares = others.groupby(cell, as_index=False).agg(
        similar=("bought", "size"), expected=("bought", "mean")
    )
    rows = day[day["contacted"]].merge(shares, on=cell, how="left")
    rows["similar"] = rows["similar"].fillna(0)
    beside = others.merge(rows[cell].drop_duplicates(), on=cell)
    return rows, set(beside["customer"])
