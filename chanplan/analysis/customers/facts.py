"""What is asked of customers, and what is known of each at a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chanplan.domain.population import OF_CUSTOMERS, PARTNER, POPULATIONS, Population, population_of
from chanplan.domain.scope import Scope
from chanplan.questions import Question

# The columns of the frame, a row per customer with a sale up to the day, the most net first:
#   customer     the member, of dimension `customer` or, for partners, `partner`
#   first, last  date; recency: days from last to the day asked for
#   orders       distinct (source, order number); days where a source has no numbers
#   days, months distinct days and months with a sale
#   net, largest Decimal: net sales, and those of the largest order
#   gap          float, median days between days with a sale; NaN under three of them
#   returned     Decimal, above zero; discount: Decimal or None, list amount less net
#   categories   distinct ones bought; channels: distinct ones bought in
#   channel      the one with most of its money, None where no file tells it
#   net_year, net_year_before  Decimal: the twelve months to the day, and the twelve before
#   price, unit  float, net sales per base unit, and that unit; NaN and None where units differ or
#                no quantity is told
#   channel_net  Decimal: net sales in `channel`
COLUMNS: Final = (
    "customer", "first", "last", "recency", "orders", "days", "months", "net", "largest", "gap",
    "returned", "discount", "categories", "channel", "channels", "net_year", "net_year_before",
    "price", "unit", "channel_net",
)  # fmt: skip

# Traits of clusters (clusters.choice.FEATURES) that need no more than customer_features.sql tells.
LIGHT: Final = frozenset({"recency", "frequency", "amount", "order_value", "categories"})


@dataclass(frozen=True)
class Asked:
    """A population at a day. The scope's period is not used: every line up to the day counts."""

    population: str
    scope: Scope
    as_of: date

    @property
    def dimension(self) -> str:
        """The dimension of the catalogue whose members the customers are."""
        return PARTNER if self.population == PARTNER else "customer"


@dataclass(frozen=True)
class Kinds:
    """The words of the customer table, as written, that mean each population."""

    outlets: tuple[str, ...] = ()
    consumers: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class PopulationCount:
    """One population of a scope: its customers, their net sales, and why they are in it.

    why  'partners' members of the partner column; 'told' by the customer table; 'channel' by
         where most of their money is; 'both'; 'untold' where nothing tells
    """

    population: Population
    customers: int
    net: Decimal
    why: str


def sorted_out(words: list[str]) -> Kinds:
    """Which population each kind of the customer table means."""
    means = {word: population_of(word) for word in words}
    known = (tuple(w for w, one in means.items() if one == name) for name in _TOLD)
    return Kinds(*known)


_TOLD = ("outlet", "consumer", "partner")


def populations_query(scope: Scope, kinds: Kinds) -> Question:
    """Which populations there are: population, customers, told, net."""
    return Question("customer_populations", scope, **_told(kinds))


def query(asked: Asked, kinds: Kinds) -> Question:
    """The facts of a population at a day; see COLUMNS. Its answer may have a million rows."""
    return Question(
        "customer_facts",
        asked.scope,
        by=("category",),
        population=asked.population,
        as_of=asked.as_of,
        today=asked.as_of.toordinal(),
        year_ago=years_before(asked.as_of, 1),
        two_years_ago=years_before(asked.as_of, 2),
        **_told(kinds),
    )


def traits_query(asked: Asked, kinds: Kinds) -> Question:
    """Of the facts those that LIGHT traits are made of: customer, recency, orders, net,
    categories; the most net first."""
    return Question(
        "customer_features",
        asked.scope,
        by=("category",),
        population=asked.population,
        as_of=asked.as_of,
        today=asked.as_of.toordinal(),
        **_told(kinds),
    )


def counted(rows: list[tuple[str, int, int, Decimal | None]]) -> tuple[PopulationCount, ...]:
    """The populations there are, in the order of POPULATIONS."""
    found = {row[0]: row for row in rows}
    return tuple(
        PopulationCount(one, int(row[1]), row[3] or Decimal(0), _why(one, int(row[1]), int(row[2])))
        for one in POPULATIONS
        if (row := found.get(one)) is not None
    )


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _why(population: Population, customers: int, told: int) -> str:
    if population not in OF_CUSTOMERS:
        return "partners"
    if population == "customer":
        return "untold"
    return "told" if told == customers else "both" if told else "channel"


def _told(kinds: Kinds) -> dict[str, tuple[str, ...]]:
    return {"outlets": kinds.outlets, "consumers": kinds.consumers, "partners": kinds.partners}
