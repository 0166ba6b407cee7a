"""What the company says of its members, and a change of it as rows of the table that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chanplan.domain.period import shift

# What an edit of one cell says: (member, attribute) → the new value.
Draft = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Kind:
    """Members that are edited together.

    table       the upload that tells of them
    column      its column that names them, a dimension too
    attributes  its columns that can be changed → the dimension that groups by it, None for none
    dated       whether a change has a month from which it holds
    days        those of the attributes that are days (2024-06-30)
    """

    table: str
    column: str
    attributes: Mapping[str, str | None]
    dated: bool = True
    days: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "partners": Kind(
        "partners", "partner",
        {"channel": "channel", "region": "region", "level": "partner_level",
         "owner": "partner_owner"},
    ),
    "channels": Kind(
        "channels", "channel",
        {"kind": "channel_kind", "channel_group": "channel_group", "owner": None},
    ),
    "products": Kind(
        "products", "product",
        {"brand": "brand", "category": "category", "series": "series", "successor": None},
    ),
    "salespeople": Kind(
        "salespeople", "salesperson",
        {"manager": "manager", "department": "department", "left": None}, days=("left",),
    ),
    # The company's regions hold for all months alike: see store/territory.py.
    "regions": Kind("regions", "province", {"region": "region"}, dated=False),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One cell changed; `old` is "" where nobody had said anything."""

    member: str
    attribute: str
    old: str
    new: str


def changes(draft: Draft, today: Mapping[tuple[str, str], str]) -> list[Change]:
    """What a draft changes, by member; a cell emptied says nothing, and one typed as it was."""
    found = [
        Change(member, attribute, today.get((member, attribute), ""), value.strip())
        for (member, attribute), value in draft.items()
    ]
    changed = [one for one in found if one.new and one.new != one.old]
    return sorted(changed, key=lambda one: (one.member, one.attribute))


def rows(
    kind: Kind, changed: Sequence[Change], month: int, opening: Mapping[tuple[str, str], str]
) -> list[dict[str, str]]:
    """The changes as rows of the kind's table, valid from a month on (202507).

    opening  (member, attribute) → what is to be said as its word until then, without a date: where
             nobody has said anything yet, a change would not be known for one
    """
    since = f"{month // 100}-{month % 100:02d}-01"
    before: dict[str, dict[str, str]] = {}
    after: dict[str, dict[str, str]] = {}
    for one in changed:
        if kind.dated and (value := opening.get((one.member, one.attribute))):
            before.setdefault(one.member, {})[one.attribute] = value
        after.setdefault(one.member, {})[one.attribute] = one.new
    told = [{kind.column: member, **values} for member, values in before.items()]
    date = {"valid_from": since} if kind.dated else {}
    return [*told, *({kind.column: member, **values, **date} for member, values in after.items())]


def first_open(closed: Sequence[int], last: int) -> int:
    """From which month on a change holds where nothing else is said: the first after those that
    are closed, else the last with data."""
    if not closed:
        return last
    return shift(max(closed), 1)
