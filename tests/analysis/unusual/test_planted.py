"""The planted truths of the sample company are named in their months; without them, nothing is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benchmarks.proof_quiet import FIRST_SEED, SCOPES, answering, interval, report
from chanplan.analysis import unusual
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.sample import NONE, PLANTED, simulate
from chanplan.workspace import Workspace
from tests.stores import simulated

QUARTER, YEAR = Period(202504, 202506), Period(202501, 202512)
# Truth → a scope in which it acts, and how it is told: rule, members, direction.
TRUTHS = {
    "price_cut": (QUARTER, "price", {"channel": "京东", "series": "山野"}, -1),
    "launch": (QUARTER, "new", {"product": "XS1114"}, 1),
    "livestream": (QUARTER, "level", {"channel": "抖音直播"}, 1),
    "livestream at its height": (Period(202510, 202512), "level", {"channel": "抖音直播"}, 1),
    "fading": (YEAR, "orders", {"partner": "D008"}, -1),
    "stuffing": (Period(202510, 202510), "rhythm", {"partner": "D011"}, -1),
    "new_channel": (Period(202407, 202409), "new", {"channel": "社区团购"}, 1),
    "unit_error": (QUARTER, "unit", {"channel": "自营门店", "category": "果酒"}, -1),
}


@cache
def told(planted: bool, period: Period) -> list[tuple[str, dict[str, str], int]]:
    """Rule, members and direction of the first five findings."""
    found = report(_ask(planted), period).findings
    return [(each.rule, dict(each.where), 1 if each.money > 0 else -1) for each in found]


@cache
def _ask(planted: bool):  # type: ignore[no-untyped-def]
    return answering(simulated(PLANTED if planted else NONE))


@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_is_among_the_first_five_where_it_acts_and_nowhere_without(name: str) -> None:
    period, rule, where, way = TRUTHS[name]
    assert (rule, where, way) in told(True, period)
    assert len(told(True, period)) <= 5
    assert told(False, period) == []


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 5))
def test_a_quiet_company_gives_nothing(seed: int) -> None:
    """Each by one scope, a month, a quarter, twelve months by turns; `make proof` draws 500."""
    quiet = report(answering(simulate(seed, NONE)), SCOPES[seed % len(SCOPES)])
    assert (quiet.findings, quiet.silence) == ((), "unusual_none")
    assert quiet.tests > 100


def test_the_store_s_own_answers_give_the_same(sample_home: Path) -> None:
    scope = Scope(QUARTER, "shipment")
    with Workspace.open(sample_home) as workspace:
        sources = unusual.asked(
            lambda query: workspace.ask(query).frame, scope, 202301, unusual.DIMENSIONS
        )
    found = unusual.find(sources, QUARTER).findings
    ours = [(each.rule, dict(each.where), 1 if each.money > 0 else -1) for each in found]
    assert ours == told(True, QUARTER)


def test_the_interval_of_a_rate_is_exact() -> None:
    """Of 20, none: 1 − 0.025^(1/20); a half of 10 by the published tables."""
    assert interval(0, 20) == (0.0, pytest.approx(1 - 0.025 ** (1 / 20)))
    assert interval(5, 10) == (pytest.approx(0.1871, abs=1e-4), pytest.approx(0.8129, abs=1e-4))
