"""From the rows of a compiled query to the answer: zeros where nothing was sold, and ratios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.domain.errors import BadQueryError
from chanplan.metrics.catalogue import Measure, catalogue
from chanplan.metrics.compile import PRESENT, compile_query
from chanplan.metrics.needed import beside_measures, needed_measures
from chanplan.metrics.query import BASE, MetricQuery
from chanplan.metrics.relations import LINES
from chanplan.questions import Question
from chanplan.questions.compile import MOST_ROWS, compile_question
from chanplan.workspace import beside
from chanplan.workspace.ratios import quotient

Fetch = Callable[[str, Sequence[Any]], pd.DataFrame]

# A question's column that tells that the summary read was too coarse to answer it.
BLURRED = "blurred"


@dataclass(frozen=True)
class Answer:
    """The frame of a query or question, and where it was read from.

    frame  one row per combination of members: dimensions (None = not stated), then each
           measure and `<measure>__base` (Decimal or int; None = unknown); of a question, the
           columns its file declares
    reads  the relations read; reads_lines tells that no summary could answer
    """

    frame: pd.DataFrame
    reads: tuple[str, ...]
    reads_lines: bool


def answer(query: MetricQuery, fetch: Fetch, overridden: frozenset[str]) -> Answer:
    """Run a query through `fetch` and finish its frame."""
    read: list[str] = []
    frame = pd.DataFrame(columns=list(query.by), dtype=object)
    suffixes = ("",) if query.compare == "none" else ("", BASE)
    if needed_measures(query):
        compiled = compile_query(query, overridden)
        read += compiled.reads
        frame = fetch(compiled.sql, compiled.values).astype(object)
        frame = frame.where(frame.notna(), None)
        for suffix in suffixes:
            _fill_zeros(frame, query, suffix)

    known: dict[MetricQuery | Question, Answer] = {}

    def ask(more: MetricQuery | Question) -> pd.DataFrame:
        if more not in known:  # two measures may rest on one question
            if isinstance(more, Question):
                known[more] = answer_question(more, fetch, overridden)
            else:
                known[more] = answer(more, fetch, overridden)
            read.extend(known[more].reads)
        return known[more].frame

    frame = beside.laid(frame, query, ask)
    for suffix in suffixes:
        _divide(frame, query, suffix)
    wanted = [*query.by, *(name + suffix for suffix in suffixes for name in query.measures)]
    reads = tuple(dict.fromkeys(read))
    return Answer(_sorted(frame[wanted], query), reads, LINES.name in reads)


def answer_question(question: Question, fetch: Fetch, overridden: frozenset[str]) -> Answer:
    """Ask the smallest summary that holds the members, and the next where it proves too coarse.

    Raises BadQueryError for more rows than anyone reads.
    """
    for compiled in compile_question(question, overridden):
        frame = fetch(compiled.sql, compiled.values).astype(object)
        if len(frame) > MOST_ROWS:
            raise BadQueryError("answer_too_long", most=MOST_ROWS)
        found = Answer(frame.where(frame.notna(), None), compiled.reads, compiled.reads_lines)
        if BLURRED not in frame or not (frame[BLURRED] == 1).any():
            break
    return found


def _fill_zeros(frame: pd.DataFrame, query: MetricQuery, suffix: str) -> None:
    """A member without a line on one side sold nothing there, if that side has lines at all."""
    absent = frame[PRESENT + suffix].isna()
    if absent.all() or not absent.any():
        return
    for name in needed_measures(query):
        column = frame[name + suffix]
        if column[~absent].notna().any():
            zero: Any = Decimal(0) if catalogue().measures[name].additive else 0
            frame[name + suffix] = column.mask(absent, zero)


def _divide(frame: pd.DataFrame, query: MetricQuery, suffix: str) -> None:
    for name in query.measures:
        measure = catalogue().measures[name]
        if measure.over:
            frame[name + suffix] = _ratio(frame, measure, suffix)


def _ratio(frame: pd.DataFrame, measure: Measure, suffix: str) -> pd.Series:
    above, below = (frame[name + suffix] for name in measure.over)
    quotients = [quotient(a, b) for a, b in zip(above, below, strict=True)]
    return pd.Series(quotients, index=frame.index, dtype=object)


def _sorted(frame: pd.DataFrame, query: MetricQuery) -> pd.DataFrame:
    """SQL has sorted by sums; a ratio, and what stands beside the lines, is known only here."""
    at_last = query.order not in needed_measures(query) or beside_measures(query.measures)
    if query.order and at_last:
        known = frame[query.order].map(lambda value: float("-inf") if value is None else value)
        frame = frame.loc[known.sort_values(ascending=False, kind="stable").index]
    if query.limit is not None:
        frame = frame.head(query.limit)
    return frame.reset_index(drop=True)
