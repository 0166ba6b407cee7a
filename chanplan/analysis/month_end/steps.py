"""The steps from the first file to the report sent: what is left of each, and who has ticked it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chanplan.analysis.month_end.expected import Expected

# In the order in which an analyst goes through them.
STEPS = ("files", "drift", "names", "aside", "reconcile", "close", "findings", "send")
# Steps that somebody has to do, even where nothing is left to settle.
_BY_PERSON = ("send",)


@dataclass(frozen=True)
class Tick:
    """Somebody has said that a step is done: who, when, why, and by the newest import of then."""

    by: str
    at: str
    note: str | None
    seq: int


@dataclass(frozen=True)
class Step:
    """One step. `state`: "done" nothing is left, "ticked" somebody said so, "open" something is
    left, "waiting" for something outside, "none" there is nothing to do it with.

    count   what is left; values  figures for its sentence
    tick    who has ticked it; `stale`: what has come since has opened it again
    """

    code: str
    state: str
    count: int
    values: Mapping[str, Any] = field(default_factory=dict)
    tick: Tick | None = None
    stale: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self.state in ("done", "ticked", "none")


def step(
    code: str,
    count: int,
    ticks: Mapping[str, Tick],
    newest: int,
    *,
    waiting: bool = False,
    there: bool = True,
    **values: Any,
) -> Step:
    """One step from what is left of it.

    newest   the newest import that tells of the month: a tick from before it is stale
    waiting  nothing is left but what others have to bring
    there    whether there is anything to do the step with
    """
    tick = ticks.get(code)
    stale = tick is not None and tick.seq < newest
    if tick is not None and not stale:
        state = "ticked"
    elif not there:
        state = "none"
    elif count:
        state = "open"
    elif waiting:
        state = "waiting"
    else:
        state = "open" if code in _BY_PERSON else "done"
    return Step(code, state, count, values, tick, stale)


def of_files(files: Sequence[Expected], ticks: Mapping[str, Tick], newest: int) -> Step:
    """The first step: which files are late or cut short, and which are still to come."""
    left = [one for one in files if one.is_open]
    awaited = [one for one in files if one.state == "awaited"]
    came = [one for one in files if one.state == "came"]
    return step(
        "files",
        len(left),
        ticks,
        newest,
        waiting=bool(awaited),
        there=bool(files),
        sources=tuple(dict.fromkeys(one.source for one in left or awaited)),
        came=len(came),
        expected=len(came) + len(left) + len(awaited),
        due=min((one.due for one in awaited), default=None),
    )


def first_open(steps: Sequence[Step]) -> Step | None:
    """The step to go on with; None where all are done."""
    return next((one for one in steps if not one.is_done), None)
