"""The types of customers by recency, frequency and money, and the rules that a person may change.

Source: definitions §7. The scoring is SQL (chanplan/questions/customer_rfm.sql), so that a
million customers are ranked where they lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from chanplan.analysis.customers import facts
from chanplan.analysis.customers.facts import Asked, Kinds
from chanplan.questions import Question

# By how much they matter, the most first: money high, then whether near and often.
IMPORTANT: Final = (
    "important_value",
    "important_develop",
    "important_keep",
    "important_winback",
)
GENERAL: Final = ("general_value", "general_develop", "general_keep", "general_winback")
FEW: Final = "few_orders"
SEGMENTS: Final = (*IMPORTANT, *GENERAL, FEW)
# Those that are near, and those that come often.
NEAR: Final = ("important_value", "important_develop", "general_value", "general_develop")
OFTEN: Final = ("important_value", "important_keep", "general_value", "general_keep")
# The columns that say how a customer was judged.
SCORES: Final = ("r", "f", "m")


@dataclass(frozen=True)
class Rules:
    """How scores become types. 0 stands for "by rank".

    high_from  the score, of 1 to 5, from which one is near, often, much: 4 is the better 40 %
    least      fewer orders than these are too few to judge
    near_days  near is who bought within so many days; often: who has so many orders; much: who
               bought for so much (whole money)
    """

    high_from: int = 4
    least: int = 2
    near_days: int = 0
    often: int = 0
    much: int = 0


def query(asked: Asked, kinds: Kinds, rules: Rules) -> Question:
    """A row per customer: customer, segment, recency, frequency, monetary, r, f, m, steady (1
    where it is judged by its own interval), gap (then), orders; the most money first."""
    return Question(
        "customer_rfm",
        asked.scope,
        population=asked.population,
        as_of=asked.as_of,
        today=asked.as_of.toordinal(),
        high_from=rules.high_from,
        least=rules.least,
        near_days=rules.near_days,
        often=rules.often,
        much=rules.much,
        outlets=kinds.outlets,
        consumers=kinds.consumers,
        partners=kinds.partners,
    )


def mix_query(asked: Asked, dimension: str) -> Question:
    """What each customer bought by members of a dimension: see customer_mix.sql."""
    return Question(
        "customer_mix",
        asked.scope,
        by=(dimension,),
        of=asked.dimension,
        as_of=asked.as_of,
        year_ago=facts.years_before(asked.as_of, 1),
        two_years_ago=facts.years_before(asked.as_of, 2),
    )


def moved_down(before: str, now: str) -> bool:
    """Whether a valuable customer lost its place: it is away longer than before; or it is as near
    as before, but comes less often, or is outdone in money. Who has come back near is not down."""
    if before not in IMPORTANT or now not in (*IMPORTANT, *GENERAL, FEW):
        return False
    if (before in NEAR) != (now in NEAR):
        return before in NEAR
    return (before in OFTEN and now not in OFTEN) or now not in IMPORTANT


def as_segments(found: pd.Series) -> pd.Series:
    """Segments as a category in their order, so that sums by them are quick and sorted."""
    return found.astype(pd.CategoricalDtype([*SEGMENTS]))
