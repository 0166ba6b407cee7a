"""The sample company comes in as a person's files would, and goes again by one click."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256

from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.recognise import Hints
from chanplan.sample import FOLDER, SampleFile, files
from chanplan.workspace.records import Outcome
from chanplan.workspace.workspace import Workspace

# Told (steps done, steps in all): a file is looked at, and loaded.
Progress = Callable[[int, int], None]


def take_in(space: Workspace, told: Progress | None = None) -> list[Outcome]:
    """Load every file of the sample company in one commit, with the answers a person would give.

    Files that lie there switched off, because the sample was left before, count again.
    Raises UnreadableFileError when the program came without its samples.
    """
    chosen = _files()
    if not chosen:
        raise UnreadableFileError("sample_missing", folder=str(FOLDER))
    steps = 2 * len(chosen)
    tell = told or (lambda done, of: None)
    kept = [(space.receive(one.path.name, one.path), Hints(**one.answers)) for one in chosen]
    proposals = space.inspect_all(kept, lambda done: tell(done, steps))
    originals = [original for original, _ in kept]
    outcomes = space.load_all(
        list(zip(originals, proposals, strict=True)),
        lambda done: tell(len(chosen) + done, steps),
        {
            original.sha256: one.takes
            for original, one in zip(originals, chosen, strict=True)
            if one.takes
        },
    )
    space.switch_all([made.batch for made in outcomes if made.already], True)
    tell(steps, steps)
    return outcomes


def taken_in(space: Workspace) -> list[int]:
    """The batches of the sample company that count."""
    batches = space.imports.all()
    ours = batches["sha256"].isin(_fingerprints()) & batches["active"].astype(bool)
    return [int(batch) for batch in batches.loc[ours, "batch"]]


def file_count() -> int:
    """How many files the sample company has."""
    return len(_files())


def leave(space: Workspace) -> None:
    """Make nothing of the sample company count, in one commit."""
    space.switch_all(taken_in(space), False)


@cache
def _files() -> tuple[SampleFile, ...]:
    return files(FOLDER) if FOLDER.is_dir() else ()


@cache
def _fingerprints() -> frozenset[str]:
    return frozenset(sha256(one.path.read_bytes()).hexdigest() for one in _files())
