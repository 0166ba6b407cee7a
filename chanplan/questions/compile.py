"""A question becomes one SQL statement in what every engine speaks.

Slots of a statement, filled from the catalogue and the scope; the fact is read as `f`, joined
to `span` by its month:

    {facts}      the relation read, of the family among the file's inputs
    {months}     a select of every month with its calendar members, for the CTE `span`
    {joins}      attributes looked up for the keys and the filters
    {where}      basis and filters of the scope, in its attribute view
    {now}        whether a line lies in the scope's period: its months, or the days of them that
                 the scope names; {then}: the same of the base, a parameter `base` of kind period
    {keys}       `expression as k_name, ` for every dimension split by
    {key_names}  those names alone, to group, partition and order by
    {key_list}   the same, `k_name, ` for each, to stand before other columns
    {places}     those that are not of the calendar, `k_name, ` for each
    {grouped}    `group by` them all, or nothing where nothing is split
    {bases}      a select of every basis, for what stands beside sales of each
    {members}    `k_name as name, `, to give them as the answer does
    {tax}        with_tax or without_tax, the end of a money column's name
    {counted}    the line types of net sales; {priced}: those of quantity

Values are bound: `:first` and `:last` of the scope's period, `:name` of a parameter,
`:name_first` and `:name_last` of one that is a period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from chanplan.domain.period import Period
from chanplan.domain.scope import BASES, Days, Scope
from chanplan.metrics import relations
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.relations import Relation
from chanplan.metrics.span import within
from chanplan.metrics.splitting import Splitting
from chanplan.metrics.statement import Compiled
from chanplan.questions.file import DIMENSIONS, QuestionFile, question_file
from chanplan.questions.question import Question

# A page gets small frames: beyond this a finer question is a question for a download.
MOST_ROWS = 50_000
_FAMILIES = {
    "amounts": relations.AMOUNTS,
    "orders": relations.ORDERS,
    "customers": relations.CUSTOMERS,
}
# Relations that questions read by name and that tell of partners.
_MOVED = frozenset(
    ("line_facts", "customer_months", "collection_lines", "cost_lines", "outlet_lines")
)
_SLOT = re.compile(r"\{(\w+)\}|(?<!:):([a-z]\w*)")


def compile_question(
    question: Question, overridden: frozenset[str], most: int | None = MOST_ROWS
) -> Iterator[Compiled]:
    """Statements that answer it, from the smallest relation to the lines themselves; the first
    is enough unless its answer has a column `blurred` that is true somewhere. `most` rows and
    one are asked for; None for as many as there are."""
    split = Splitting(question.scope, question.by, overridden)
    file = question_file(question.name)
    values = _values(question)
    for relation in _relations(question, split):
        slots = _slots(question, split, relation)
        sql, bound = _filled(_told(file, split), slots, values)
        others = [name for name in file.inputs if name not in _FAMILIES]
        reads = (*([relation.name] if relation else []), *others)
        limit = "" if most is None else f"\nlimit {most + 1}"
        yield Compiled(f"{sql}{limit}", bound, reads)


def _told(file: QuestionFile, split: Splitting) -> str:
    """The statement, reading what it reads by name where the company says that partners belong."""
    statement = file.statement
    if split.moving:
        for name in _MOVED.intersection(file.inputs):
            statement = re.sub(rf"\b{name}\b", split.moved(name), statement)
    return statement


def _relations(question: Question, split: Splitting) -> list[Relation | None]:
    """Those of the file's family that can answer, smallest first; days are known to lines alone."""
    families = [_FAMILIES[n] for n in question_file(question.name).inputs if n in _FAMILIES]
    if not families:
        return [None]
    if question.scope.days is not None:
        return [relations.LINES]
    known = relations.with_partner(families[0], split.moving) if split.moving else families[0]
    return [relation for relation in known if split.columns() <= relation.columns]


def _values(question: Question) -> dict[str, tuple[Any, ...]]:
    """What each `:name` stands for; a list stands for as many marks."""
    named: dict[str, object] = {"": question.scope.period, **dict(question.parameters)}
    values: dict[str, tuple[Any, ...]] = {}
    for name, value in named.items():
        if isinstance(value, Period):
            values[f"{name}_first".lstrip("_")] = (value.first,)
            values[f"{name}_last".lstrip("_")] = (value.last,)
        elif question_file(question.name).parameters[name] != DIMENSIONS:
            values[name] = value if isinstance(value, tuple) else (value,)
    return values


def _slots(
    question: Question, split: Splitting, relation: Relation | None
) -> dict[str, tuple[str, tuple[Any, ...]]]:
    measures = catalogue().measures
    plain = {
        "facts": split.told(relation.name) if relation else "",
        "months": _months(),
        "joins": split.joins(),
        "keys": split.key_columns(),
        "key_names": split.key_names(),
        "key_list": "".join(f"k_{key.name}, " for key in split.keys),
        "members": "".join(f"k_{key.name} as {key.name}, " for key in split.keys),
        "places": "".join(f"k_{key.name}, " for key in split.keys if not key.calendar),
        "grouped": f"group by {split.key_names()}" if split.keys else "",
        "bases": " union all ".join(f"select '{basis}' as basis" for basis in BASES),
        "tax": question.scope.tax,
        "counted": _texts(measures["net_sales"].lines),
        "priced": _texts(measures["quantity"].lines),
    }
    sides = {"now": _now(question.scope), "then": _then(question)}
    return {name: (sql, ()) for name, sql in plain.items()} | {"where": split.where()} | sides


def _now(scope: Scope) -> tuple[str, tuple[Any, ...]]:
    days = scope.days
    return _in(scope.period, days, (days.first, days.last) if days else ())


def _then(question: Question) -> tuple[str, tuple[Any, ...]]:
    base, days = dict(question.parameters).get("base"), question.scope.days
    if not isinstance(base, Period):
        return "1 = 0", ()
    return _in(base, days, (days.base_first, days.base_last) if days else ())


def _in(period: Period, days: Days | None, bounds: tuple[date, ...]) -> tuple[str, tuple[Any, ...]]:
    months = "f.month between ? and ?"
    if days is None:
        return months, (period.first, period.last)
    mark = "cast(? as date)"
    return f"{months} and {within(days, mark, mark)}", (period.first, period.last, *bounds)


def _filled(
    statement: str,
    slots: dict[str, tuple[str, tuple[Any, ...]]],
    values: dict[str, tuple[Any, ...]],
) -> tuple[str, tuple[Any, ...]]:
    """The statement with its slots filled, and the values in the order of their marks."""
    bound: list[Any] = []

    def fill(match: re.Match[str]) -> str:
        if match[1]:
            sql, more = slots[match[1]]
        else:
            more = values[match[2]]
            sql = ", ".join("?" for _ in more) or "null"
        bound.extend(more)
        return sql

    return _SLOT.sub(fill, statement), tuple(bound)


def _months() -> str:
    told = [d for d in catalogue().dimensions.values() if d.calendar]
    names = ", ".join(f"calendar.{d.calendar} as k_{d.name}" for d in told)
    return f"select calendar.month as month, {names} from calendar"


def _texts(names: tuple[str, ...]) -> str:
    """Catalogue words as a list in SQL; they are ours, never a person's."""
    return ", ".join(f"'{name}'" for name in names)
