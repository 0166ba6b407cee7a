"""Answers, and what is worked out of them; kept until the data changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from decimal import Decimal
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit as st

from chanplan.analysis import unusual
from chanplan.analysis.resting import Resting, resting
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.ui.session.known import MOST_LISTS, coverage, members
from chanplan.ui.session.opened import home, workspace
from chanplan.workspace.personal import PersonalColumn

# Answers are small frames; these bounds keep a long day's browsing under a few hundred MB.
MOST_ANSWERS = 400
# Lists of rows that may be long.
MOST_OPENED = 4
# What is worked out of answers holds several frames.
MOST_WORKED_OUT = 60
# Lines behind a number that are paged through; nobody reads on beyond them.
MOST_LINES = 10_000
T = TypeVar("T")


def ask(query: MetricQuery | Question) -> pd.DataFrame:
    """The answer to a question, kept until the data changes."""
    space = workspace()
    return _answer(home(), space.version, query)


def worked_out(make: Callable[..., T], *key: Hashable) -> T:
    """What `make(*key)` works out of answers, kept until the data changes: for work that takes
    longer than a click should. The key says all that it depends on besides the data."""
    space, name = workspace(), f"{make.__module__}.{make.__qualname__}"
    return cast(T, _worked_out(home(), space.version, name, key, make))


def unusual_in(scope: Scope) -> unusual.Report:
    """What is unusual in the whole months of a scope."""
    space = workspace()
    return _unusual(home(), space.version, scope.at(scope.period))


def rests_on(scope: Scope | None = None) -> Resting:
    """What the figures of a scope, or all of them, rest on."""
    space = workspace()
    return _resting(home(), space.version, scope)


def sum_of_lines(scope: Scope) -> tuple[int, Decimal | None]:
    """How many lines make the net sales of a scope, and what they sum to."""
    space = workspace()
    return _line_sum(home(), space.version, scope)


def money_of_imports() -> pd.DataFrame:
    """What of each import's money counts today."""
    space = workspace()
    return _money_of_imports(home(), space.version)


def aside(batch: int) -> pd.DataFrame:
    """The rows of an import that were set aside, as they stand today."""
    space = workspace()
    return _aside(home(), space.version, batch)


def personal() -> list[PersonalColumn]:
    """Columns of the kept originals that seem to tell of persons."""
    space = workspace()
    return _personal(home(), space.version)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _answer(home: str, version: int, query: MetricQuery | Question) -> pd.DataFrame:
    return workspace().ask(query).frame


@st.cache_data(max_entries=MOST_WORKED_OUT, show_spinner=False)
def _worked_out(
    home: str, version: int, name: str, key: tuple[Hashable, ...], _make: Callable[..., Any]
) -> Any:
    return _make(*key)


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _unusual(home: str, version: int, scope: Scope) -> unusual.Report:
    covered = coverage()
    first = scope.period.first if covered is None else covered.first
    known = [name for name in unusual.DIMENSIONS if members(name)]
    return unusual.find(unusual.asked(ask, scope, first, known), scope.period)


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _resting(home: str, version: int, scope: Scope | None) -> Resting:
    return resting(workspace().resting(scope))


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _line_sum(home: str, version: int, scope: Scope) -> tuple[int, Decimal | None]:
    return workspace().sum_of_lines(scope)


@st.cache_data(max_entries=MOST_OPENED, show_spinner=False)
def _money_of_imports(home: str, version: int) -> pd.DataFrame:
    return workspace().imports.money()


@st.cache_data(max_entries=MOST_OPENED, show_spinner=False)
def _aside(home: str, version: int, batch: int) -> pd.DataFrame:
    return workspace().imports.aside(batch)


@st.cache_data(max_entries=MOST_OPENED, show_spinner=False)
def _personal(home: str, version: int) -> list[PersonalColumn]:
    return workspace().personal()
