"""The sample company lives through its months: files come quarter by quarter, each month is closed,
and a month of sell-out is told again when all are closed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.period import Period
from chanplan.domain.scope import Basis, Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.sample import FOLDER, SampleFile, files
from chanplan.workspace import Workspace

Result = tuple[str, int, int]
# What each month is told as: basis, and net sales with tax.
Told = dict[tuple[int, Basis], Decimal | None]
ALL = 36
FIRST = 202301
_BASES: tuple[Basis, ...] = ("shipment", "sell_out")
_WHEN = re.compile(r"_(\d{4})(?:Q(\d)|-(\d\d))?")
# Tables that closing and opening move by themselves.
_OWN = ("snap", "closed_month", "position")


def prove(folder: Path, months: int) -> Iterator[Result]:
    """At most `months` months from the first one, in whole quarters."""
    quarters = [*range(FIRST // 100 * 4, FIRST // 100 * 4 + months // 3)]
    plain, again = _parted(files(FOLDER))
    closed: Told = {}
    traces = unlike = moved = held = 0
    with Workspace.open(folder) as space:
        _bring(space, [one for one in plain if _quarter(one) is None])
        for quarter in quarters:
            _bring(space, [one for one in plain if _quarter(one) == quarter])
            moved += _differing(space, closed)
            held += len(closed)
            for month in _months(quarter):
                traces += _leaves_a_trace(space, month)
                unlike += 1
                closed |= _told(space, month)
        yield "a closed month stands whatever comes later", held, moved
        yield "closing and opening leave every table as it was", unlike, traces
        late = [one for one in again if _quarter(one) in quarters]
        yield from _restated(space, late, closed)


def _restated(space: Workspace, late: Sequence[SampleFile], closed: Told) -> Iterator[Result]:
    refused, expected = 0, dict.fromkeys(closed, Decimal(0))
    for one in late:
        [month] = _days(one.path)
        try:
            _bring(space, [one])
        except MonthClosedError:
            refused += 1
        space.closings.reopen([month], one.path.name)
        _bring(space, [one])
        space.closings.close(month, reason=one.path.name, force=True)
        expected[month, "sell_out"] = _money(one.path, month) - _sent_before(one.path, month)
    yield "a file that tells a closed month again is refused", len(late), len(late) - refused
    wrong = 0
    for (month, basis), reported in closed.items():
        first = space.closings.snapshots(month)[-1]
        found = space.closings.change(_scope(month, basis), "net_sales", (), first.id)
        now = _told(space, month)[month, basis]
        agrees = found is not None and (found.reported, found.now) == (reported, now)
        wrong += not (found and agrees and found.change == expected[month, basis])
    yield "reported + change = now, and only the month told again has changed", len(closed), wrong


def _leaves_a_trace(space: Workspace, month: int) -> bool:
    """Close, open and close a month: whether anything but the closings is another."""
    before = space.checksums()
    space.closings.close(month, force=True)
    space.closings.reopen([month], "proof")
    space.closings.close(month, force=True)
    after = space.checksums()
    first, second = space.closings.snapshots(month)
    unlike = [one for one in after if after[one] != before.get(one) and not one.startswith(_OWN)]
    return bool(unlike) or first.checksum != second.checksum


def _differing(space: Workspace, closed: Told) -> int:
    return sum(_told(space, month)[month, basis] != was for (month, basis), was in closed.items())


def _told(space: Workspace, month: int) -> Told:
    query = (MetricQuery(("net_sales",), _scope(month, basis)) for basis in _BASES)
    frames = [space.ask(one).frame["net_sales"] for one in query]
    return {
        (month, basis): frame.iloc[0] if len(frame) else None
        for basis, frame in zip(_BASES, frames, strict=True)
    }


def _scope(month: int, basis: Basis) -> Scope:
    return Scope(Period(month, month), basis)


def _bring(space: Workspace, chosen: Sequence[SampleFile]) -> None:
    kept = [(space.receive(one.path.name, one.path), Hints(**one.answers)) for one in chosen]
    originals = [original for original, _ in kept]
    takes = {
        original.sha256: one.takes
        for original, one in zip(originals, chosen, strict=True)
        if one.takes
    }
    made = zip(originals, space.inspect_all(kept, lambda done: None), strict=True)
    space.load_all(list(made), takes=takes)


def _parted(every: Sequence[SampleFile]) -> tuple[list[SampleFile], list[SampleFile]]:
    return [one for one in every if not one.takes], [one for one in every if one.takes]


def _quarter(one: SampleFile) -> int | None:
    """Year × 4 + quarter of a file of sales; None for what is there from the start."""
    found = _WHEN.search(one.path.stem)
    if found is None or not (found[2] or found[3]):
        return None
    number = int(found[2]) - 1 if found[2] else (int(found[3]) - 1) // 3
    return int(found[1]) * 4 + number


def _months(quarter: int) -> list[int]:
    year, number = divmod(quarter, 4)
    return [year * 100 + number * 3 + at for at in (1, 2, 3)]


def _rows(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))


def _days(path: Path) -> set[int]:
    return {_month_of(row) for row in _rows(path)}


def _month_of(row: Mapping[str, str]) -> int:
    day = row.get("开单日期") or row["销售日期"]
    return int(day[:4]) * 100 + int(day[5:7])


def _money(path: Path, month: int) -> Decimal:
    told = (Decimal(row["金额"]) for row in _rows(path) if _month_of(row) == month)
    return sum(told, Decimal(0))


def _sent_before(path: Path, month: int) -> Decimal:
    quarter = f"{month // 100}Q{(month % 100 - 1) // 3 + 1}"
    return _money(path.with_name(f"经销商流向_{quarter}.csv"), month)
