"""The first file of a command is kept and read while the rest of the program loads."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chanplan.ingest.reading import guard
from chanplan.settings import Settings
from chanplan.store.holding import Holding, make_folders
from chanplan.store.originals import Original, Originals

if TYPE_CHECKING:
    from chanplan.ingest.reading.sheet import Book


@dataclass(frozen=True)
class Early:
    """A folder that is held, and a file on its way into it.

    path  the file, None where there is none to begin with
    """

    holding: Holding
    path: Path | None
    _kept: Future[Original]
    _book: Future[Book]

    def original(self) -> Original:
        """The kept file, once it is; raises what `Originals.keep` raises."""
        return self._kept.result()

    def book(self) -> Book:
        """Its sheets, once they are read; raises what `ingest.read.read` raises."""
        return self._book.result()


@contextmanager
def beginning(settings: Settings, path: Path | None, encoding: str | None) -> Iterator[Early]:
    """Hold the store's folder, and begin with a file for whoever opens it: keep it, then read it.

    Raises StoreBusyError, StoreFaultError; what is wrong with the file is raised where it is used.
    """
    holding = Holding(settings.home)
    pool = ThreadPoolExecutor(1, "chanplan-early")
    try:
        kept: Future[Original] = Future()
        book: Future[Book] = Future()
        if path is not None:
            kept = pool.submit(_keep, holding, path)
            book = pool.submit(_read, holding, settings, kept, encoding)
        yield Early(holding, path, kept, book)
    finally:
        pool.shutdown(cancel_futures=True)
        holding.release()


def _keep(holding: Holding, path: Path) -> Original:
    guard.expect(path)
    return Originals(holding.originals).keep(path.name, path)


def _read(
    holding: Holding, settings: Settings, kept: Future[Original], encoding: str | None
) -> Book:
    from chanplan.ingest.read import read

    original = kept.result()
    make_folders(holding.staging)
    return read(original.path, original.name, holding.staging, settings.limits, encoding)
