"""What the page of customers in and out says first, from frames one can read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from chanplan.analysis import cells
from chanplan.analysis.customer_flows import COLUMNS, COUNTS, MATRIX, Flows
from chanplan.analysis.flows_story import flows_story

D = Decimal
NOBODY: dict[str, Any] = dict.fromkeys(COUNTS, 0)


def row(member: str, **counts: Any) -> dict[str, Any]:
    return {"member": member, "lost_rate": None, **NOBODY, **counts}


def found(
    *rows: dict[str, Any], ways: list[tuple[Any, ...]] | None = None, unknown: bool = False,
    won_back: int = 0,
) -> Flows:  # fmt: skip
    company = row("", customers=40, won_back=won_back) if rows else None
    table = cells.table(COLUMNS, [[one[name] for name in COLUMNS] for one in rows])
    return Flows(table, company, D("0.2"), unknown, cells.table(MATRIX, ways or []))


def told(flows: Flows) -> dict[str, dict[str, Any]]:
    return {each.code: dict(each.values) for each in flows_story(flows)}


def test_who_gained_from_where_who_lost_and_who_came_back() -> None:
    ways = [
        ("抖音", False, None, 5, D("0.5")),
        ("抖音", True, "京东", 2, D("0.2")),
        ("抖音", True, "天猫", 3, D("0.3")),
        ("京东", True, "天猫", 9, D(1)),
    ]
    flows = found(
        row("抖音", new_company=5, new_channel=5, lost=1),
        row("京东", new_channel=9, lost=4, stayed=3, lost_rate=D("0.4")),
        ways=ways,
        won_back=10,
    )
    assert told(flows) == {
        "gained_from": {"dimension": "channel", "member": "抖音", "gained": 10,
                        "before": "天猫", "share": D("0.3")},
        "customers_moved": {"dimension": "channel", "member": "京东", "lost": 4,
                            "share": D("0.4"), "stayed": 3},
        "won_back": {"back": 10, "share": D("0.25")},
    }  # fmt: skip


def test_without_ways_only_who_gained_and_without_new_ones_nobody() -> None:
    assert list(told(found(row("抖音", new_channel=2)))) == ["gained"]
    assert list(told(found(row("抖音", customers=2)))) == ["gained_nobody"]
    assert list(told(found(row("抖音", new_channel=2, lost=2)))) == ["gained", "customers_lost"]


def test_a_short_history_tells_who_was_active_and_lost() -> None:
    flows = found(
        row("抖音", customers=30, new_company=None, new_channel=None, lost=2),
        row("京东", customers=0),
        unknown=True,
    )
    assert told(flows)["customers_unknown"] == {"active": 40, "count": 1}
    assert list(told(flows)) == ["customers_unknown", "customers_lost"]


def test_no_customers_are_said() -> None:
    assert list(told(found())) == ["no_customers"]
