"""Each file on its way into the store, one after the other; a fault of one stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chanplan.commands import progress
from chanplan.commands.importing.options import is_a
from chanplan.domain.errors import ChanplanError, TableBelowError, UnreadableFileError
from chanplan.domain.posted import Late
from chanplan.domain.restated import Takes
from chanplan.ingest.recognise import Hints, Proposal
from chanplan.plans.suggesting import Suggestion
from chanplan.workspace import Outcome, Workspace, targeting
from chanplan.workspace.early import Early
from chanplan.workspace.targeting import Unheard


@dataclass(frozen=True)
class Done:
    """One file's way: its outcome, or the fault that stopped it."""

    file: str
    outcome: Outcome | None = None
    proposal: Proposal | None = None
    fault: ChanplanError | None = None
    unheard: tuple[Unheard, ...] = ()


# What becomes of lines told before, and of late lines of closed months.
Says = tuple[Takes | None, Late | None]


def import_all(
    workspace: Workspace,
    paths: Sequence[Path],
    hints: Hints,
    says: Says,
    quiet: bool,
    early: Early,
) -> list[Done]:
    """What became of each file, in order; one of them may be on its way already."""
    sizes = [path.stat().st_size if is_a(path, Path.is_file) else 0 for path in paths]
    done = []
    with progress.of_files(sizes, workspace.imports.staged, quiet).watching() as told:
        for at, path in enumerate(paths):
            told.begin(at, path.name)
            begun = early if at == 0 and early.path == path else None
            done.append(_import(workspace, path, hints, says, told, begun))
    return done


def names_alike(workspace: Workspace, done: Iterable[Done]) -> Sequence[Suggestion]:
    """Names in the new files that may be ones the store knows by another spelling."""
    every = [sheet for one in done if one.outcome for sheet in one.outcome.alike]
    fresh = [sheet.batch for sheet in every if not sheet.already]
    return workspace.names.suggestions(fresh) if fresh else ()


def _import(
    workspace: Workspace,
    path: Path,
    hints: Hints,
    says: Says,
    told: progress.Files,
    begun: Early | None,
) -> Done:
    try:
        if not is_a(path, Path.is_file):
            raise UnreadableFileError("file_missing", file=str(path))
        original = begun.original() if begun else workspace.receive(path.name, path)
        told.now("read")
        proposal = workspace.inspect(original, hints, begun.book() if begun else None)
        told.now("load")
        takes, late = says
        try:
            outcome = workspace.load(original, proposal, takes, late=late)
        except TableBelowError:  # looked at again it asks which table is meant
            outcome = workspace.load(original, workspace.inspect(original, hints), takes, late=late)
        return Done(path.name, outcome, proposal, unheard=_unheard(workspace, outcome))
    except ChanplanError as fault:
        return Done(path.name, fault=fault)


def _unheard(workspace: Workspace, outcome: Outcome) -> tuple[Unheard, ...]:
    """Targets of the file that do not count, because their version is locked."""
    batches = {one.batch for one in outcome.alike if one.table == "targets"}
    found = targeting.unheard(workspace.store) if batches else []
    return tuple(one for one in found if one.batch in batches)
