"""Names of customers that buy alike: kept with their fit, given by people, and taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from chanplan.analysis.customers.clusters import Choice, Clustering
from chanplan.analysis.customers.clusters.keeping import read, written
from chanplan.analysis.customers.clusters.matching import Kept, Named, renamed
from chanplan.domain.errors import ClusterNameError
from chanplan.store import Store, deeds
from chanplan.store import cluster_fits as fits
from chanplan.store.cluster_fits import CLUSTERS
from chanplan.store.journal import Entry

__all__ = ["CLUSTERS", "Last", "call", "call_all", "keep", "last", "take_back", "take_in"]

# What a column heading can show; more is no name.
LONGEST_NAME = 30
Did = Literal["kept", "renamed", "back"]


class Space(Protocol):
    """What writing needs of a workspace."""

    @property
    def store(self) -> Store:
        """The open store."""

    def still(self) -> AbstractContextManager[None]:
        """Nothing changes meanwhile."""


@dataclass(frozen=True)
class Last:
    """The kept fit of a population, what was chosen for it, and who kept or named it when; undo:
    what taking back would undo, None where nothing can be."""

    fit: Kept
    choice: Choice
    at: str
    by: str
    undo: Did | None


def last(store: Store, population: str) -> Last | None:
    """The kept fit; None where nobody has kept one."""
    found = store.fetch(
        "select body, said_at, said_by from cluster_fit where population = ?", [population]
    )
    if found.empty:
        return None
    body, at, by = found.iloc[0]
    fit, choice = read(json.loads(body))
    undo = _standing(store, population)[-1].body["deed"]
    return Last(fit, choice, str(at), str(by), None if undo == "back" else undo)


def keep(space: Space, population: str, clustering: Clustering, named: Named) -> None:
    """Let the next fit be held against this one; nothing is written where nothing has changed."""
    fit = written(named.kept(clustering.scaling), clustering.choice)
    with space.still():
        if fit != _newest(space.store, population):
            _enter(space.store, population, "kept", fit)


def call(space: Space, population: str, which: int, name: str | None) -> None:
    """Call one group by a name of one's own: see `call_all`."""
    call_all(space, population, {which: name})


def call_all(space: Space, population: str, names: Mapping[int, str | None]) -> None:
    """Call groups (their number for good → name) by names of one's own, in one deed; None or
    blanks give back the name by traits. ClusterNameError for a group that is not there, a name
    that is too long, or one that two groups would have."""
    with space.still():
        found = last(space.store, population)
        if found is None or not names.keys() <= {one.id for one in found.fit.known}:
            raise ClusterNameError("cluster_gone")
        fit = found.fit
        for which, name in names.items():
            fit = renamed(fit, which, _checked(name))
        called = [one.called for one in fit.known if one.called]
        if twice := [name for name in called if called.count(name) > 1]:
            raise ClusterNameError("cluster_name_taken", name=twice[0])
        body = written(fit, found.choice)
        if body != _newest(space.store, population):
            _enter(space.store, population, "renamed", body)


def _checked(name: str | None) -> str | None:
    name = " ".join((name or "").split()) or None
    if name and len(name) > LONGEST_NAME:
        raise ClusterNameError("cluster_name_long", most=LONGEST_NAME)
    return name


def take_back(space: Space, population: str) -> None:
    """Undo the last deed on a population's fit, once; nothing happens where there is none."""
    with space.still():
        entries = _standing(space.store, population)
        if not entries or entries[-1].body["deed"] == "back":
            return
        before = entries[-2].body["fit"] if len(entries) > 1 else None
        _enter(space.store, population, "back", before)


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        fits.take_in(writer, entry)


def _enter(store: Store, population: str, deed: Did, fit: Mapping[str, Any] | None) -> None:
    body = {"population": population, "deed": deed, "fit": fit}
    with store.noting(CLUSTERS, [body]) as (entry,):
        take_in(store, entry)


def _newest(store: Store, population: str) -> Mapping[str, Any] | None:
    entries = _standing(store, population)
    return entries[-1].body["fit"] if entries else None


def _standing(store: Store, population: str) -> list[Entry]:
    """The entries about a population that stand, oldest first."""
    given_up = {entry.body["seq"] for entry in store.journal.of_kind(deeds.ABANDON)}
    return [
        entry
        for entry in store.journal.of_kind(CLUSTERS)
        if entry.seq not in given_up and entry.body["population"] == population
    ]
