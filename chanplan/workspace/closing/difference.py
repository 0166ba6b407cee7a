"""Reported, change, now of a closed month: asked of its snapshot and of the lines of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from chanplan.analysis import month_change
from chanplan.analysis.month_change import Changed, Part
from chanplan.domain.closing import Snapshot
from chanplan.domain.errors import BadQueryError
from chanplan.domain.moving import MOVING
from chanplan.domain.names import MATCHED
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics import relations, reported
from chanplan.metrics.catalogue import Measure, catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.metrics.splitting import Splitting
from chanplan.store import Store
from chanplan.workspace import looking
from chanplan.workspace.closing.deeds_since import DeedsSince, Who
from chanplan.workspace.ratios import quotient

Ask = Callable[[MetricQuery], Any]
_UNLIKE = ("currency", "unit")


@dataclass(frozen=True)
class Difference:
    """A month's change since a closing.

    members  one row per member: the dimensions, reported, change, now (None = unknown)
    parts    one row per deed: code, seq, file, at, by, reason, to_month, change; the change of
             the whole is their sum. Empty where a measure does not add up (`splits` is False)
    by_member  the same for each member: code, seq, to_month, the dimensions, change
    openings (at, by, reason) of every time the month was opened again since
    """

    snapshot: Snapshot
    measure: str
    by: tuple[str, ...]
    splits: bool
    reported: Any
    change: Any
    now: Any
    members: pd.DataFrame
    parts: pd.DataFrame
    by_member: pd.DataFrame
    openings: tuple[tuple[str, str, str | None], ...]


PARTS = ("code", "seq", "file", "at", "by", "reason", "to_month", "change")


def difference(
    store: Store, ask: Ask, snapshot: Snapshot, scope: Scope, measure: str, by: Sequence[str]
) -> Difference:
    """Of a measure that sales lines tell, by dimensions that closings keep, none of the calendar.
    BadQueryError for others."""
    scope = replace(scope.at(Period(snapshot.month, snapshot.month)))
    asked = MetricQuery((measure,), scope, tuple(by), reported=(snapshot.id,))
    if wrong := [one for one in by if catalogue().dimensions[one].calendar]:
        raise BadQueryError("not_reported", name=wrong[0])
    since = DeedsSince(store, snapshot.month, snapshot.seq)
    openings = tuple((one.at, one.by, one.body.get("reason")) for one in since.openings)
    known = catalogue().measures[measure]
    sides = _Sides(store, snapshot, scope, tuple(by))
    rows = sides.rows(known) if known.fact == "amounts" else None
    if rows is None or not _alike(rows, known):
        members = _unsplit(ask(asked).frame, sides.counted(known), measure, tuple(by))
        total = _unsplit(
            ask(replace(asked, by=())).frame,
            _Sides(store, snapshot, scope, ()).counted(known), measure, (),
        ).iloc[0]  # fmt: skip
        return Difference(
            snapshot, measure, tuple(by), False, total["reported"], total["change"], total["now"],
            members, _no_parts(), _no_members(by), openings,
        )  # fmt: skip
    found = month_change.changed(rows, by, since.whose, since.retold(), since.moved())
    return Difference(
        snapshot, measure, tuple(by), True, found.reported, found.change, found.now,
        found.members, _parts(found, since), _by_member(found, by), openings,
    )  # fmt: skip


class _Sides:
    """The sides of a month that a change is made of, in SQL."""

    def __init__(self, store: Store, snapshot: Snapshot, scope: Scope, by: tuple[str, ...]) -> None:
        self._store, self._snapshot, self._scope, self._by = store, snapshot, scope, by
        overridden = looking.overridden(store, (snapshot.id,))
        self._now = Splitting(scope, by, overridden)
        self._then = Splitting(scope, by, overridden, (snapshot.id,))
        self._relation = self._now.smallest(relations.AMOUNTS)
        moves = bool(self._now.moving & self._now.columns())
        self._view = scope.attributes if moves else None
        if self._relation is relations.LINES:
            raise BadQueryError("not_reported", name=", ".join(by))

    def rows(self, measure: Measure) -> pd.DataFrame:
        """Every side by batch and member: see month_change.changed, and `low` and `high`, the
        bounds of their money or unit."""
        column = self._column(measure)
        kept = self._kept(column, self._view)
        asked = [
            ("reported", kept, self._then),
            ("named", self._named(kept), self._then),
            ("told", self._placed(self._named(self._kept(column, None))), self._now),
            ("now", self._placed(self._live(column, "month")), self._now),
            ("posted", self._placed(self._live(column, "posted_from")), self._now),
        ]
        frames = [self._side(side, source, split, measure) for side, source, split in asked]
        rows = pd.concat(frames, ignore_index=True).astype(object)
        return rows.where(rows.notna(), None)

    def counted(self, measure: Measure) -> Mapping[tuple[Any, ...], Any]:
        """Member → a measure that does not add up, of the lines of the month wherever they
        count today; a ratio of its parts."""
        if measure.over:
            above, below = (self.counted(catalogue().measures[one]) for one in measure.over)
            keys = {*above, *below}
            return {key: quotient(above.get(key), below.get(key)) for key in keys}
        split = self._now
        if measure.fact == "amounts":
            counts, unlike = _counts(measure), "currency" if measure.money else "unit"
            told = (
                f"case when min(case when {counts} then f.{unlike}_low end) ="
                f" max(case when {counts} then f.{unlike}_high end)"
                f" then sum(case when {counts} then f.{self._column(measure)} end) end"
            )
            lines = f"select {split.key_columns()}{told} as value from {self._whole()} as f"
            sql, values = self._asked(lines, split)
        else:
            what, counts = _COUNTED[str(measure.fact)]
            once = f"select distinct {split.key_columns()}{what} from {self._whole()} as f"
            inner, values = self._asked(once, split, grouped=False, more=counts)
            names = split.key_names()
            grouped = f" group by {names}" if names else ""
            listed = f"{names}, " if names else ""
            sql = f"select {listed}count(*) as value from ({inner}) as once{grouped}"
        rows = self._store.fetch(sql, values).astype(object)
        rows = rows.where(rows.notna(), None)
        return {tuple(row[:-1]): row[-1] for row in rows.itertuples(index=False)}

    def _side(self, side: str, source: str, split: Splitting, measure: Measure) -> pd.DataFrame:
        counts = _counts(measure)
        unlike = "currency" if measure.money else "unit"
        told = (
            f"select '{side}' as side, f.batch, f.to_month, {split.key_columns()}"
            f"sum(case when {counts} then f.{self._column(measure)} end) as value,"
            f" sum(f.lines) as lines, min(case when {counts} then f.{unlike}_low end) as low,"
            f" max(case when {counts} then f.{unlike}_high end) as high"
        )
        keys = split.key_expressions("f.batch", "f.to_month")
        where, values = split.where()
        sql = f"{told} from {source} as f{split.joins()} where {where} group by {keys}"
        frame = self._store.fetch(sql, values)
        return frame.rename(columns={f"k_{name}": name for name in self._by})

    def _asked(
        self, selected: str, split: Splitting, grouped: bool = True, more: str = "1 = 1"
    ) -> tuple[str, tuple[Any, ...]]:
        where, values = split.where()
        keys = split.key_expressions()
        group = f" group by {keys}" if grouped and keys else ""
        return f"{selected}{split.joins()} where {where} and {more}{group}", values

    def _columns(self, column: str) -> list[str]:
        alike = [f"{of}_{end}" for of in _UNLIKE for end in ("low", "high")]
        held = sorted(self._now.columns() | {"source"} | ({"partner"} if self._view else set()))
        return ["batch", "basis", "line_type", *alike, *held, column]

    def _kept(self, column: str, view: str | None) -> str:
        """The snapshot's rows; with a view, partners where they belonged then."""
        listed = reported.kept_columns(self._columns(column), view)
        return (
            f"(select {listed}, kept.lines, kept.month, 0 as to_month, snap.attributes as snap"
            f" from snap_{self._relation.name} as kept join snap on snap.id = kept.snap"
            f"{reported.moved_then(view)} where snap.id = {self._snapshot.id:d})"
        )

    def _placed(self, source: str) -> str:
        """Partners where they belong today, by the month of the lines."""
        if self._view is None:
            return source
        told = ", ".join(
            f"coalesce(moved.{one}, own.{one}) as {one}"
            for one in MOVING
            if one in self._now.columns()
        )
        return (
            f"(select own.* replace ({told}) from {source} as own left join moved_{self._view}"
            " as moved on moved.partner = own.partner and moved.month = own.month)"
        )

    def _named(self, kept: str) -> str:
        """The snapshot's rows under the names of today."""
        told = [one for one in MATCHED if one in self._columns("")]
        masters = ", ".join(f"coalesce({one}_now.master, kept.{one}) as {one}" for one in told)
        joins = " ".join(
            f"left join matched as {one}_now on {one}_now.dimension = '{one}'"
            f" and {one}_now.name = kept.{one}"
            for one in told
        )
        replaced = f" replace ({masters})" if told else ""
        return f"(select kept.*{replaced} from {kept} as kept {joins})"

    def _live(self, column: str, own_month: str) -> str:
        """The lines of today whose month, or month before they were posted, it is."""
        listed = ", ".join(self._columns(column))
        to_month = "0" if own_month == "month" else "month"
        return (
            f"(select {listed}, 1 as lines, {own_month} as month, {to_month} as to_month"
            f" from line_facts where {own_month} = {self._snapshot.month:d})"
        )

    def _whole(self) -> str:
        """The lines of the month wherever they count."""
        month = self._snapshot.month
        return self._placed(
            f"(select * replace ({month:d} as month) from line_facts"
            f" where month = {month:d} or posted_from = {month:d})"
        )

    def _column(self, measure: Measure) -> str:
        side = measure.tax or self._scope.tax
        return f"{measure.column}_{side}" if measure.money else str(measure.column)


