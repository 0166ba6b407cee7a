"""Versions of a year's targets: which there are, which is in force, and which is locked."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from chanplan.domain.errors import TargetError
from chanplan.store import Store, targets
from chanplan.store.journal import Entry
from chanplan.store.targets import CHOOSE, LOCK
from chanplan.workspace.workspace import Workspace

__all__ = [
    "CHOOSE",
    "LOCK",
    "Unheard",
    "Version",
    "at_start",
    "changes",
    "choose",
    "in_force",
    "lock",
    "unheard",
    "versions",
]


@dataclass(frozen=True)
class Version:
    """One version of a year's targets.

    batches    the imports that tell it, the newest last
    reason, by, at  of its newest import
    shapes     the dimensions it is told by, each way by itself; () the company
    starts     the first month it is in force for, as the store tells it
    in_force   whether any target of it is in force
    chosen     whether somebody has said so
    """

    year: int
    version: str
    batches: tuple[int, ...]
    measures: tuple[str, ...]
    reason: str | None
    by: str
    at: str
    starts: str
    rows: int
    shapes: tuple[tuple[str, ...], ...]
    in_force: bool
    chosen: bool
    locked: bool


def versions(store: Store, year: int | None = None) -> list[Version]:
    """Every version that counts, by year and in the order in which they were told."""
    found = store.fetch(
        """
        with told as (
            select year, version, list(distinct told.batch order by told.batch) as batches,
                list(distinct measure order by measure) as measures,
                list(distinct shape order by shape) as shapes,
                arg_max(reason, told.batch) as reason, max(told.batch) as newest,
                coalesce(min(effective), min(month)) as starts, count(*) as rows
            from targets_told as told where standing group by year, version
        ),
        reigns as (select distinct year(month) as year, version from targets_in_force)
        select told.*, batch.imported_by, batch.imported_at, reigns.version is not null as reigns,
            chosen.version is not null as chosen, locked.version is not null as locked
        from told join batch on batch.batch = told.newest
        left join reigns on reigns.year = told.year and reigns.version = told.version
        left join target_chosen as chosen
            on chosen.year = told.year and chosen.version = told.version
        left join target_locked as locked
            on locked.year = told.year and locked.version = told.version
        order by told.year, batches[1]"""
    )
    told = [_version(row) for _, row in found.iterrows()]
    return [one for one in told if year in (None, one.year)]


@dataclass(frozen=True)
class Unheard:
    """Rows of an import that do not count, because their version had been locked before."""

    batch: int
    file: str
    year: int
    version: str
    rows: int


def unheard(store: Store, batch: int | None = None) -> list[Unheard]:
    """What was told of locked versions (by one import, or by any), the newest last."""
    found = store.fetch(targets.unheard()).to_dict("records")
    told = [
        Unheard(int(r["batch"]), str(r["file"]), int(r["year"]), str(r["version"]), int(r["rows"]))
        for r in found
    ]
    return [one for one in told if batch in (None, one.batch)]


def in_force(store: Store) -> pd.DataFrame:
    """Every target in force, in the columns of the view of the same name."""
    return store.fetch("select * from targets_in_force order by month, measure, batch, line")


def at_start(store: Store) -> pd.DataFrame:
    """The same of the first version of each year: 年初目标."""
    return store.fetch("select * from targets_at_start order by month, measure, batch, line")


def choose(space: Workspace, year: int, version: str, on: bool = True) -> None:
    """Put a version in force, or (`on` false) leave it to the one told last. TargetError."""
    _say(space, CHOOSE, year, version, on)


def lock(space: Workspace, year: int, version: str, on: bool = True) -> None:
    """Lock a version, so that nothing told of it later counts, or open it. TargetError."""
    _say(space, LOCK, year, version, on)


def _say(space: Workspace, kind: str, year: int, version: str, on: bool) -> None:
    with space.still():
        known = [one.version for one in versions(space.store, year)]
        if version not in known:
            raise TargetError("no_such_version", year=year, version=version, known=known)
        body = {"year": year, "version": version, "on": on}
        with space.store.noting(kind, [body]) as (entry,):
            take_in(space.store, entry)


def take_in(store: Store, entry: Entry) -> None:
    """Bring one entry of the journal into the database."""
    with store.taking_in(entry.seq) as writer:
        targets.take_in(writer, entry)


def changes(space: Workspace) -> pd.DataFrame:
    """Who has changed targets when and why, the newest first: at, by, what ("told", or the code
    of a deed), year, version, reason, file, batch, total (Σ net sales of the import), counts."""
    frame = space.store.fetch(
        """
        select batch.imported_at as at, batch.imported_by as by, 'told' as what, year,
            told.version, max(reason) as reason, batch.name as file, told.batch,
            sum(value) filter (where measure = 'net_sales') as total,
            bool_or(standing) as counts
        from targets_told as told join batch using (batch) group by all"""
    )
    said = [
        {"at": deed.at, "by": deed.by, "what": deed.code, **deed.values, "counts": True}
        for deed in space.history()
        if deed.code.startswith("target_")
    ]
    both = pd.concat([frame, pd.DataFrame(said, columns=frame.columns)], ignore_index=True)
    return both.sort_values("at", ascending=False, kind="stable", ignore_index=True)


def _version(row: pd.Series) -> Version:
    reason = row["reason"]
    return Version(
        year=int(row["year"]),
        version=str(row["version"]),
        batches=tuple(int(one) for one in row["batches"]),
        measures=tuple(map(str, row["measures"])),
        reason=str(reason) if isinstance(reason, str) and reason else None,
        by=str(row["imported_by"]),
        at=str(row["imported_at"]),
        starts=pd.Timestamp(row["starts"]).strftime("%Y-%m"),
        rows=int(row["rows"]),
        shapes=tuple(targets.dimensions_of(int(one)) for one in row["shapes"]),
        in_force=bool(row["reigns"]),
        chosen=bool(row["chosen"]),
        locked=bool(row["locked"]),
    )
