"""Summaries as they were reported: the months of closings, as their snapshots keep them, in place
of the same months of today.

Rows of a snapshot carry the number of its attributes in `snap`, those of today 0, so that members
of either count under the attributes of their own time.
"""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.domain.moving import MOVING, moved
from chanplan.domain.scope import AttributeView
from chanplan.metrics import relations
from chanplan.metrics.relations import Relation

# Ids of snapshots, of as many months.
Snaps = tuple[int, ...]

STRADDLING = "order_straddle"
_AMOUNTS = {relation.name for relation in relations.AMOUNTS} - {relations.LINES.name}
_PLACE = "source, basis, channel, partner, region"
_COLUMNS = {
    "order_alone": f"month, {_PLACE}, orders",
    STRADDLING: f"month, {_PLACE}, order_number",
}
_KNOWN = "dimension, member, attribute, value"
# Up to when an attribute holds that nothing has followed: 现行口径 of its time.
_LAST = 999_999


def can(relation: Relation) -> bool:
    """Whether snapshots hold a relation."""
    return relation is not relations.LINES


def relation(
    name: str, snaps: Snaps, columns: Iterable[str], placed: AttributeView | None = None
) -> str:
    """SQL that stands in place of a summary's name; of summaries of amounts with `columns`.

    placed  the attribute view under which partners stand where the company has moved them
    """
    if not snaps:
        return name
    now, then = (moved(name, placed), _placed(placed)) if placed else (name, "")
    if name in _AMOUNTS or name in _COLUMNS:
        listed = ", ".join(columns) if name in _AMOUNTS else _COLUMNS[name]
        kept = ", ".join(_kept(column.strip(), bool(then)) for column in listed.split(","))
        return (
            f"(select {listed}, 0 as snap from {now} where month not in ({_months(snaps)})"
            f" union all select {kept}, snap.attributes as snap from snap_{name} as kept"
            f" join snap on snap.id = kept.snap{then} where snap.id in ({_listed(snaps)}))"
        )
    return _customers(snaps, now, then)


def _placed(view: AttributeView) -> str:
    """The join to where a snapshot's partners stood."""
    return (
        " left join snap_moved as placed on placed.snap = kept.snap"
        f" and placed.attributes = '{view}' and placed.partner = kept.partner"
    )


def _kept(column: str, placed: bool) -> str:
    if placed and column in MOVING:
        return f"coalesce(placed.{column}, kept.{column}) as {column}"
    return f"kept.{column}"


def attributes(view: str, snaps: Snaps) -> str:
    """The same for the attributes of an attribute view, each with its `snap`."""
    now = f"attribute_{view}"
    if not snaps:
        return now
    held = f"select attributes from snap where id in ({_listed(snaps)})"
    standing = f" and to_month = {_LAST}" if view == "current" else ""
    return (
        f"(select {_KNOWN}, from_month, to_month, 0 as snap from {now} union all"
        f" select {_KNOWN}, from_month, to_month, snap from snap_attribute"
        f" where snap in ({held}){standing})"
    )


def _customers(snaps: Snaps, now: str, then: str) -> str:
    """Masks whose bits of the snapshots' months are those of the snapshots."""
    places = [column.strip() for column in _PLACE.split(",")]
    own_places = ", ".join(f"kept.{column}" for column in places)
    kept = ", ".join(_kept(column, bool(then)) for column in places)
    bits = "select era, cast(sum(bit) as bigint) as bits from calendar"
    own = f"{bits} where month in ({_months(snaps)})"
    return (
        f"(select {own_places}, kept.customer, kept.era,"
        " kept.mask & ~coalesce(own.bits, cast(0 as bigint)) as mask, 0 as snap"
        f" from {now} as kept left join ({own} group by era) as own on own.era = kept.era"
        f" union all select {kept}, kept.customer, calendar.era, calendar.bit, snap.attributes"
        f" from snap_customer as kept join snap on snap.id = kept.snap{then}"
        f" join calendar on calendar.month = snap.month where snap.id in ({_listed(snaps)}))"
    )


def _months(snaps: Snaps) -> str:
    return f"select month from snap where id in ({_listed(snaps)})"


def _listed(snaps: Snaps) -> str:
    return ", ".join(f"{snap:d}" for snap in snaps)