# Fact → what is counted once, and which lines count.
_COUNTED = {
    "orders": (
        "f.source as order_source, f.order_number as order_number",
        "f.order_number is not null and f.line_type in ('sale', 'return', 'adjustment', 'freight')",
    ),
    "customers": (
        "f.customer as member",
        "f.customer is not null and f.line_type = 'sale' and f.paid > 0",
    ),
}


def _counts(measure: Measure) -> str:
    return f"f.line_type in ({', '.join(repr(one) for one in measure.lines)})"


def _alike(rows: pd.DataFrame, measure: Measure) -> bool:
    """Whether all of it may be added up: units may not, where they are unlike, and then each
    member that has one unit is told for itself. BadQueryError for unlike moneys."""
    told = {*rows["low"].dropna(), *rows["high"].dropna()}
    if len(told) > 1 and measure.money:
        raise BadQueryError("unlike_reported", found=", ".join(one or "—" for one in sorted(told)))
    return len(told) <= 1


def _unsplit(
    then: pd.DataFrame, now: Mapping[tuple[Any, ...], Any], measure: str, by: tuple[str, ...]
) -> pd.DataFrame:
    before = {tuple(row[: len(by)]): row[len(by)] for row in then.itertuples(index=False)}
    rows = []
    for key in sorted({*before, *now}, key=str):
        was, is_now = before.get(key), now.get(key)
        if catalogue().measures[measure].unit == "count":
            was, is_now = was or 0, is_now or 0
        change = None if was is None or is_now is None else is_now - was
        rows.append([*key, was, change, is_now])
    rows = rows or ([[None, None, None]] if not by else [])
    return pd.DataFrame(rows, columns=[*by, "reported", "change", "now"], dtype=object)


def _parts(found: Changed, since: DeedsSince) -> pd.DataFrame:
    rows = [_part(part, since.who(part), money) for part, money in found.parts.items()]
    return pd.DataFrame(rows, columns=list(PARTS), dtype=object)


def _part(part: Part, who: Who | None, money: Decimal) -> list[Any]:
    told = [who.file, who.at, who.by, who.reason] if who else [None] * 4
    return [part.code, part.seq, *told, part.to_month or None, money]


def _by_member(found: Changed, by: Sequence[str]) -> pd.DataFrame:
    rows = [
        [part.code, part.seq, part.to_month or None, *key, money]
        for (part, key), money in found.by_member.items()
    ]
    return pd.DataFrame(rows, columns=["code", "seq", "to_month", *by, "change"], dtype=object)


def _no_parts() -> pd.DataFrame:
    return pd.DataFrame(columns=list(PARTS), dtype=object)


def _no_members(by: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=["code", "seq", "to_month", *by, "change"], dtype=object)
