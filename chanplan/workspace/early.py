"""The first file of a command is kept and read while the rest of the program loads."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from chanplan.ingest.reading import guard
from chanplan.settings import Settings
from chanplan.store.holding import Holding, make_folders
from chanplan.store.originals import Copy, Original, Originals

if TYPE_CHECKING:
    from chanplan.ingest.reading.sheet import Book


class Early:
    """A folder that is held, and a file on its way into it.

    path  the file, None where there is none to begin with
    """

    def __init__(self, settings: Settings, path: Path | None, encoding: str | None) -> None:
        """Raises StoreBusyError, StoreFaultError where the folder cannot be held."""
        self.holding = Holding(settings.home)
        self.path = path
        self._settings, self._encoding = settings, encoding
        self._original: Future[Original] = Future()
        self._book: Future[Book] = Future()
        self._way = Thread(target=self._bring, name="chanplan-early")
        if path is not None:
            self._way.start()

    def original(self) -> Original:
        """The kept file, once it is; raises what `Originals.keep` raises."""
        return self._original.result()

    def book(self) -> Book:
        """Its sheets, once they are read; raises what `ingest.read.read` raises."""
        return self._book.result()

    def close(self) -> None:
        """Let go of the folder, once nothing is written to it."""
        if self.path is not None:
            self._way.join()
        self.holding.release()

    def _bring(self) -> None:
        assert self.path is not None
        guard.expect(self.path)
        book: Book | BaseException
        try:
            make_folders(self.holding.originals, self.holding.staging)
            with Originals(self.holding.originals).copying(self.path.name, self.path) as copy:
                book = self._read(copy, self.path.name)
        except BaseException as fault:  # noqa: BLE001 - raised where the file is asked for
            self._original.set_exception(fault)
            self._book.set_exception(fault)
            return
        assert copy.original is not None
        self._original.set_result(copy.original)
        if isinstance(book, BaseException):
            self._book.set_exception(book)
        else:
            from chanplan.ingest.read import lying_at

            self._book.set_result(lying_at(book, copy.original.path))

    def _read(self, copy: Copy, name: str) -> Book | BaseException:
        """Its sheets, or what is wrong with it: it is kept in any case."""
        from chanplan.ingest.read import read

        folder, limits = self.holding.staging, self._settings.limits
        try:
            return read(copy.path, name, folder, limits, self._encoding)
        except BaseException as fault:  # noqa: BLE001 - raised where the book is asked for
            return fault


@contextmanager
def beginning(settings: Settings, path: Path | None, encoding: str | None) -> Iterator[Early]:
    """Hold the store's folder, and begin with a file for whoever opens it: keep it and read it.

    Raises StoreBusyError, StoreFaultError; what is wrong with the file is raised where it is used.
    """
    early = Early(settings, path, encoding)
    try:
        yield early
    finally:
        early.close()
