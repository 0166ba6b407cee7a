"""SMART and mismatch, worked by hand on a plan that a reader can add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from chanplan.domain.targets import NODE
from chanplan.plans.mismatch import mismatches
from chanplan.plans.nodes import Told, told_of
from chanplan.plans.smart import best_twelve, checked

D = Decimal


def plan(*rows: tuple[str, str, str | None, str | None, int, bool]) -> list[Told]:
    """(month or year, measure, channel, region, value, locked)"""
    frame = pd.DataFrame(
        [
            {
                **dict.fromkeys(NODE),
                "month": date.fromisoformat(f"{when[:7]}-01" if "-" in when else f"{when}-01-01"),
                "period": "month" if "-" in when else "year",
                "measure": measure,
                "channel": channel,
                "region": region,
                "value": D(value),
                "version": "budget",
                "batch": at,
                "locked": locked,
            }
            for at, (when, measure, channel, region, value, locked) in enumerate(rows)
        ]
    )
    return told_of(frame, 2026)


def test_a_whole_and_its_parts() -> None:
    told = plan(
        ("2026", "net_sales", None, None, 100, False),
        ("2026-01", "net_sales", "天猫", None, 30, False),
        ("2026-02", "net_sales", "天猫", None, 30, False),
        ("2026", "net_sales", "京东", None, 20, True),
        ("2026", "net_sales", "京东", "华东", 15, True),
        ("2026", "market_share", "京东", None, 12, True),
    )
    top, below = mismatches(told)
    assert (top.place, top.by, top.top, top.bottom, top.gap) == ((), ("channel",), 100, 80, 20)
    assert top.mover == "parts"
    assert top.parts == ((("channel", "天猫"),), (("channel", "京东"),))
    assert (below.place, below.by, below.gap) == ((("channel", "京东"),), ("region",), 5)
    assert below.mover == "nobody"  # both are locked


def test_two_ways_of_telling_the_company() -> None:
    (found,) = mismatches(
        plan(
            ("2026", "net_sales", "天猫", None, 100, False),
            ("2026", "net_sales", None, "华东", 60, False),
            ("2026", "net_sales", None, "华南", 50, False),
        )
    )
    assert (found.by, found.other) == (("channel",), ("region",))
    assert (found.top, found.bottom, found.mover) == (110, 100, "either")


def test_a_year_and_its_months() -> None:
    told = plan(
        ("2026", "net_sales", None, None, 100, False),
        ("2026-01", "net_sales", None, None, 40, False),
        ("2026-02", "net_sales", None, None, 50, False),
    )
    (found,) = mismatches(told)
    assert (found.periods, found.gap, found.mover) == (("month", "year"), 10, "parts")


def test_the_best_twelve_months() -> None:
    two_years = {
        y * 100 + m: D(100 if y == 2024 else 121) for y in (2024, 2025) for m in range(1, 13)
    }
    assert best_twelve(two_years) == D("0.21")
    assert best_twelve({202401: D(5)}) is None


def test_needs_38_percent_and_the_best_was_21() -> None:
    history = {
        ("net_sales", ()): {
            y * 100 + m: D(100 if y == 2024 else 121) for y in (2024, 2025) for m in range(1, 13)
        }
    }
    told = plan(
        ("2026", "net_sales", None, None, 2004, False),  # 12 · 121 = 1,452; 2,004 / 1,452 = 1.380
        ("2026", "numeric_distribution", "天猫", "华东", 1, False),
        ("2026", "满意度", None, None, 9, False),
    )
    sales, coverage, unknown = checked(told, 2026, history, {"net_sales"})
    assert sales.growth is not None and round(sales.growth, 2) == D("0.38")
    assert (sales.best, sales.reach) == (D("0.21"), "above")
    assert sales.missing == ("months", "milestones")
    assert coverage.missing == ("formula", "parent", "months")
    assert unknown.missing[0] == "measure"
