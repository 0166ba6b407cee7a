"""What the words of a status column make of a line: a rule that a person sees and can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.line_types import LINE_TYPES
from chanplan.ingest.line_types import line_type, resolved, rule_of, rules
from chanplan.ingest.told import Note, StatusRule

# More different texts than this are no statuses but remarks; the rules apply to them unseen.
MOST_STATUSES = 200


def decided(
    seen: Iterable[str], given: Mapping[str, str], old: Mapping[str, str] | None
) -> tuple[dict[str, str], tuple[StatusRule, ...]]:
    """(what a recipe keeps, what each text seen means and why).

    given  text → line type, said by a person; stands above what was remembered and the rules
    old    what the recipe of an earlier file of this shape kept

    UnrecognisedTableError for a line type that there is none of.
    """
    _check(given)
    texts = sorted({text.strip() for text in seen if text.strip()})[:MOST_STATUSES]
    said = {status.strip().lower(): kind for status, kind in given.items()}
    known = said | {word: kind for word, kind in (old or {}).items() if word not in said}
    kept = known | {word: kind for word, kind in resolved(texts).items() if word not in known}
    return kept, tuple(StatusRule(text, *_why(text, said, old or {})) for text in texts)


def not_sales(statuses: Iterable[StatusRule]) -> list[Note]:
    """Which texts seen do not mean a sale."""
    out = [one.status for one in statuses if one.line_type != "sale"]
    return [Note("statuses_not_sales", {"statuses": ", ".join(out)})] if out else []


def _why(text: str, said: Mapping[str, str], old: Mapping[str, str]) -> tuple[str, str]:
    """(line type, rule) of one text."""
    word = text.lower()
    if word in said:
        return said[word], "given"
    by_rule, remembered = line_type(text, rules()), line_type(text, old) if old else None
    if remembered is not None and remembered != by_rule:
        return remembered, "remembered"
    return by_rule, rule_of(text, rules())


def _check(given: Mapping[str, str]) -> None:
    for kind in given.values():
        if kind not in LINE_TYPES:
            known = ", ".join(LINE_TYPES)
            raise UnrecognisedTableError("no_such_line_type", line_type=kind, known=known)
