"""A file is loaded, or tried, once its questions are answered."""

from __future__ import annotations

from chanplan.domain.errors import QuestionOpenError
from chanplan.ingest.recognise import Proposal
from chanplan.ingest.tables_in import parts_told
from chanplan.store.originals import Original


def check_answered(original: Original, proposal: Proposal) -> None:
    """Raises QuestionOpenError while one is open."""
    if proposal.questions:
        kinds = ", ".join(question.kind for question in proposal.questions)
        first = proposal.questions[0]
        # Asked of every sheet that came along it is one question; else of one of them.
        asking = [one for one in proposal.companions if first in one.questions]
        where = {"in_sheet": asking[0].recipe.sheet} if len(asking) == 1 else {}
        raise QuestionOpenError(
            f"question_{first.kind}", file=original.name, kinds=kinds, **parts_told(first), **where
        )
