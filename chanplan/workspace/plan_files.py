"""Plans set in the app, saved as files of targets and milestones like any other: so journal, undo,
history and trace hold for them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pandas as pd

from chanplan.domain.errors import TargetError
from chanplan.domain.tables import table
from chanplan.domain.targets import BUDGET, NODE, PLAN_SOURCE
from chanplan.ingest.recognise import Hints
from chanplan.plans.splitting import Lock, Node, Split
from chanplan.store import deeds
from chanplan.workspace import targeting
from chanplan.workspace.planning import Wish
from chanplan.workspace.records import Outcome
from chanplan.workspace.workspace import Workspace

# A column that says when, so that the same plan saved again is another file and counts again.
_SAVED_AT = "保存时间"
_COLUMNS = ("month", *NODE, "measure", "amount", "version", "effective", "reason", "locked",
            "basis", "tax", "period")  # fmt: skip
_TAX_WORDS = {"with_tax": "含税", "without_tax": "未税"}


@dataclass(frozen=True)
class Saving:
    """How a plan is kept: its version, why, and from which month on it is in force (None: from
    the first it tells). `seen` is the data version its author has looked at; None: the newest."""

    version: str = BUDGET
    reason: str | None = None
    effective: int | None = None
    locks: tuple[Lock, ...] = field(default_factory=tuple)
    seen: int | None = None


def save(space: Workspace, wish: Wish, found: Split, saving: Saving) -> Outcome:
    """Write a plan as a file of targets of the source 计划 and import it: journal, undo, history
    and trace hold as for every file.

    Raises TargetError for a version without a name, a locked one, and one that somebody else has
    saved since its author looked: nothing is overwritten unseen.
    """
    version, name = _named(space, wish, saving)
    rows = [_row(wish, saving, version, found, month, node) for month, node in found.cells]
    return _imported(space, name, rows)


def save_points(
    space: Workspace, wish: Wish, points: Mapping[tuple[str, Node], Decimal], saving: Saving
) -> Outcome:
    """The same for what is never summed: (period such as "2026年", "2026Q1" or "2026-03", node)
    → the value that is set there."""
    version, name = _named(space, wish, saving)
    rows = [_point(wish, saving, version, period, node, value)
            for (period, node), value in points.items()]  # fmt: skip
    return _imported(space, name, rows)


def _named(space: Workspace, wish: Wish, saving: Saving) -> tuple[str, str]:
    """The version, and the name of the file that holds it; errors as in `save`."""
    version = " ".join(saving.version.split())
    if not version:
        raise TargetError("version_unnamed")
    _check_open(space, wish.year, version)
    name = f"计划_{wish.year}_{wish.measure}_{version}.csv"
    _check_unmoved(space, name, wish.year, version, saving.seen)
    return version, name


def _check_unmoved(space: Workspace, name: str, year: int, version: str, seen: int | None) -> None:
    """Two people may have the same version before them."""
    for entry in deeds.imports(space.store.journal) if seen is not None else ():
        if entry.seq > (seen or 0) and entry.body["name"] == name:
            at = entry.at.replace("T", " ")[:16]
            raise TargetError("plan_moved", year=year, version=version, by=entry.by, at=at)


def _check_open(space: Workspace, year: int, version: str) -> None:
    for known in targeting.versions(space.store, year):
        if known.version == version and known.locked:
            raise TargetError("version_locked", year=year, version=version)


def _row(
    wish: Wish, saving: Saving, version: str, found: Split, month: int, node: Node
) -> dict[str, str]:
    amount = found.cells[month, node]
    locked = any(
        node[: len(lock.node)] == lock.node and (not lock.months or month in lock.months)
        for lock in saving.locks
        if lock.node or lock.months
    )
    period = f"{month // 100}-{month % 100:02d}"
    said = _point(wish, saving, version, period, node, amount)
    return {**said, "locked": "是" if locked else "否"}


def _point(
    wish: Wish, saving: Saving, version: str, period: str, node: Node, value: Decimal
) -> dict[str, str]:
    since = saving.effective
    return {
        "month": period,
        **dict(zip(wish.by, node, strict=False)),
        "measure": wish.measure,
        "amount": format(value, "f"),
        "version": version,
        "effective": f"{since // 100}-{since % 100:02d}" if since else "",
        "reason": saving.reason or "",
        "basis": wish.basis,
        "tax": _TAX_WORDS[wish.tax],
    }


def _imported(space: Workspace, name: str, rows: Sequence[Mapping[str, str]]) -> Outcome:
    used = [one for one in _COLUMNS if any(row.get(one) for row in rows)]
    heads = {one: table("targets").columns[one].zh for one in used}
    return _laid(space, "targets", name, heads, rows)


def _laid(
    space: Workspace,
    kind: str,
    name: str,
    heads: Mapping[str, str],
    rows: Sequence[Mapping[str, str]],
) -> Outcome:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*heads.values(), _SAVED_AT])
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    writer.writerows([[*(row.get(one, "") for one in heads), at] for row in rows])
    original = space.receive(name, text.getvalue().encode())
    given = Hints(table=kind, source=PLAN_SOURCE, columns=heads)
    return space.load(original, space.inspect(original, given))


MILESTONES = ("milestone", "due", "measure", "value", "channel", "owner", "state")


def milestones(space: Workspace) -> pd.DataFrame:
    """Every milestone by its date, in the columns of MILESTONES."""
    return space.store.fetch(
        f"select {', '.join(MILESTONES)} from milestones_told order by due, milestone"
    )


def save_milestones(space: Workspace, frame: pd.DataFrame) -> Outcome:
    """Keep a whole list of milestones (columns MILESTONES) in place of the one kept before.
    TargetError where there is none, or one without name or date."""
    heads = {one: table("milestones").columns[one].zh for one in MILESTONES}
    rows = []
    for row in frame.to_dict("records"):
        if pd.isna(row["due"]) or not str(row["milestone"] or "").strip():
            raise TargetError("milestone_incomplete")
        told = {one: "" if pd.isna(row[one]) else str(row[one]) for one in MILESTONES}
        rows.append({**told, "due": pd.Timestamp(row["due"]).strftime("%Y-%m-%d")})
    if not rows:
        raise TargetError("milestones_none")
    return _laid(space, "milestones", "计划_里程碑.csv", heads, rows)
