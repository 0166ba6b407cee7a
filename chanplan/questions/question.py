"""A question by its name, the scope it is asked in, and its own parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.questions.file import DIMENSIONS, question_file, question_names

Parameter = str | int | date | tuple[str, ...] | Period


@dataclass(frozen=True, init=False)
class Question:
    """`Question("bridge_items", scope, by=("channel",), base=Period(202401, 202412))`.

    Asked by `workspace.ask` like a MetricQuery, and like it a key of a cache. What it answers
    stands at the head of `chanplan/questions/<name>.sql`.
    """

    name: str
    scope: Scope
    parameters: tuple[tuple[str, Parameter], ...]

    def __init__(self, name: str, scope: Scope, **parameters: Parameter) -> None:
        """Raises BadQueryError for an unknown name, parameter or dimension."""
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "scope", scope)
        object.__setattr__(self, "parameters", tuple(sorted(parameters.items())))
        self._check()

    def parameter(self, name: str) -> Parameter:
        """One of its parameters by name; KeyError where the question has none such."""
        return dict(self.parameters)[name]

    @property
    def by(self) -> tuple[str, ...]:
        """The dimensions it is split by; none where its file declares none."""
        declared = question_file(self.name).parameters
        split = [name for name, kind in declared.items() if kind == DIMENSIONS]
        chosen = [self.parameter(name) for name in split]
        return tuple(name for names in chosen if isinstance(names, tuple) for name in names)

    def _check(self) -> None:
        if self.name not in question_names():
            known = ", ".join(question_names())
            raise BadQueryError("unknown_question", name=self.name, known=known)
        declared = question_file(self.name).parameters
        given = dict(self.parameters)
        for name in {*declared, *given}:
            if name not in declared or name not in given or not _fits(given[name], declared[name]):
                told = ", ".join(f"{each}: {kind}" for each, kind in declared.items())
                raise BadQueryError("bad_parameter", name=name, question=self.name, known=told)
        filters = [name for name, _ in (*self.scope.where, *self.scope.rows.permitted)]
        for name in (*self.by, *filters):
            if name not in catalogue().dimensions:
                known = ", ".join(catalogue().dimensions)
                raise BadQueryError("unknown_dimension", name=name, known=known)


def _fits(value: Parameter, kind: str) -> bool:
    if kind == "day":
        return isinstance(value, date)
    if kind == "period":
        return isinstance(value, Period)
    if kind in (DIMENSIONS, "texts"):
        return isinstance(value, tuple) and all(isinstance(each, str) for each in value)
    return isinstance(value, str if kind == "text" else int)
