"""The whole database made anew from originals and journal, and held against the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chanplan.domain.errors import StoreFaultError
from chanplan.domain.recipe import CLEANING_VERSION
from chanplan.settings import Settings
from chanplan.store import checksums, deeds, keeping
from chanplan.store.checksums import Checksums
from chanplan.store.holding import Holding
from chanplan.store.journal import Journal
from chanplan.workspace import renewing
from chanplan.workspace.records import Told
from chanplan.workspace.workspace import Workspace

# Told (journal entries taken in, entries in all).
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Rebuilt:
    """What came of it.

    batches    imports that stand
    identical  whether every table holds the same as before; None where the old database could
               not be read
    differing  tables that hold something else
    kept       the file the old database was set aside in; None where it was dropped, being the
               same, or was not there
    recleaned  names of imports that an earlier version of the cleaning read: the one thing that
               may change their rows, since recipes are replayed and nothing is recognised anew
    otherwise  closed months whose snapshot comes out otherwise than when they were closed
    """

    batches: int
    identical: bool | None
    differing: tuple[str, ...]
    kept: str | None
    recleaned: tuple[str, ...]
    otherwise: tuple[int, ...] = ()


def rebuild(settings: Settings, told: Progress | None = None) -> Rebuilt:
    """Make the database anew; the old one stays in place until the new one is complete.

    Raises StoreBusyError, and StoreFaultError or UnreadableFileError where an original is gone
    or cannot be read: then nothing has changed.
    """
    holding = Holding(settings.home)
    try:
        imports = deeds.imports(Journal(holding.home / "journal.jsonl"))
        before = _before(settings, holding)
        after: dict[str, str] = {}
        otherwise: list[int] = []

        def fill() -> None:
            fresh = Workspace(settings, steps(holding, told), keeping.FRESH, holding)
            after.update(fresh.checksums())
            otherwise.extend(one.month for one in fresh.closings.otherwise())
            fresh.finish()

        aside = renewing.make_anew(holding.home, fill)
        differing = () if before is None else checksums.differing(before, after)
        if aside and before is not None and not differing:
            keeping.drop(holding.home, aside)
            aside = None
    finally:
        holding.release()
    recleaned = [one for one in imports if one.body["recipe"].get("cleaning") != CLEANING_VERSION]
    return Rebuilt(
        len(imports),
        None if before is None else not differing,
        differing,
        aside,
        tuple(str(one.body["name"]) for one in recleaned),
        tuple(otherwise),
    )


def _before(settings: Settings, holding: Holding) -> Checksums | None:
    """What the old database holds, the journal taken in; None where it cannot be read."""
    if not (holding.home / keeping.DATABASE).exists():
        return None
    try:
        with Workspace(settings, holding=holding) as old:
            return old.checksums()
    except StoreFaultError:
        return None


def steps(holding: Holding, told: Progress | None) -> Told | None:
    """Progress of entries taken in, told with how many there are."""
    if told is None:
        return None
    entries = Journal(holding.home / "journal.jsonl").last
    return lambda done: told(done, entries)
