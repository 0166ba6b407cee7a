"""What the page of customers in and out opens with: who gained, from where, who lost.

Findings as in `story`: codes with values, read out by the page in the reader's language.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from chanplan.analysis import cells
from chanplan.analysis.customer_flows import DIMENSION, Flows
from chanplan.analysis.story import Finding

Row = dict[str, Any]


def flows_story(found: Flows) -> tuple[Finding, ...]:
    """The findings, most important first; never empty.

    `no_customers`; or `customers_unknown` where the history is too short for states; or
    `gained_from` (the channel with most new customers and the channel most of those who had
    bought before came from), `gained` where none came from elsewhere, `gained_nobody`. Then
    `customers_lost` of the channel that lost most, `customers_moved` where some of those stayed
    with the company, `won_back` of the company.
    """
    rows = cells.records(found.channels)
    if found.company is None or not rows:
        return (Finding("no_customers", {}),)
    lost = _lost(rows)
    if found.unknown:
        count = sum(1 for row in rows if row["customers"])
        told = {"active": found.company["customers"], "count": count}
        return (Finding("customers_unknown", told), *lost)
    return (_gained(found, rows), *lost, *_won_back(found.company))


def _gained(found: Flows, rows: list[Row]) -> Finding:
    most = max(rows, key=_new)
    if not _new(most):
        return Finding("gained_nobody", {})
    told = {"dimension": DIMENSION, "member": most["member"], "gained": _new(most)}
    ways = [
        row
        for row in cells.records(found.switches)
        if row["member"] == most["member"] and row["known"]
    ]
    if not ways:
        return Finding("gained", told)
    first = max(ways, key=lambda row: int(row["customers"]))
    return Finding("gained_from", {**told, "before": first["before"], "share": first["share"]})


def _lost(rows: list[Row]) -> list[Finding]:
    most = max(rows, key=lambda row: int(row["lost"]))
    if not most["lost"]:
        return []
    told = {"dimension": DIMENSION, "member": most["member"], "lost": most["lost"]}
    told |= {"share": most["lost_rate"]}
    if not most["stayed"]:
        return [Finding("customers_lost", told)]
    return [Finding("customers_moved", {**told, "stayed": most["stayed"]})]


def _won_back(company: Row) -> list[Finding]:
    count = company["won_back"]
    if not count:
        return []
    return [Finding("won_back", {"back": count, "share": Decimal(count) / company["customers"]})]


def _new(row: Row) -> int:
    return int(row["new_company"] or 0) + int(row["new_channel"] or 0)
