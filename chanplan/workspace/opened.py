"""A store is opened, held and let go: the life of a workspace, whatever is asked of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from chanplan.domain.company import Counting
from chanplan.settings import Settings, from_environment
from chanplan.store import Store, keeping
from chanplan.store.checksums import Checksums
from chanplan.store.holding import Holding
from chanplan.workspace import renewing, starting
from chanplan.workspace.records import Told
from chanplan.workspace.starting import Deeds


class Opened:
    """One open store. Thread-safe: reads run side by side, changes in turn."""

    def __init__(
        self,
        settings: Settings,
        told: Told | None = None,
        name: str = keeping.DATABASE,
        holding: Holding | None = None,
    ) -> None:
        """Open or create the store and take in journal entries it has missed; a store that an
        older program made is made anew from its originals and journal first.

        told     hears how many journal entries have been taken in
        name     the database file; holding: the caller's hold on the folder, if it has one

        Raises StoreBusyError when another process holds it, StoreFaultError when it is
        damaged, made by a newer program, or holds other things than its journal.
        """
        self._settings = settings
        self._changing = threading.RLock()
        self._holding = holding or Holding(settings.home)
        self._ours = holding is None
        try:
            self._start(told, name)
        except BaseException:
            self._let_go()
            raise

    def _start(self, told: Told | None, name: str) -> None:
        said = self._settings
        counting = Counting(said.fiscal_year_start_month, said.cut_off_day, currency=said.currency)
        home = self._holding.home

        def opened() -> Store:
            return Store(home, counting, name, self._holding, said.share)

        anew = name == keeping.FRESH
        self._store = opened() if anew else renewing.opened(opened, lambda: self._renew(told))
        self._furnish()
        try:
            starting.check(self._store)
            self.brought_back = starting.take_in_missed(
                self._store, self._deeds(anew), told, strict=anew
            )
            if not anew:
                starting.drop_forgotten(self._store)
        except BaseException:
            self._store.close()
            raise

    def _furnish(self) -> None:
        """Make what is asked of the open store."""
        raise NotImplementedError

    def _deeds(self, anew: bool) -> Deeds:
        """How each kind of journal entry is taken in; `anew`: into a database made anew."""
        raise NotImplementedError

    def _renew(self, told: Told | None) -> None:
        """The old database goes: an older program's is of no use to this one."""
        home = self._holding.home
        aside = renewing.make_anew(home, lambda: self._fill_fresh(told))
        if aside:
            keeping.drop(home, aside)

    def _fill_fresh(self, told: Told | None) -> None:
        type(self)(self._settings, told, keeping.FRESH, self._holding).finish()

    def _let_go(self) -> None:
        if self._ours:
            self._holding.release()

    @classmethod
    def open(cls, home: Path | None = None) -> Self:
        """Open the store in `home`, or in the folder of the settings."""
        settings = from_environment()
        return cls(settings if home is None else replace(settings, home=home))

    def close(self) -> None:
        """Let go of the store, once what is being changed is whole."""
        with self._changing:
            self._store.close()
            self._let_go()

    def finish(self) -> None:
        """Close a database made anew, all of it in its own file and nothing in a log."""
        self._store.finish()
        self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nothing changes meanwhile; reads go on."""
        with self._changing:
            yield

    @property
    def version(self) -> int:
        """The data version: changes once a change of data is committed, and not before, so
        that no cache keeps an old answer under a new version."""
        return self._store.position

    @property
    def settings(self) -> Settings:
        """The settings of the program, with what the company has said of its calendar above."""
        told = self._store.counting
        return replace(
            self._settings,
            fiscal_year_start_month=told.fiscal_start,
            cut_off_day=told.cut_off_day,
        )

    @property
    def environment(self) -> Settings:
        """The settings of the program alone."""
        return self._settings

    @property
    def counting(self) -> Counting:
        """How the company counts: its own words, and what the settings say where it has none."""
        return self._store.counting

    @property
    def store(self) -> Store:
        """For the workspace's own deeds; screens and commands ask and change by the verbs."""
        return self._store

    @property
    def healed(self) -> str | None:
        """Where the database's log was set aside at opening, because it could not be read."""
        return self._store.healed

    def checksums(self) -> Checksums:
        """What every table of the store holds, each as one checksum."""
        return self._store.checksums()
