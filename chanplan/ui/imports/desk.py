"""The files on the desk: kept, inspected, waiting to be loaded; one list per session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import streamlit as st

from chanplan.ingest.recognise import Hints, Proposal
from chanplan.ui.imports import looking
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.session import workspace

_DESK = "import_desk"
_SEEN = "import_seen"
_ROUND = "import_round"
_SAID = "import_said"


@dataclass(frozen=True)
class Arrival:
    """A file a person gave: an upload, or a path in the inbox."""

    key: str
    name: str
    data: BinaryIO | Path


@dataclass(frozen=True)
class Said:
    """One answer, and the files that it was given for."""

    kind: str
    value: str
    keys: tuple[str, ...]


def candidates() -> list[Candidate]:
    """The files on the desk, in the order they came."""
    return list(_desk().values())


def take(arrivals: Iterable[Arrival]) -> None:
    """Keep what is new, put away what was withdrawn, and look at all that is unseen."""
    desk, seen = _desk(), _seen()
    given = {arrival.key: arrival for arrival in arrivals}
    for key in seen - given.keys():
        desk.pop(key, None)
    for key, arrival in given.items():
        if key not in desk:
            original = workspace().receive(arrival.name, arrival.data)
            desk[key] = Candidate(key, arrival.name, original)
    seen.clear()
    seen.update(given)
    _look()


def answer(kind: str, value: str, keys: Iterable[str]) -> None:
    """Give one answer to every file that asks the same."""
    told = Said(kind, value, tuple(keys))
    _said().append(told)
    _give({kind: value}, told.keys)


def answers() -> list[Said]:
    """What has been answered for files that are still here."""
    return [one for one in _said() if any(key in _desk() for key in one.keys)]


def take_back(said: Said) -> None:
    """Ask again."""
    _said().remove(said)
    _give({said.kind: None}, [key for key in said.keys if key in _desk()])


def answer_unit(unit: str, factor: str, keys: Iterable[str]) -> None:
    """How many base units are in one of this unit, "" to leave it apart."""
    for key in keys:
        _give({"units": {**_desk()[key].hints.units, unit: factor}}, [key])


def _give(given: Mapping[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        candidate = _desk()[key]
        candidate.hints = replace(candidate.hints, **given)
        candidate.unseen = True


def together(key: str) -> None:
    """Take the sheet alone, or again with all that are of its shape."""
    candidate = _desk()[key]
    shown = candidate.proposal.recipe.sheet if candidate.proposal else None
    candidate.hints = replace(candidate.hints, sheet=None if candidate.hints.sheet else shown)
    candidate.unseen = True


def correct(key: str, hints: Hints) -> None:
    """Look again with a correction, which is remembered for files of the same shape."""
    candidate = _desk()[key]
    candidate.hints, candidate.unseen, candidate.corrected = hints, True, True


def finish(keys: Iterable[str]) -> None:
    """Take what has been dealt with off the desk; what is left waits there."""
    for key in keys:
        _desk().pop(key, None)
    _said()[:] = answers()
    fresh_uploader()
    st.session_state[_ROUND] = round_number() + 1


def clear() -> None:
    """An empty desk with a fresh uploader."""
    finish(list(_desk()))


def fresh_uploader() -> None:
    """An uploader that has just been drawn holds nothing; that withdraws no file."""
    _seen().clear()


def round_number() -> int:
    """Part of the uploader's key: a new number is an empty uploader."""
    return int(st.session_state.get(_ROUND, 0))


def look_again(key: str) -> None:
    """At a file whose look was stopped."""
    _desk()[key].unseen = True


def _look() -> None:
    """Inspect what is unseen, corrected files first: others may follow their correction."""
    task = looking.current()
    if task is None:
        unseen = sorted((one for one in candidates() if one.unseen), key=lambda c: not c.corrected)
        if not unseen:
            return
        task = looking.start(unseen)
    looking.watch(task)
    for candidate in task.unseen:
        if candidate.corrected and candidate.proposal is not None:
            _remember(candidate, candidate.proposal)
        candidate.corrected = False
    looking.forget()
    _look()


def _remember(candidate: Candidate, proposal: Proposal) -> None:
    workspace().remember(proposal)
    for other in candidates():
        if other is not candidate and other.headers() == candidate.headers():
            other.unseen = True


def _said() -> list[Said]:
    """What has been answered since the desk was empty."""
    told: list[Said] = st.session_state.setdefault(_SAID, [])
    return told


def _seen() -> set[str]:
    """What the uploader and the inbox held in the last run."""
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    return seen


def _desk() -> dict[str, Candidate]:
    desk: dict[str, Candidate] = st.session_state.setdefault(_DESK, {})
    return desk
