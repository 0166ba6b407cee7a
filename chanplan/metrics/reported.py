"""Summaries as they were reported: the months of closings, as their snapshots keep them, in place
of the same months of today.

Rows of a snapshot carry the number of its attributes in `snap`, those of today 0, so that members
of either count under the attributes of their own time.
"""

from __future__ import annotations

from collections.abc import Sequence

from chanplan.domain.moving import MOVING
from chanplan.metrics import relations
from chanplan.metrics.relations import Relation

# Ids of snapshots, of as many months.
Snaps = tuple[int, ...]

STRADDLING = "order_straddle"
_MASKS = "customer_months"
_PLACE = ("source", "basis", "channel", "partner", "region")
_COLUMNS = {
    "order_alone": ("month", *_PLACE, "orders"),
    STRADDLING: ("month", *_PLACE, "order_number"),
    _MASKS: (*_PLACE, "customer"),
}
_KNOWN = "dimension, member, attribute, value"
# Up to when an attribute holds that nothing has followed: 现行口径 of its time.
_LAST = 999_999


def can(relation: Relation) -> bool:
    """Whether snapshots hold a relation."""
    return relation is not relations.LINES


def relation(name: str, now: str, snaps: Snaps, columns: Sequence[str], view: str | None) -> str:
    """SQL that stands in place of a summary's name; of summaries of amounts with `columns`.

    now   what tells the summary of today
    view  the attribute view by which partners that moved are told, None: none has
    """
    listed = _COLUMNS.get(name, tuple(columns))
    today, kept = ", ".join(listed), kept_columns(listed, view)
    own = _from_snap("snap_customer" if name == _MASKS else f"snap_{name}", snaps, view)
    if name == _MASKS:
        bits = "select era, cast(sum(bit) as bigint) as bits from calendar"
        cleared = f"{bits} where month in ({_months(snaps)}) group by era"
        return (
            f"(select {', '.join(f'today.{one}' for one in listed)}, today.era,"
            " today.mask & ~coalesce(own.bits, cast(0 as bigint)) as mask, 0 as snap"
            f" from {now} as today left join ({cleared}) as own on own.era = today.era"
            f" union all select {kept}, calendar.era, calendar.bit, snap.attributes {own})"
        )
    return (
        f"(select {today}, 0 as snap from {now} where month not in ({_months(snaps)})"
        f" union all select {kept}, snap.attributes as snap {own})"
    )


def kept_columns(columns: Sequence[str], view: str | None) -> str:
    """Columns of a snapshot's rows; where partners have moved (`view`) under the word of then."""
    return ", ".join(
        f"coalesce(moved.{one}, kept.{one}) as {one}" if view and one in MOVING else f"kept.{one}"
        for one in columns
    )


def _from_snap(table: str, snaps: Snaps, view: str | None) -> str:
    calendar = " join calendar on calendar.month = snap.month" if table == "snap_customer" else ""
    return (
        f"from {table} as kept join snap on snap.id = kept.snap{calendar}{moved_then(view)}"
        f" where snap.id in ({_listed(snaps)})"
    )


def moved_then(view: str | None) -> str:
    """The join that tells where partners belonged when their month was closed."""
    if view is None:
        return ""
    return (
        " left join snap_moved as moved on moved.snap = kept.snap and moved.partner = kept.partner"
        f" and moved.attributes = '{view}'"
    )


def attributes(view: str, snaps: Snaps) -> str:
    """The attributes of an attribute view, those of the snapshots too, each with its `snap`."""
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


def _months(snaps: Snaps) -> str:
    return f"select month from snap where id in ({_listed(snaps)})"


def _listed(snaps: Snaps) -> str:
    return ", ".join(f"{snap:d}" for snap in snaps)
