"""Where the buyers of a channel that grew bought before: a frame one can work out."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from chanplan.analysis import buyers, customer_flows
from chanplan.analysis.customer_flows import Flows
from chanplan.analysis.story import Finding
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal
YEAR = Scope(Period(202401, 202412))
# Of 50 new at 抖音: 24 new to the company, 19 from 天猫 (38 %), 7 from 京东.
WAYS = [("抖音", 0, None, 24), ("抖音", 1, "天猫", 19), ("抖音", 1, "京东", 7)]
GREW = Finding("driver_up", {"dimension": "channel", "member": "抖音", "change": D(410)})
HIGH = Finding("unusual_more", {"place": (("channel", "抖音"),), "money": D(300)})


def flows(ways=WAYS, matched: int = 200, history: int = 202201) -> Flows:
    """Of 1,000 customers so many are known in two channels; the data begins in that month."""
    counts = {
        "customers": 10, "new_company": 5, "new_channel": 5, "repeated": 0, "won_back": 0,
        "before": 0, "lost": 0, "stayed": 0, "ever": 1000, "matched": matched,
        "history_first": history,
    }  # fmt: skip
    channels = [(1, None), (0, "抖音"), (0, "天猫")]
    told = [{"whole": whole, "channel": channel, **counts} for whole, channel in channels]
    columns = ["channel", "known", "before", "customers"]
    frame = pd.DataFrame(ways, columns=columns).astype({"before": object})
    return customer_flows.flows(pd.DataFrame(told).astype({"channel": object}), frame, YEAR)


def also(found, known):
    return [[dict(each.values) for each in one.also] for one in buyers.beside(found, known)]


def test_the_share_of_its_new_customers_from_the_channel_most_came_from() -> None:
    expected = {
        "dimension": "channel", "member": "抖音", "new_buyers": 50, "before": "天猫",
        "before_share": D("0.38"), "match_rate": D("0.2"), "match_floor": D("0.01"),
    }  # fmt: skip
    assert also([GREW], flows()) == [[expected]]
    assert also([HIGH], flows()) == [[expected]]


def test_it_is_said_with_the_first_finding_alone() -> None:
    assert [len(each) for each in also([GREW, HIGH], flows())] == [1, 0]


@pytest.mark.parametrize(
    "known",
    [
        flows(matched=9),  # 0.9 % are known in two channels: below the floor of 1 %
        flows(history=202302),  # eleven months of history
        flows(ways=[("抖音", 0, None, 15), ("抖音", 1, "天猫", 14)]),  # 29 are too few
        flows(ways=[("抖音", 0, None, 91), ("抖音", 1, "天猫", 9)]),  # 9 % is not most
        flows(ways=[("抖音", 0, None, 50)]),  # nobody came from elsewhere
        flows(ways=[("抖音", 0, None, 20), ("抖音", 1, None, 30)]),  # nor from a named channel
    ],
)
def test_nothing_is_said_where_it_would_mislead(known: Flows) -> None:
    assert buyers.beside([GREW, HIGH], known) == (GREW, HIGH)


@pytest.mark.parametrize(
    "finding",
    [
        Finding("driver_down", {"dimension": "channel", "member": "抖音"}),
        Finding("driver_up", {"dimension": "product", "member": "抖音"}),
        Finding("driver_up", {"dimension": "channel", "member": None}),
        Finding("unusual_less", {"place": (("channel", "抖音"),)}),
        Finding("unusual_more", {"place": (("channel", "抖音"), ("category", "果酒"))}),
        Finding("unusual_new", {"place": (("product", "抖音"),)}),
        Finding("grew", {"value": D(1)}),
    ],
)
def test_only_of_channels_that_grew(finding: Finding) -> None:
    assert buyers.channel_of(finding) is None
    assert buyers.beside([finding], flows()) == (finding,)
