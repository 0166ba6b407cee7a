"""Choices that live in the address bar, so that a link opens what its sender saw.

Streamlit can bind an input to the address by itself, but writes the option as it is shown:
a link made in Chinese would lose its period in English. Here the address holds the option's
own code (`period=last_12`), read when a session or the browser's history opens it, and
written on every run; between runs the session holds the choice, on every page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import streamlit as st

_STATE = "_address"


@dataclass
class _Memory:
    """What one session knows of its address: the page, what was written, old defaults."""

    page: str | None = None
    reads: bool = True
    written: dict[str, list[str]] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    defaults: dict[str, str] = field(default_factory=dict)


def begin() -> None:
    """Called once at the start of a run: on a change of page the address is not a wish."""
    memory = _memory()
    page = urlsplit(st.context.url or "").path
    memory.reads = memory.page in (None, page)
    memory.page = page
    memory.drawn.clear()


def choice(
    key: str, options: Sequence[str], default: str, label: str, show: Callable[[str], str]
) -> str:
    """One of several options; the default is left out of the address."""
    current(key, options, default)
    chosen = st.selectbox(label, options, key=key, format_func=show, persist_state="session")
    write(key, [] if chosen == default else [chosen])
    return chosen


def choices(
    key: str, options: Sequence[str], label: str, show: Callable[[str], str], hint: str
) -> list[str]:
    """Any number of options; none is the default."""
    asked = [value for value in _asked(key) or [] if value in options]
    now = asked if _asked(key) is not None else st.session_state.get(key, [])
    st.session_state[key] = [value for value in now if value in options]
    chosen = st.multiselect(
        label, options, key=key, format_func=show, placeholder=hint, persist_state="session"
    )
    write(key, chosen)
    return chosen


def current(key: str, options: Sequence[str], default: str) -> str:
    """The choice of `key` as of now, put where the input with this key will find it."""
    memory, asked, before = _memory(), _asked(key), st.session_state.get(key)
    wanted = asked[0] if asked else default if asked is not None else before
    if wanted not in options or (asked is None and before == memory.defaults.get(key)):
        wanted = default  # unknown, or never chosen: then it follows the default
    memory.defaults[key] = default
    if key not in memory.drawn:  # an input already drawn may not be set again in this run
        st.session_state[key] = wanted
    return str(wanted)


def write(key: str, values: list[str]) -> None:
    """Mirror in the address what an input, just drawn, says."""
    if st.query_params.get_all(key) != values:
        if values:
            st.query_params[key] = values
        else:
            st.query_params.pop(key, None)
    memory = _memory()
    memory.written[key] = list(values)
    memory.drawn.add(key)


def _asked(key: str) -> list[str] | None:
    """What the address asks for, when a person (and not this program) has put it there."""
    memory, now = _memory(), list(st.query_params.get_all(key))
    if key not in memory.written:
        return now or None
    return now if memory.reads and now != memory.written[key] else None


def _memory() -> _Memory:
    memory: _Memory = st.session_state.setdefault(_STATE, _Memory())
    return memory
