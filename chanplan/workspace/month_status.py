"""How far a month is: every step from the first file to the report sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from chanplan.analysis.month_end.expected import Expected, expected
from chanplan.analysis.month_end.steps import Step, Tick, of_files, step
from chanplan.domain import calendar
from chanplan.domain.drift import Drift
from chanplan.store import Store
from chanplan.workspace import by_hand, drifting, reconciling
from chanplan.workspace.ticking import ticks
from chanplan.workspace.workspace import Workspace

# Each source by basis and month: its lines, how far they reach, and the day of the import that
# first told of the month to its end, else of the newest.
_TOLD = """
    with told as (
        select batch.source, batch.basis, covered.month, covered.lines, batch.covered_to,
            try_cast(batch.imported_at as timestamp)::date as came,
            batch.covered_to is null or batch.covered_to >= calendar.last_day as whole
        from batch_month as covered join batch using (batch)
        join calendar on calendar.month = covered.month
        where batch.table_name = 'sales' and covered.active and covered.month > 0
            and covered.lines > covered.posted
            and batch.source not in (select unnest(?::varchar[]))
    )
    select source, basis, month, sum(lines)::bigint as lines, max(covered_to) as covered_to,
        coalesce(min(came) filter (whole), max(came)) as arrived
    from told group by source, basis, month"""
_SAID = """
    select source, usual_day from sources join batch_month using (batch)
    where active and usual_day is not null
    qualify row_number() over (partition by source order by batch desc, line desc) = 1"""
# Rows that wait, of imports that count and tell of the month.
_ASIDE = """
    select batch.batch, batch.name, batch.rows_set_aside, batch.sum_set_aside
    from batch where rows_set_aside > 0
        and cast(json_extract(recipe, '$.repairs') as integer) is null
        and batch in (select batch from batch_month where active and month = ?)
    order by batch"""
_BATCHES = "select batch from batch_month where active and month = ? order by batch"


@dataclass(frozen=True)
class Status:
    """A month and its steps, in the order of `steps.STEPS`.

    files  one per source and basis; drift  (batch, file, table, difference)
    aside  (batch, file, rows) that still wait
    """

    month: int
    closed: bool
    steps: tuple[Step, ...]
    files: tuple[Expected, ...]
    drift: tuple[tuple[int, str, str, Drift], ...]
    aside: tuple[tuple[int, str, int], ...]

    @property
    def done(self) -> int:
        """Steps that nobody has to do anything about."""
        return sum(one.is_done for one in self.steps)


def status(space: Workspace, month: int, today: date, findings: int = 0) -> Status:
    """How far `month` (202506) is. `findings`: what is unusual in it, told by whoever has asked."""
    store = space.store
    own = [int(one) for one in store.fetch(_BATCHES, [month])["batch"]]
    said, newest = ticks(store, month), max(own, default=0)
    cut_off = space.settings.cut_off_day or calendar.MONTH_END
    files = expected(told(store), _usual_days(store), month, today, cut_off)
    drift = tuple(drifting.kept(store, month))
    names = len(space.names.suggestions(own)) if own else 0
    aside = _aside(space, month)
    rows = sum(left for _, _, left, _ in aside)
    money = sum((told_of for *_, told_of in aside if told_of), Decimal(0))
    closed = month in space.closings.closed()
    there = bool(own)
    made = (
        of_files(files, said, newest),
        step("drift", len(drift), said, newest, there=there),
        step("names", names, said, newest, there=there),
        step("aside", rows, said, newest, there=there, files=len(aside), money=money),
        _reconciled(space, month, said, newest, there),
        step("close", 0 if closed else 1, {}, newest, there=there),
        step("findings", findings, said, newest, there=there),
        step("send", 0, said, newest, there=there),
    )
    kept = tuple((batch, file, left) for batch, file, left, _ in aside)
    return Status(month, closed, made, tuple(files), drift, kept)


def _reconciled(
    space: Workspace, month: int, said: Mapping[str, Tick], newest: int, there: bool
) -> Step:
    found = reconciling.state(space, month)
    there = there and found.state != "none"
    return step("reconcile", found.left, said, newest, there=there, money=found.money)


def told(store: Store) -> pd.DataFrame:
    """What `analysis.month_end.expected` reads, of every source of files."""
    return store.fetch(_TOLD, [list(by_hand.SOURCES)])


def _usual_days(store: Store) -> Mapping[str, int]:
    found = store.fetch(_SAID)
    return {str(one): int(day)
            for one, day in zip(found["source"], found["usual_day"], strict=True)}  # fmt: skip


def _aside(space: Workspace, month: int) -> list[tuple[int, str, int, Decimal | None]]:
    found = []
    for row in space.store.fetch(_ASIDE, [month]).to_dict("records"):
        rows = space.imports.aside(int(row["batch"]))
        waiting = rows[~rows["mended"].astype(bool)]
        if len(waiting):
            known = [one for one in waiting["money"] if one is not None and not pd.isna(one)]
            money = sum((Decimal(one) for one in known), Decimal(0)) if known else None
            found.append((int(row["batch"]), str(row["name"]), len(waiting), money))
    return found
