"""The one open workspace of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import streamlit as st

from chanplan.domain.errors import ChanplanError, StoreBusyError
from chanplan.settings import Settings, from_environment
from chanplan.workspace import Workspace

# Homes whose store is closed for everyone while its database is made anew.
_AWAY: set[str] = set()
_OPENING = RLock()


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


@st.cache_resource(max_entries=1, show_spinner=False, on_release=Workspace.close)
def _opened(home: str) -> Workspace:
    return Workspace.open(Path(home))
