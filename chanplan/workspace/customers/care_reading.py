"""What the care list and one customer's page read: orders, purchases, visits, surveys, outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

import pandas as pd

from chanplan.analysis.customers import care, outcome
from chanplan.analysis.customers.facts import Asked
from chanplan.analysis.customers.outcome import WITHIN_DAYS, Outcome
from chanplan.analysis.customers.outlook import Outlook
from chanplan.domain.care import Item
from chanplan.domain.period import Period
from chanplan.domain.playbook import Tongue
from chanplan.metrics.behind import lines_behind
from chanplan.store import Store
from chanplan.workspace import looking
from chanplan.workspace.customers import care_items

# Days of contacts that an outcome is read of, the newest; each asks for the population twice.
MOST_DAYS = 12
_DAY = "case when f.grain = 'month' then calendar.last_day else f.date end"


class Known(Protocol):
    """What is read of customers."""

    def facts(self, asked: Asked) -> pd.DataFrame:
        """A row per customer."""

    def segmented(self, asked: Asked) -> pd.DataFrame:
        """A row per customer with its segment."""

    def outlook(self, asked: Asked) -> Outlook:
        """What is expected of each."""


class Care:
    """Reads only; words on items are written by `care_items.say`."""

    def __init__(self, store: Store, customers: Known) -> None:
        self._store, self._customers = store, customers

    def listed(self, asked: Asked, language: Tongue) -> pd.DataFrame:
        """The care list: see `care.COLUMNS`."""
        return care.list_of(
            self._customers.facts(asked),
            self.segments(asked),
            self.items(asked.population),
            care_items.playbook(self._store, language),
            asked.population,
            asked.as_of,
            self.outlook(asked),
            self._spoken(asked.population),
        )

    def silent(self, asked: Asked) -> care.Silent:
        """How many are silent beyond their rhythm, and the money at risk."""
        return care.silent(self._customers.facts(asked), self.outlook(asked))

    def items(self, population: str | None = None, customer: str | None = None) -> list[Item]:
        """Care items as they stand, the newest opening first."""
        return care_items.items(self._store, population, customer)

    def segments(self, asked: Asked) -> Mapping[str, str]:
        """Customer → segment."""
        found = self._customers.segmented(asked)
        return dict(zip(found["customer"].astype(str), found["segment"].astype(str), strict=True))

    def outlook(self, asked: Asked) -> Mapping[str, float] | None:
        """Customer → the chance that it buys no more (in the next twelve months), as the page of
        retention tells it; of whom it tells none, the own interval does."""
        rows = self._customers.outlook(asked).rows
        told = zip(rows["customer"], rows["risk"], strict=True)
        return {str(customer): float(risk) for customer, risk in told if not pd.isna(risk)}

    def orders(self, asked: Asked, customers: Sequence[str]) -> pd.DataFrame:
        """Orders of these customers, the newest first: customer, day, month, number, channel,
        net. An order is a source's order number, or a day where there is none."""
        if not customers:
            return pd.DataFrame(columns=["customer", "day", "month", "number", "channel", "net"])
        source, values = self._lines(asked, customers)
        return self._store.fetch(
            f"""
            with line as ({source})
            select customer, max(day) as day, max(month) as month,
                max(order_number) as number, max(channel) as channel, sum(net) as net
            from line
            group by customer, source, coalesce(order_number, cast(day as varchar))
            order by customer, max(day) desc, number""",
            values,
        )

    def last_orders(
        self, asked: Asked, customers: Sequence[str], most: int = 3
    ) -> Mapping[str, Sequence[tuple[date, Any]]]:
        """Customer → (day, net) of its last orders above zero, the newest first."""
        found: dict[str, list[tuple[date, Any]]] = {}
        for row in self.orders(asked, customers).to_dict("records"):
            told = found.setdefault(str(row["customer"]), [])
            if row["net"] is not None and row["net"] > 0 and len(told) < most:
                told.append((row["day"], row["net"]))
        return found

    def purchases(self, asked: Asked, customer: str) -> pd.DataFrame:
        """What a customer bought: day, product, category, channel, net, quantity."""
        source, values = self._lines(asked, [customer])
        return self._store.fetch(
            f"""
            with line as ({source})
            select day, product, category, channel, sum(net) as net, sum(quantity) as quantity
            from line group by day, product, category, channel
            order by day, product, category, channel""",
            values,
        )

    def visits(self, customer: str) -> pd.DataFrame:
        """Visits to a customer, the newest first: date, salesperson, purpose, result, minutes."""
        return self._store.fetch(
            "select date, salesperson, purpose, result, minutes from visit_lines"
            " where customer = ? or partner = ? or outlet = ? order by date desc, batch, line",
            [customer] * 3,
        )

    def surveys(self, customer: str) -> pd.DataFrame:
        """Its answers to surveys, the newest first: date, question, score, answer."""
        return self._store.fetch(
            "select date, question, score, answer from survey_lines"
            " where respondent = ? order by date desc nulls last, batch, line",
            [customer],
        )

    def outcome(self, asked: Asked) -> Outcome:
        """What came of the contacts of this population: see `analysis.customers.outcome`."""
        contacts = [(one.customer, one.contacted) for one in self.items(asked.population)
                    if one.contacted]  # fmt: skip
        over = asked.as_of - timedelta(WITHIN_DAYS)
        pending = len({customer for customer, day in contacts if day > over})
        days = sorted({day for _, day in contacts if day <= over})[-MOST_DAYS:]
        return outcome.outcome([self._day(asked, day, contacts) for day in days], pending)

    def _day(self, asked: Asked, day: date, contacts: Sequence[tuple[str, date]]) -> pd.DataFrame:
        """The population on a day of contacts, and who bought in the days after it."""
        at = Asked(asked.population, asked.scope, day)
        after = Asked(asked.population, asked.scope, day + timedelta(WITHIN_DAYS))
        then, later = self._customers.facts(at), self._customers.facts(after)
        bought = set(later["customer"][[last > day for last in later["last"]]])
        near = {customer for customer, when in contacts
                if when != day and abs((when - day).days) <= WITHIN_DAYS}  # fmt: skip
        on_day = {customer for customer, when in contacts if when == day}
        rows = outcome.banded(then, self.segments(at))
        return rows.assign(
            contacted=rows["customer"].isin(on_day),
            near=rows["customer"].isin(near),
            bought=rows["customer"].isin(bought),
        )

    def _spoken(self, population: str) -> dict[str, date]:
        """Customer → the day of its last visit."""
        column = "partner" if population == "partner" else "coalesce(customer, outlet)"
        found = self._store.fetch(
            f"select {column} as customer, max(date) as day from visit_lines"
            f" where {column} is not null and date is not null group by {column}"
        )
        return dict(zip(found["customer"], found["day"], strict=True))

    def _lines(self, asked: Asked, customers: Sequence[str]) -> tuple[str, list[Any]]:
        """SQL of the counted lines of these customers up to the day asked for."""
        covered = looking.coverage(self._store)
        months = Period(covered.first, covered.last) if covered else asked.scope.period
        behind = lines_behind(asked.scope.at(months), looking.overridden(self._store))
        member = "f.customer"
        if asked.dimension == "partner":
            member = "coalesce(f.partner, f.customer)"
        head, condition = behind.sql.split("\nwhere ", 1)
        return (
            f"""
            select {member} as customer, {_DAY} as day, f.month, f.source, f.order_number,
                f.channel, f.product, f.category, f.amount_{asked.scope.tax} as net,
                f.base_quantity as quantity
            from {head} join calendar on calendar.month = f.month
            where {condition} and {member} in (select unnest(?::varchar[])) and {_DAY} <= ?""",
            [*behind.values, list(customers), asked.as_of],
        )
