"""Customers of a population at a day, worked out once for a version of the data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import pandas as pd

from chanplan.analysis.customers import facts, rfm
from chanplan.analysis.customers.checking import Check
from chanplan.analysis.customers.clusters import Choice, Clustering, cluster
from chanplan.analysis.customers.cohorts import Cohorts
from chanplan.analysis.customers.facts import Asked, Kinds, PopulationCount
from chanplan.analysis.customers.outlook import Outlook
from chanplan.analysis.customers.rfm import Rules
from chanplan.domain import calendar
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.store import Store
from chanplan.workspace import looking, masking
from chanplan.workspace.answers import answer, answer_question
from chanplan.workspace.customers import changing, clusters, reading
from chanplan.workspace.customers.care_reading import Care
from chanplan.workspace.customers.clusters import Clustered
from chanplan.workspace.customers.kept import Kept
from chanplan.workspace.customers.looking_ahead import cohorts_of, look_ahead, look_back

T = TypeVar("T")
PLAIN_RULES = Rules()
_WHOLE = ("recency", "orders", "days", "months", "categories", "channels")


class Customers:
    """The one door to customers. Frames are shared by all who ask: for reading only.

    A frame has a row per customer, of which there may be a million: these answers go past the
    50,000 rows that a question of a page may give.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = Kept()

    # --- who there is ----------------------------------------------------------------

    def populations(self, scope: Scope) -> tuple[PopulationCount, ...]:
        """The populations of the scope's basis and filters, whenever they bought; none where no
        file names a customer or a partner."""
        scope = self._everything(scope)
        return self.kept(("populations", scope), lambda: self._populations(scope))

    def population(self, scope: Scope, wanted: str | None = None) -> str:
        """The population asked for, else the only one there is.

        BadQueryError `population_open` where there are several, `no_customers` for none,
        `unknown_population` for one that the data does not have."""
        known = [one.population for one in self.populations(scope)]
        names = ", ".join(known)
        if not known:
            raise BadQueryError("no_customers")
        if wanted is None and len(known) > 1:
            raise BadQueryError("population_open", known=names)
        if wanted is not None and wanted not in known:
            raise BadQueryError("unknown_population", name=wanted, known=names)
        return wanted or known[0]

    def data_date(self, scope: Scope) -> date:
        """The day up to which everything is in, on the scope's basis: the data date, or the end
        of the last month with lines where those end before it. BadQueryError: an empty store."""
        covered = self._covered()
        if covered is None:
            raise BadQueryError("store_empty")
        months = self.kept(("months", scope.basis), lambda: self._months(scope, covered))
        end = calendar.last_day(max(months, default=covered.last), self.cut_off_day)
        return min(covered.data_date or covered.latest or end, end)

    # --- what is known of each ---------------------------------------------------------

    def facts(self, asked: Asked) -> pd.DataFrame:
        """A row per customer: see `facts.COLUMNS`. Money is a decimal as Arrow has it."""
        return self.kept(("facts", self._plain(asked)), lambda: self._facts(asked))

    def compared(self, asked: Asked, features: Sequence[str]) -> pd.DataFrame:
        """What clusters by these traits are made of: the facts, or of them the few that plain
        traits need, which takes a quarter of the time."""
        if not facts.LIGHT.issuperset(features):
            return self.facts(asked)
        return self.kept(("traits", self._plain(asked)), lambda: self._traits(asked))

    def segmented(
        self, asked: Asked, method: str = "rfm", rules: Rules = PLAIN_RULES
    ) -> pd.DataFrame:
        """A row per customer, the most money first: customer, segment (a code of rfm.SEGMENTS),
        recency, frequency, monetary, r, f, m, steady, gap, orders: see `rfm.query`."""
        if method != "rfm":
            raise BadQueryError("unknown_method", name=method, known="rfm")
        key = ("rfm", self._plain(asked), rules)
        return self.kept(key, lambda: self._rfm(asked, rules))

    def fresh(self, asked: Asked, rules: Rules = PLAIN_RULES) -> pd.DataFrame:
        """The types worked out anew, kept nowhere: for whoever measures how long that takes."""
        return self._rfm(asked, rules)

    def fresh_clusters(self, asked: Asked, choice: Choice) -> Clustering:
        """The same of the groups that buy alike."""
        known = self._traits(asked) if facts.LIGHT.issuperset(choice.features) else None
        return cluster(self._facts(asked) if known is None else known, choice)

    def mix(self, asked: Asked, dimension: str) -> pd.DataFrame:
        """What each customer bought by members of a dimension: see customer_mix.sql. Everyone
        who buys is in it, of whatever population."""
        key = ("mix", self._plain(asked), dimension)
        question = rfm.mix_query(self._plain(asked), dimension)
        return self.kept(key, lambda: self.frame(question))

    def clustered(self, asked: Asked, choice: Choice | None = None) -> Clustered:
        """Groups that buy alike, with the names they had in the last kept fit; without a choice,
        as chosen for that one, else as by default."""
        return clusters.clustered(self, self._store, self._plain(asked), choice)

    # --- what is to be expected ----------------------------------------------------------

    def outlook(self, asked: Asked) -> Outlook:
        """Expected purchases and value of each customer, and its risk of leaving."""
        return self.kept(("outlook", self._plain(asked)), lambda: look_ahead(self, asked))

    def check(self, asked: Asked) -> Check | None:
        """How far off the same would have been for the last part of the history; None where the
        history is too short."""
        return self.kept(("check", self._plain(asked)), lambda: look_back(self, asked))

    def cohorts(self, asked: Asked) -> Cohorts:
        """Customers by the month and the channel of their first purchase."""
        return self.kept(("cohorts", self._plain(asked)), lambda: cohorts_of(self, asked))

    # --- whom to call -----------------------------------------------------------------

    @property
    def care(self) -> Care:
        """The care list, and what one customer's page reads."""
        return Care(self._store, self)

    def masks(self, dimension: str) -> Mapping[str, str]:
        """Member → how it is shown, of those that are a phone number, an ID number or an e-mail
        address; whoever counts, counts the members themselves."""
        return self.kept(("masks", dimension), lambda: masking.masks(self._store, dimension))

    # --- how it is asked -----------------------------------------------------------------

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, kept for this version of the data; the key begins with a name."""
        return self._kept.get(changing.changed(self._store), key, make)

    def frame(self, question: Question) -> pd.DataFrame:
        """All rows of a question, however many: see `reading.frame`."""
        return reading.frame(self._store, question, self._overridden())

    def ask(self, query: MetricQuery | Question) -> pd.DataFrame:
        """A small answer, as `Workspace.ask` gives it."""
        if isinstance(query, Question):
            return answer_question(query, self._store.fetch, self._overridden()).frame
        return answer(query, self._store.fetch, self._overridden()).frame

    @property
    def cut_off_day(self) -> int:
        """The day on which a month closes."""
        return self._store.counting.cut

    @property
    def kinds(self) -> Kinds:
        """What the customer table calls its customers, by the population that means."""
        return self.kept("kinds", self._kinds)

    def _kinds(self) -> Kinds:
        found = self.ask(Question("customer_kinds", Scope(Period(200001, 200001))))
        return facts.sorted_out(list(found["kind"]))

    def _populations(self, scope: Scope) -> tuple[PopulationCount, ...]:
        found = self.ask(facts.populations_query(scope, self.kinds))
        return facts.counted([*found.itertuples(index=False, name=None)])

    def _facts(self, asked: Asked) -> pd.DataFrame:
        asked = self._plain(asked)
        return reading.whole(self.frame(facts.query(asked, self.kinds)), _WHOLE)

    def _traits(self, asked: Asked) -> pd.DataFrame:
        question = facts.traits_query(self._plain(asked), self.kinds)
        return reading.whole(self.frame(question), ("recency", "orders", "categories"))

    def _rfm(self, asked: Asked, rules: Rules) -> pd.DataFrame:
        found = self.frame(rfm.query(self._plain(asked), self.kinds, rules))
        found["segment"] = rfm.as_segments(found["segment"])
        found = reading.whole(found, ("recency", "frequency", "orders", "steady"))
        return found.astype(dict.fromkeys(rfm.SCORES, "Int8"))

    def _plain(self, asked: Asked) -> Asked:
        return Asked(asked.population, self._everything(asked.scope), asked.as_of)

    def _everything(self, scope: Scope) -> Scope:
        """The same scope without a period of its own, so that each answer is kept once."""
        covered = self._covered()
        period = Period(covered.first, covered.last) if covered else scope.period
        return scope.at(period)

    def _covered(self) -> looking.Coverage | None:
        return self.kept("covered", lambda: looking.coverage(self._store))

    def _months(self, scope: Scope, covered: looking.Coverage) -> list[int]:
        everything = Scope(Period(covered.first, covered.last), scope.basis)
        counted = self.ask(MetricQuery(("net_sales",), everything, by=("month",)))
        return [int(month) for month in counted["month"]]

    def _overridden(self) -> frozenset[str]:
        return self.kept("overridden", lambda: looking.overridden(self._store))
