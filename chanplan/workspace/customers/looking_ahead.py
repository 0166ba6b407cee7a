"""What is to be expected of customers, how right that would have been, and their cohorts."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import pandas as pd

from chanplan.analysis.customers import checking, cohorts, outlook, rhythm
from chanplan.analysis.customers.checking import Check
from chanplan.analysis.customers.facts import Asked, Kinds
from chanplan.analysis.customers.outlook import Outlook
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question


class Customers(Protocol):
    """What is needed of the one door to customers."""

    @property
    def kinds(self) -> Kinds:
        """What the customer table calls its customers."""
        ...

    @property
    def cut_off_day(self) -> int:
        """The day on which a month closes."""
        ...

    def facts(self, asked: Asked) -> pd.DataFrame:
        """A row per customer."""
        ...

    def check(self, asked: Asked) -> Check | None:
        """How right the past would have been told."""
        ...

    def ask(self, query: MetricQuery | Question) -> pd.DataFrame:
        """A small answer."""
        ...


def look_ahead(customers: Customers, asked: Asked) -> Outlook:
    """What is expected of each customer of a population at a day."""
    frame = customers.facts(asked)
    checked = customers.check(asked)
    by_model = checked is not None and not isinstance(checked.model, rhythm.Rhythm)
    error = checked.error if checked is not None and by_model else None
    why = outlook.unfit(frame, asked.population, error)
    paced = None if why is None else paced_at(customers, asked)
    return outlook.outlook(frame, asked.population, paced, error)


def look_back(customers: Customers, asked: Asked) -> Check | None:
    """The forecast of the last part of the history from the part before; None where the history
    is too short, or nobody has a rhythm and no model is fitted."""
    now = customers.facts(asked)
    split = None if now.empty else checking.split_of(min(now["first"]), asked.as_of)
    if split is None:
        return None
    earlier = Asked(asked.population, asked.scope, split)
    before = customers.facts(earlier)
    paced = None
    if outlook.unfit(before, asked.population) is not None:
        paced = paced_at(customers, earlier)
        if paced is None:
            return None
    repeats = customers.ask(_repeats(asked, split, customers.kinds))
    return checking.check(before, now, repeats, split, asked.as_of, paced)


def paced_at(customers: Customers, asked: Asked) -> rhythm.Rhythm | None:
    """The rhythm of a population at a day; None where nobody has bought three times."""
    gaps = customers.ask(
        Question("customer_gaps", asked.scope, **_of(asked, customers.kinds), as_of=asked.as_of)
    )
    return rhythm.fit(customers.facts(asked), gaps)


def _repeats(asked: Asked, split: date, kinds: Kinds) -> Question:
    return Question(
        "customer_repeats",
        asked.scope,
        **_of(asked, kinds),
        known_at=split,
        as_of=asked.as_of,
    )


def cohorts_of(customers: Customers, asked: Asked) -> cohorts.Cohorts:
    """Customers by the month and by the channel of their first purchase."""
    until = cohorts.last_whole_month(asked.as_of, customers.cut_off_day)
    question = Question(
        "customer_cohorts",
        asked.scope,
        **_of(asked, customers.kinds),
        as_of=asked.as_of,
        until=until,
    )
    return cohorts.cohorts(customers.ask(question))


def _of(asked: Asked, kinds: Kinds) -> dict[str, str | tuple[str, ...]]:
    told = {"outlets": kinds.outlets, "consumers": kinds.consumers, "partners": kinds.partners}
    return {"population": asked.population, **told}
