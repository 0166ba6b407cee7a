"""The files on the desk: kept, inspected, waiting to be loaded; one list per session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import streamlit as st

from chanplan.analysis.stocktaking import SALES
from chanplan.domain.errors import ChanplanError, TableBelowError
from chanplan.domain.posted import Late, Posted
from chanplan.domain.restated import Restated, Takes
from chanplan.ingest.load import Counts
from chanplan.ingest.recognise import Hints, Proposal, Question
from chanplan.ui import faults
from chanplan.ui.plain import plain
from chanplan.ui.session import say, workspace

_DESK = "import_desk"
_SEEN = "import_seen"
_ROUND = "import_round"
_SAID = "import_said"


@dataclass
class Candidate:
    """One file on the desk.

    fault      why it cannot be imported: an error of ours, or a reference into the log
    unseen     it waits to be looked at (again)
    restated   its lines beside those its source has told of the same months
    takes      what shall become of those; None while nobody has said
    closed     its lines of closed months, and where they could count
    late       "post" where they shall; None: the file is left out
    corrected  a person has just changed its hints: what comes of them is to be remembered
    """

    key: str
    name: str
    original: Any  # the workspace's own kept file
    hints: Hints = field(default_factory=Hints)
    proposal: Proposal | None = None
    counts: Counts | None = None
    fault: ChanplanError | str | None = None
    restated: Restated | None = None
    takes: Takes | None = None
    closed: tuple[Posted, ...] = ()
    late: Late | None = None
    wanted: bool = True
    unseen: bool = True
    corrected: bool = False

    def inspect(self) -> None:
        """Look at the file with what the person has said about it."""
        self.proposal, self.counts, self.fault, self.unseen = None, None, None, False
        self.restated, self.takes, self.closed, self.late = None, None, (), None
        try:
            self.proposal = workspace().inspect(self.original, self.hints)
            if not self.open_questions():
                self.counts = self._preview(self.proposal)
            if self.counts is not None and self.proposal is not None:
                self.restated = workspace().beside(self.original, self.proposal)
                if self._may_be_late(self.counts.months):
                    self.closed = workspace().late_lines(self.original, self.proposal)
        except ChanplanError as error:
            self.fault = error
        except Exception:  # noqa: BLE001 - one bad file must not keep the others out
            self.fault = faults.log()

    def _preview(self, proposal: Proposal) -> Counts | None:
        """What loading would give; None where that has shown that there is more to ask."""
        try:
            return workspace().preview(self.original, proposal)
        except TableBelowError:
            self.proposal = workspace().inspect(self.original, self.hints)
            if not self.open_questions():
                raise
            return None

    def _may_be_late(self, months: Sequence[int]) -> bool:
        """Whether lines may lie in closed months; a refund's month is its own."""
        closed = set(workspace().closings.closed())
        refunds = self.proposal is not None and self.proposal.recipe.table != SALES
        return bool(closed) and (refunds or bool(closed & set(months)))

    def open_questions(self) -> tuple[Question, ...]:
        """What a person must still answer."""
        return () if self.proposal is None else self.proposal.questions

    def headers(self) -> tuple[str, ...]:
        """The headings of the sheet, as far as it was recognised."""
        return () if self.proposal is None else self.proposal.recipe.headers

    @property
    def ready(self) -> bool:
        """Whether it can be loaded as it is."""
        return self.wanted and self.counts is not None and not self.undecided and not self.shut_out

    @property
    def none_fits(self) -> bool:
        """Whether not one of its rows could be loaded."""
        told = self.counts
        return told is not None and bool(told.set_aside) and not told.loaded

    @property
    def shut_out(self) -> bool:
        """Whether its lines of closed months keep it out until somebody says where they count."""
        return bool(self.closed) and self.late is None

    @property
    def undecided(self) -> bool:
        """Whether a person must say what becomes of lines told before."""
        return self.restated is not None and self.restated.repeats and self.takes is None


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


def _look() -> None:
    """Inspect what is unseen, corrected files first: others may follow their correction."""
    unseen = sorted((each for each in candidates() if each.unseen), key=lambda c: not c.corrected)
    if not unseen:
        return
    bar = st.progress(0.0)
    for at, candidate in enumerate(unseen):
        told = say("imports.reading", name=plain(candidate.name), at=at + 1, count=len(unseen))
        bar.progress(at / len(unseen), text=told)
        candidate.inspect()
        if candidate.corrected and candidate.proposal is not None:
            _remember(candidate, candidate.proposal)
        candidate.corrected = False
    bar.empty()
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
