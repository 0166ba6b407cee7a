"""One file on the desk: what it seems to be, what loading it would give, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chanplan.analysis.stocktaking import SALES
from chanplan.domain.errors import CancelledError, ChanplanError, TableBelowError
from chanplan.domain.posted import Late, Posted
from chanplan.domain.restated import Restated, Takes
from chanplan.domain.underway import Underway
from chanplan.ingest.load import Counts
from chanplan.ingest.recognise import Hints, Proposal, Question
from chanplan.ui import faults
from chanplan.ui.session import workspace
from chanplan.workspace.imports import Known


@dataclass
class Candidate:
    """One file on the desk.

    fault      why it cannot be imported: an error of ours, or a reference into the log
    known      when these bytes were loaded before, and as what; they will not be again
    unseen     it waits to be looked at (again)
    restated   its lines beside those its source has told of the same months
    takes      what shall become of those; None while nobody has said
    rivals     other sources that count for the same channels, months and basis
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
    known: Known | None = None
    restated: Restated | None = None
    takes: Takes | None = None
    rivals: tuple[str, ...] = ()
    closed: tuple[Posted, ...] = ()
    late: Late | None = None
    wanted: bool = True
    unseen: bool = True
    corrected: bool = False

    def inspect(self, underway: Underway | None = None) -> None:
        """Look at the file with what the person has said about it; `underway` is told how far
        that is, and may stop it."""
        self.proposal, self.counts, self.fault, self.unseen = None, None, None, False
        self.restated, self.takes, self.closed, self.late = None, None, (), None
        self.known, self.rivals = None, ()
        try:
            self._look(underway or Underway())
        except CancelledError:
            self.proposal, self.counts = None, None
            self.fault = CancelledError("looking_stopped", file=self.name)
        except ChanplanError as error:
            self.fault = error
        except Exception:  # noqa: BLE001 - one bad file must not keep the others out
            self.fault = faults.log()

    def _look(self, underway: Underway) -> None:
        """What it is, what loading it would give, and what it does to lines that are there; of
        a file that was loaded before, when that was."""
        space = workspace()
        underway.now("read")
        self.proposal = space.inspect(self.original, self.hints)
        self.known = space.imports.before(self.original, self.proposal)
        if self.known is not None:
            return
        underway.now("load")
        if not self.open_questions():
            self.counts = self._preview(self.proposal, underway)
        underway.now("sum")
        if self.counts is not None and self.proposal is not None:
            self.restated = space.beside(self.original, self.proposal, underway)
            if self._may_be_late(self.counts.months):
                self.closed = space.late_lines(self.original, self.proposal)
            if self.proposal.recipe.table == SALES and self.restated is None:
                recipe, channels = self.proposal.recipe, _channels(self.proposal)
                self.rivals = space.imports.rivals(recipe, channels, self.counts.months)

    def _preview(self, proposal: Proposal, underway: Underway) -> Counts | None:
        """What loading would give; None where that has shown that there is more to ask."""
        try:
            return workspace().preview(self.original, proposal, underway)
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
        """What a person must still answer; of a file that is here already, nothing."""
        return () if self.proposal is None or self.known else self.proposal.questions

    def headers(self) -> tuple[str, ...]:
        """The headings of the sheet, as far as it was recognised."""
        return () if self.proposal is None else self.proposal.recipe.headers

    @property
    def stopped(self) -> bool:
        """Whether a person has stopped the look at it."""
        return isinstance(self.fault, CancelledError)

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


def _channels(proposal: Proposal) -> set[str]:
    """The channels that a file seems to tell of: all of it, or those of its first rows."""
    recipe = proposal.recipe
    if "channel" not in recipe.columns:
        return {one for one in [recipe.constants.get("channel")] if one}
    at, below = recipe.columns["channel"], proposal.sheet.top[recipe.header_line :]
    return {told for row in below if at < len(row) and (told := (row[at] or "").strip())}
