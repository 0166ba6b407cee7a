"""Questions of the catalogue, and those of chanplan/questions, answered by one open store."""

from __future__ import annotations

from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.store import Store
from chanplan.workspace import looking
from chanplan.workspace.answers import Answer, answer, answer_question


class Asking:
    """What answers questions of an open store; it knows nothing of who asks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: tuple[int, frozenset[str]] = (-1, frozenset())

    def ask(self, query: MetricQuery | Question) -> Answer:
        """The answer. BadQueryError for what cannot be asked."""
        if isinstance(query, Question):
            return answer_question(query, self._store.fetch, self._overridden())
        known = self._overridden()
        if query.reported:
            known = looking.overridden(self._store, query.reported)
        return answer(query, self._store.fetch, known)

    def _overridden(self) -> frozenset[str]:
        """Looked up once per data version: it is asked with every question."""
        version = self._store.position
        if self._known[0] != version:
            self._known = (version, looking.overridden(self._store))
        return self._known[1]
