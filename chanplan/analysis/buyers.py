"""Where the buyers of a channel that grew bought before: told with its growth, in one breath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from chanplan.analysis import cells
from chanplan.analysis.customer_flows import DIMENSION, MATCH_FLOOR, Flows
from chanplan.analysis.story import Finding

# Findings of a member that grew, and of a place that sold more than usual or is new.
GREW: Final = ("driver_up", "added_most")
MORE: Final = ("unusual_more", "unusual_more_mirrored", "unusual_new")
# Of fewer new customers a share says little: of 30, one in three may be 18 to 51 %.
FEWEST: Final = 30
# A channel that fewer of them came from is not where they came from.
LEAST: Final = Decimal("0.1")


def channel_of(finding: Finding) -> str | None:
    """The channel that a finding says grew; None where it speaks of something else."""
    values = finding.values
    if finding.code in GREW and values["dimension"] == DIMENSION:
        member = values["member"]
        return member if isinstance(member, str) else None
    if finding.code in MORE:
        place: Any = values["place"]
        return dict(place)[DIMENSION] if [name for name, _ in place] == [DIMENSION] else None
    return None


def beside(found: Sequence[Finding], flows: Flows) -> tuple[Finding, ...]:
    """The findings; each that is the first to say that a channel grew says also where most of
    its new customers who had bought elsewhere had bought before.

    Nothing is added where too few customers are known in two channels (`Flows.refused`,
    definitions §0), the history is too short, the new ones are fewer than FEWEST, or less than
    LEAST of them came from one channel.
    """
    said: set[str] = set()
    more = []
    for finding in found:
        channel = channel_of(finding)
        before = None if channel is None or channel in said else _before(flows, channel)
        more.append(finding if before is None else replace(finding, also=(before,)))
        if channel is not None and before is not None:
            said.add(channel)
    return tuple(more)


def _before(flows: Flows, channel: str) -> Finding | None:
    ways = [row for row in cells.records(flows.switches) if row["member"] == channel]
    known = [row for row in ways if row["known"] and row["before"] is not None]
    new = sum(int(row["customers"]) for row in ways)
    if new < FEWEST or not known:
        return None
    first: Mapping[str, Any] = max(known, key=lambda row: int(row["customers"]))
    if first["share"] < LEAST:
        return None
    values = {"dimension": DIMENSION, "member": channel, "new_buyers": new}
    values |= {"before": first["before"], "before_share": first["share"]}
    values |= {"match_rate": flows.match_rate, "match_floor": MATCH_FLOOR}
    return Finding("buyers_before", values)
