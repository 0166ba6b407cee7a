"""What a page may hold on to: the open workspace, answers, and the reader's language.

These are the product's only caches. Every entry is keyed by the data version, so a change
of data makes new entries; nobody ever clears one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit as st

from chanplan.analysis import maturity, unusual
from chanplan.analysis.resting import Resting, resting
from chanplan.domain.errors import ChanplanError, StoreBusyError
from chanplan.domain.events import Event
from chanplan.domain.masking import masked
from chanplan.domain.scope import Scope
from chanplan.language import LANGUAGES, Language, of_locale, text
from chanplan.language.numbers import Formatter
from chanplan.metrics.query import MetricQuery
from chanplan.plans.suggesting import Suggestion
from chanplan.questions import Question
from chanplan.settings import Settings, from_environment
from chanplan.ui import address
from chanplan.workspace import Coverage, Workspace
from chanplan.workspace.personal import PersonalColumn

# Answers are small frames; these bounds keep a long day's browsing under a few hundred MB.
MOST_ANSWERS = 400
MOST_LISTS = 200
# Lists of rows that may be long.
MOST_OPENED = 4
# What is worked out of answers holds several frames.
MOST_WORKED_OUT = 60
# Lines behind a number that are paged through; nobody reads on beyond them.
MOST_LINES = 10_000
LANGUAGE_KEY = "lang"
UNMASKED_KEY = "unmasked"
# Dimensions whose members are words of ours; of maturity no store knows.
_OURS = {
    "channel_kind": ("channel_kinds", ("online", "offline")),
    maturity.DIMENSION: ("maturities", maturity.GROUPS),
}
# Homes whose store is closed for everyone while its database is made anew.
_AWAY: set[str] = set()
_OPENING = RLock()
T = TypeVar("T")


def settings() -> Settings:
    """The settings of this process, with what the company has said of its calendar above them,
    where its store can be opened."""
    try:
        return workspace().settings
    except ChanplanError:
        return from_environment()


def home() -> str:
    """The folder of the store."""
    return str(from_environment().home)


def workspace() -> Workspace:
    """The one open workspace of this process. Raises StoreBusyError, StoreFaultError."""
    at = home()
    with _OPENING:
        if at in _AWAY:
            raise StoreBusyError("store_made_anew", home=at)
        return _opened(at)


@contextmanager
def put_away() -> Iterator[Settings]:
    """The store closed for every session meanwhile: for deeds that open it by themselves, such
    as making its database anew. The next call of `workspace` opens it again."""
    told = from_environment()
    at = str(told.home)
    with _OPENING:
        _AWAY.add(at)
        _opened.clear(at)
    try:
        yield told
    finally:
        with _OPENING:
            _AWAY.discard(at)


def ask(query: MetricQuery | Question) -> pd.DataFrame:
    """The answer to a question, kept until the data changes."""
    space = workspace()
    return _answer(home(), space.version, query)


def worked_out(make: Callable[..., T], *key: Hashable) -> T:
    """What `make(*key)` works out of answers, kept until the data changes: for work that takes
    longer than a click should. The key says all that it depends on besides the data."""
    space, name = workspace(), f"{make.__module__}.{make.__qualname__}"
    return cast(T, _worked_out(home(), space.version, name, key, make))


def sum_of_lines(scope: Scope) -> tuple[int, Decimal | None]:
    """How many lines make the net sales of a scope, and what they sum to."""
    space = workspace()
    return _line_sum(home(), space.version, scope)


def aside(batch: int) -> pd.DataFrame:
    """The rows of an import that were set aside, as they stand today."""
    space = workspace()
    return _aside(home(), space.version, batch)


def personal() -> list[PersonalColumn]:
    """Columns of the kept originals that seem to tell of persons."""
    space = workspace()
    return _personal(home(), space.version)


def rests_on(scope: Scope | None = None) -> Resting:
    """What the figures of a scope, or all of them, rest on."""
    space = workspace()
    return _resting(home(), space.version, scope)


def members(dimension: str) -> list[str]:
    """The members of a dimension."""
    if dimension == maturity.DIMENSION:
        return list(maturity.GROUPS)
    space = workspace()
    return _members(home(), space.version, dimension)


def labels(dimension: str) -> dict[str, str]:
    """Member → name, for members whose key is a code, or that are shown masked."""
    if dimension in _OURS:
        section, ours = _OURS[dimension]
        return {member: say(f"{section}.{member}") for member in ours}
    space = workspace()
    return _labels(home(), space.version, dimension, unmasked())


def unmasked() -> bool:
    """Whether this reader has asked to see phone numbers, ID numbers and addresses whole."""
    return bool(st.session_state.get(UNMASKED_KEY, False))


def unusual_in(scope: Scope) -> unusual.Report:
    """What is unusual in the whole months of a scope."""
    space = workspace()
    return _unusual(home(), space.version, scope.at(scope.period))


def is_dated() -> bool:
    """Whether an attribute of a member has ever changed, so that "then" differs from "now"."""
    return bool(dated())


def dated() -> frozenset[str]:
    """The dimensions by which "then" differs from "now"."""
    space = workspace()
    return _dated(home(), space.version)


def events() -> tuple[Event, ...]:
    """The company's own events, and its words on known ones."""
    space = workspace()
    return _events(home(), space.version)


