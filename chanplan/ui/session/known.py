"""What the data has: its months, bases, members and their names, events, names alike."""

from __future__ import annotations

import streamlit as st

from chanplan.analysis import maturity
from chanplan.domain.events import Event
from chanplan.domain.masking import masked
from chanplan.plans.suggesting import Suggestion
from chanplan.ui.session.opened import home, workspace
from chanplan.ui.session.reader import say, unmasked
from chanplan.workspace import Coverage

MOST_LISTS = 200
# Dimensions whose members are words of ours; of maturity no store knows.
_OURS = {
    "channel_kind": ("channel_kinds", ("online", "offline")),
    maturity.DIMENSION: ("maturities", maturity.GROUPS),
}


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


def bases() -> list[str]:
    """The bases among the lines that count, the one with most lines first."""
    space = workspace()
    return _bases(home(), space.version)


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


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _coverage(home: str, version: int) -> Coverage | None:
    return workspace().periods()


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _bases(home: str, version: int) -> list[str]:
    return workspace().bases()


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
def _dated(home: str, version: int) -> frozenset[str]:
    return workspace().dated()


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _events(home: str, version: int) -> tuple[Event, ...]:
    return workspace().events()


@st.cache_data(max_entries=MOST_LISTS, show_spinner=False)
def _suggestions(
    home: str, version: int, batches: tuple[int, ...] | None
) -> tuple[Suggestion, ...]:
    return workspace().names.suggestions(batches)
