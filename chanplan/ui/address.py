"""Choices that live in the address bar, so that a link opens what its sender saw.

Streamlit can bind an input to the address by itself, but writes the option as it is shown:
a link made in Chinese would lose its period in English. Here the address holds the option's
own code (`period=last_12`), read when a session or the browser's history opens it; between
runs the session holds the choice, on every page. What a run's inputs say is written once, at
its end: one click is one step of the browser's history, however many inputs it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_tab_container import TabContainer

_STATE = "_address"


@dataclass
class _Memory:
    """What one session knows of its address: the page, what was written, old defaults."""

    page: str | None = None
    reads: bool = True
    written: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)  # by this run's inputs so far
    defaults: dict[str, str] = field(default_factory=dict)
    tabs: dict[str, str] = field(default_factory=dict)


def begin() -> None:
    """Called once at the start of a run. A link to another page empties the address: that is
    no wish; where it is not empty, the browser's history has brought it back."""
    memory = _memory()
    page = urlsplit(st.context.url or "").path
    memory.reads = memory.page in (None, page) or bool(st.query_params)
    memory.page = page
    memory.said.clear()


def finish() -> None:
    """Called once at the end of a run: the address now says what this run's inputs say."""
    memory = _memory()
    wanted = {name: st.query_params.get_all(name) for name in st.query_params}
    now = dict(wanted)
    for key, values in memory.said.items():
        wanted.pop(key, None)
        if values:
            wanted[key] = values
    if wanted != now:
        st.query_params.from_dict(wanted)
    memory.written |= memory.said


def choice(
    key: str, options: Sequence[str], default: str, label: str, show: Callable[[str], str]
) -> str:
    """One of several options; the default is left out of the address."""
    current(key, options, default)
    chosen = st.selectbox(label, options, key=key, format_func=show, persist_state="session")
    write(key, chosen, default)
    return chosen


def switch(key: str, show: Mapping[str, str], label: str) -> str:
    """One of a few options side by side, the first by default; the label is read aloud."""
    options = list(show)
    current(key, options, options[0])
    chosen = st.segmented_control(
        label,
        options,
        key=key,
        format_func=show.__getitem__,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    write(key, chosen or options[0], options[0])
    return chosen or options[0]


def day(key: str, first: date, last: date, label: str) -> date:
    """A day between two, the last by default; the address holds it as 2024-08-20."""
    memory, asked = _memory(), _asked(key)
    before = st.session_state.get(key)
    wanted = _day(asked[0]) if asked else None if asked is not None else before
    if wanted is None or not first <= wanted <= last or before == _day(memory.defaults.get(key)):
        wanted = (asked and _day(asked[0])) or last
    memory.defaults[key] = last.isoformat()
    if key not in memory.said:
        st.session_state[key] = min(max(wanted, first), last)
    chosen = st.date_input(
        label, key=key, min_value=first, max_value=last, format="YYYY-MM-DD",
        persist_state="session",
    )  # fmt: skip
    told = chosen if isinstance(chosen, date) else last
    write(key, told.isoformat(), last.isoformat())
    return told


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def tabs(key: str, show: Mapping[str, str]) -> list[tuple[str, TabContainer]]:
    """(code, tab) of each; the open one is in the address, the first is left out.

    Streamlit holds the open tab by its title; the code survives another language.
    """
    memory, drawn = _memory(), f"{key}_tabs"
    codes = {title: code for code, title in show.items()}
    first, asked = next(iter(show)), _asked(key)
    held = codes.get(st.session_state.get(drawn, ""), memory.tabs.get(key, first))
    wanted = held if asked is None else (asked or [first])[0]
    st.session_state[drawn] = show.get(wanted, show[first])
    found = st.tabs(list(show.values()), key=drawn, on_change="rerun")
    memory.tabs[key] = codes[st.session_state[drawn]]
    write(key, memory.tabs[key], first)
    return list(zip(show, found, strict=True))


def choices(
    key: str,
    options: Sequence[str],
    label: str,
    show: Callable[[str], str],
    hint: str,
    most: int | None = None,
) -> list[str]:
    """Any number of options, or `most` of them; none is the default."""
    asked = _asked(key)
    now = st.session_state.get(key, []) if asked is None else asked
    st.session_state[key] = [value for value in now if value in options][:most]
    chosen = st.multiselect(
        label,
        options,
        key=key,
        format_func=show,
        max_selections=most,
        placeholder=hint,
        persist_state="session",
    )
    _memory().said[key] = list(chosen)
    return chosen


def go(query: Mapping[str, Sequence[str]], kept: Sequence[str]) -> None:
    """In a callback: the page as if this query stood in its address; what it does not say takes
    its default. `kept` names what stays as it is."""
    stays = {name: st.query_params.get_all(name) for name in kept if name in st.query_params}
    st.query_params.from_dict({name: list(values) for name, values in query.items()} | stays)


def said(without: Sequence[str] = ()) -> dict[str, list[str]]:
    """What the address says as of the last run."""
    return {n: st.query_params.get_all(n) for n in st.query_params if n not in without}


def current(key: str, options: Sequence[str], default: str) -> str:
    """The choice of `key` as of now, put where the input with this key will find it."""
    memory, asked, before = _memory(), _asked(key), st.session_state.get(key)
    wanted = asked[0] if asked else default if asked is not None else before
    if wanted not in options or (asked is None and before == memory.defaults.get(key)):
        wanted = default  # unknown, or never chosen: then it follows the default
    memory.defaults[key] = default
    if key not in memory.said:  # an input already drawn may not be set again in this run
        st.session_state[key] = wanted
    return str(wanted)


def drawn(key: str) -> str | None:
    """What an input says that was already drawn in this run; None before it is."""
    return st.session_state.get(key) if key in _memory().said else None


def write(key: str, chosen: str, default: str) -> None:
    """What an input, just drawn, says; a default that the address spells out stays in it."""
    spelled = st.query_params.get_all(key) == [chosen]
    _memory().said[key] = [chosen] if spelled or chosen != default else []


def _asked(key: str) -> list[str] | None:
    """What the address asks for, when a person (and not this program) has put it there; asked
    once: a run that is cut short has answered it all the same."""
    memory = _memory()
    if key in memory.said:
        return None
    now, before = list(st.query_params.get_all(key)), memory.written.get(key, [])
    if now == before or (key in memory.written and not memory.reads):
        return None
    memory.written[key] = now
    return now


def _memory() -> _Memory:
    memory: _Memory = st.session_state.setdefault(_STATE, _Memory())
    return memory