def suggestions() -> tuple[Suggestion, ...]:
    """Names that may mean one thing."""
    space = workspace()
    return _suggestions(home(), space.version, None)


def suggestions_of(batches: tuple[int, ...]) -> tuple[Suggestion, ...]:
    """Those of names in these imports that speak strongly for themselves."""
    space = workspace()
    return _suggestions(home(), space.version, batches)


def bases() -> list[str]:
    """The bases among the lines that count, the one with most lines first."""
    space = workspace()
    return _bases(home(), space.version)


def coverage() -> Coverage | None:
    """Which months hold counted lines; None for an empty store."""
    space = workspace()
    return _coverage(home(), space.version)


def has_data() -> bool:
    """Whether any sales line counts; a store that cannot be opened is told where it is used."""
    try:
        return coverage() is not None
    except Exception:  # noqa: BLE001 - the page asks again, and tells it in one sentence
        return True


def language() -> Language:
    """From the address (?lang=en), the session, or as usual for this reader."""
    drawn = address.drawn(LANGUAGE_KEY)  # asked a thousand times a page
    return cast(Language, drawn or address.current(LANGUAGE_KEY, LANGUAGES, usual_language()))


def usual_language() -> Language:
    """The one of the settings, else of the browser's locale."""
    wanted = from_environment().language
    return wanted if wanted in LANGUAGES else of_locale(st.context.locale)


def say(key: str, **values: object) -> str:
    """A sentence of the product in the reader's language."""
    return text(language(), key, **values)


def figures() -> Formatter:
    """How figures are written for this reader."""
    return Formatter(language())


@st.cache_resource(max_entries=1, show_spinner=False, on_release=Workspace.close)
def _opened(home: str) -> Workspace:
    return Workspace.open(Path(home))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _answer(home: str, version: int, query: MetricQuery | Question) -> pd.DataFrame:
    return workspace().ask(query).frame


@st.cache_data(max_entries=MOST_WORKED_OUT, show_spinner=False)
def _worked_out(
    home: str, version: int, name: str, key: tuple[Hashable, ...], _make: Callable[..., Any]
) -> Any:
    return _make(*key)


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _line_sum(home: str, version: int, scope: Scope) -> tuple[int, Decimal | None]:
    return workspace().sum_of_lines(scope)


@st.cache_data(max_entries=MOST_OPENED, show_spinner=False)
def _aside(home: str, version: int, batch: int) -> pd.DataFrame:
    return workspace().aside(batch)


@st.cache_data(max_entries=MOST_OPENED, show_spinner=False)
def _personal(home: str, version: int) -> list[PersonalColumn]:
    return workspace().personal()


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _resting(home: str, version: int, scope: Scope | None) -> Resting:
    return resting(workspace().resting(scope))


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _members(home: str, version: int, dimension: str) -> list[str]:
    return workspace().members(dimension)


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _labels(home: str, version: int, dimension: str, whole: bool) -> dict[str, str]:
    known = workspace().labels(dimension)
    if whole:
        return dict(known)
    masks = workspace().customers.masks(dimension)
    return {**masks, **{member: masked(name) for member, name in known.items()}}


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _unusual(home: str, version: int, scope: Scope) -> unusual.Report:
    covered = coverage()
    first = scope.period.first if covered is None else covered.first
    known = [name for name in unusual.DIMENSIONS if members(name)]
    return unusual.find(unusual.asked(ask, scope, first, known), scope.period)


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _dated(home: str, version: int) -> frozenset[str]:
    return workspace().dated()


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _events(home: str, version: int) -> tuple[Event, ...]:
    return workspace().events()


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _suggestions(
    home: str, version: int, batches: tuple[int, ...] | None
) -> tuple[Suggestion, ...]:
    return workspace().suggestions(batches)


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _bases(home: str, version: int) -> list[str]:
    return workspace().bases()


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _coverage(home: str, version: int) -> Coverage | None:
    return workspace().periods()
