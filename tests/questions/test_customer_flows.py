"""Customers in and out: a small book by hand, random months against pandas, real orders."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from random import Random
from statistics import median

import pandas as pd
import pytest

from chanplan.analysis import cells, customer_flows
from chanplan.analysis.customer_flows import STATES, Flows
from chanplan.domain.period import Period, from_ordinal, ordinal
from chanplan.domain.scope import Scope
from chanplan.workspace import looking
from chanplan.workspace.answers import answer_question
from tests.books import ask, lay, open_store

YEAR, BASE = Period(202401, 202412), Period(202301, 202312)
D = Decimal
# Customer → channel → its months. Both years before 2024 are history.
BOOK = {
    "旧": {"天猫": [202201, 202301, 202402]},  # one long gap, too few gaps to judge: repeat
    "转": {"天猫": [202305], "抖音": [202403]},  # lost to 天猫, stayed; new to 抖音 from 天猫
    "走": {"天猫": [202306]},  # lost, left the company
    "新": {"抖音": [202404], "京东": [202406]},  # new to the company at 抖音; to 京东 from 抖音
    # Gaps 1, 2 before (median 1.5); the gap to 202402 is 4 > 3: won back.
    "回": {"京东": [202307, 202308, 202310, 202402]},
    # The same gaps; to 202401 it is 3, not more than 3: repeat. It came to 抖音 from 京东.
    "常": {"京东": [202307, 202308, 202310, 202401], "抖音": [202402]},
    # In 202312 in both, 京东 has as many customers ever as 天猫 or more: see SIZES below.
    "双": {"天猫": [202312], "京东": [202312], "抖音": [202401]},
    "同": {"天猫": [202408], "京东": [202408]},  # began in both in one month: new in both
}


def lines(book):
    return [
        {
            "day": f"{month // 100}-{month % 100:02d}-10",
            "channel": channel,
            "customer": customer,
            "amount_with_tax": "10",
            "order_number": f"{customer}{channel}{month}",
        }
        for customer, channels in book.items()
        for channel, months in channels.items()
        for month in months
    ]


def told(store, scope=Scope(YEAR), base=BASE) -> Flows:  # noqa: B008
    asked = customer_flows.questions(scope, base)
    frames = [answer_question(q, store.fetch, looking.overridden(store)).frame for q in asked]
    return customer_flows.flows(*frames, scope)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(tmp_path_factory.mktemp("flows"))
    returned = {"day": "2024-05-01", "channel": "天猫", "customer": "走", "line_type": "return"}
    other = {"day": "2021-05-01", "channel": "门店", "customer": "旧", "basis": "shipment"}
    more = [returned | {"amount_with_tax": "-10"}, other | {"amount_with_tax": "5"}]
    lay(opened, [*lines(BOOK), *more])
    yield opened
    opened.close()


def rows(found: Flows):
    return {row["member"]: row for row in cells.records(found.channels)}


def test_states_by_hand(store) -> None:
    found = told(store)
    names = (*STATES, "before", "lost", "stayed")
    counts = {name: tuple(row[each] for each in names) for name, row in rows(found).items()}
    assert counts == {
        "天猫": (1, 0, 1, 0, 4, 3, 2),  # 同 | 旧 | 旧 转 走 双: all but 旧 lost; 转 双 at 抖音
        "京东": (1, 1, 1, 1, 3, 1, 1),  # 同 | 新 | 常 | 回 | 回 常 双: 双 lost
        "抖音": (1, 3, 0, 0, 0, 0, 0),  # 新 | 转 常 双
    }
    # 新 同 | no channel to be new to | 旧 转 常 双 | 回 | all but 新 同 | 走
    assert found.company is not None
    assert tuple(found.company[each] for each in names) == (2, None, 4, 1, 6, 1, None)
    assert found.match_rate == D(5) / 8  # 转 新 常 双 同 of eight; another basis adds none
    assert not found.unknown and not found.refused


def test_ways_by_hand(store) -> None:
    """SIZES: 天猫 has five customers ever, 京东 five: equal, so the first by name, 京东."""
    ways = {
        (row["member"], row["before"] if row["known"] else "·"): row["customers"]
        for row in cells.records(told(store).switches)
    }
    assert ways == {
        ("天猫", "·"): 1,
        ("京东", "·"): 1,
        ("京东", "抖音"): 1,
        ("抖音", "·"): 1,
        ("抖音", "天猫"): 1,
        ("抖音", "京东"): 2,
    }


def test_a_filter_on_channels_makes_nobody_new(store) -> None:
    found = told(store, Scope(YEAR).only("channel", "抖音"))
    assert list(rows(found)) == ["抖音"] and rows(found)["抖音"]["new_company"] == 1
    assert set(found.switches["member"]) == {"抖音"}


def test_the_first_year_of_the_data_is_unknown(store) -> None:
    found = told(store, Scope(Period(202212, 202312)), Period(202112, 202211))
    assert found.unknown and found.switches.empty
    assert rows(found)["天猫"]["new_company"] is None
    assert not told(store, Scope(Period(202301, 202312)), Period(202201, 202212)).unknown


def test_a_period_without_customers(store) -> None:
    assert told(store, Scope(YEAR, basis="invoice")).company is None


def test_orders_by_hand(store) -> None:
    """2024: 天猫 has 2 orders of 2 customers, 10 each, and a return of 10 without a number."""
    frame = ask(
        store, *customer_flows.MEASURES, scope=Scope(YEAR), by=("channel",), compare="last_year"
    ).frame
    shown = {row["member"]: row for row in cells.records(customer_flows.frequency(frame))}
    assert shown["天猫"]["average_order"] == D(5) and shown["天猫"]["orders_per_customer"] == D(1)
    assert shown["天猫"]["average_order_growth"] == D("-0.5")
    assert shown["抖音"]["average_order_growth"] is None


def test_ways_are_refused_where_hardly_anyone_is_known_twice(tmp_path) -> None:
    book = {f"{channel}{at}": {channel: [202201, 202403]} for channel in "甲乙" for at in range(60)}
    book["甲0"]["乙"] = [202404]  # 1 of 120: 0.83 %
    opened = open_store(tmp_path)
    lay(opened, lines(book))
    found = told(opened)
    opened.close()
    assert found.refused and found.match_rate == D(1) / 120 and found.switches.empty
    assert rows(found)["乙"]["new_company"] is None and rows(found)["乙"]["new_channel"] == 1
    assert rows(found)["乙"]["stayed"] is None


def test_random_months_as_pandas_tells_them(tmp_path) -> None:
    """120 customers of four channels drawn with a fixed seed over three years."""
    drawn = Random(7)
    book = {
        f"c{at}": {
            channel: sorted({from_ordinal(ordinal(202201) + drawn.randrange(36)) for _ in range(n)})
            for channel in "甲乙丙丁"
            if (n := drawn.choice((0, 1, 3, 6)))
        }
        for at in range(120)
    }
    opened = open_store(tmp_path)
    lay(opened, lines(book))
    found = told(opened)
    opened.close()
    expected, came = by_pandas(book)
    shown = rows(found)
    for channel in "甲乙丙丁":
        counts = {name: shown[channel][name] for name in (*STATES, "lost", "stayed")}
        assert counts == {name: expected[channel].count(name) for name in counts}
        ways = found.switches[found.switches["member"] == channel]
        new = shown[channel]["new_company"] + shown[channel]["new_channel"]
        assert sum(ways["customers"]) == new and sum(ways["share"]) == pytest.approx(D(1))
        told_ways = zip(ways["before"], ways["customers"], strict=True)
        assert dict(told_ways) == Counter(before for to, before in came if to == channel)
        assert shown[channel]["customers"] == sum(shown[channel][name] for name in STATES)


def by_pandas(book):
    """Channel → what each customer is to it; (channel, latest months before) of the new ones."""
    frame = pd.DataFrame(
        [(c, k, ordinal(m)) for c, ks in book.items() for k, ms in ks.items() for m in ms],
        columns=["customer", "channel", "at"],
    )
    first, last = ordinal(YEAR.first), ordinal(YEAR.last)
    told: dict[str, list[str]] = {channel: [] for channel in "甲乙丙丁"}
    sizes = frame.groupby("channel")["customer"].nunique()
    came = []
    for (customer, channel), group in frame.groupby(["customer", "channel"]):
        at = sorted(group["at"])
        every = frame[frame["customer"] == customer]
        now = [each for each in at if first <= each <= last]
        if not now:
            if any(first - 12 <= each < first for each in at):
                told[channel].append("lost")
                if ((every["at"] >= first) & (every["at"] <= last)).any():
                    told[channel].append("stayed")
            continue
        old = [each for each in at if each < first]
        if not old:
            known = every["at"].min() < now[0]
            told[channel].append("new_channel" if known else "new_company")
            came.append((channel, before(every, now[0], sizes)))
            continue
        gaps = [b - a for a, b in pairwise(old)]
        widest = max(b - a for a, b in pairwise(at) if b >= first)
        back = len(gaps) >= 2 and widest > 2 * median(gaps)
        told[channel].append("won_back" if back else "repeated")
    return told, came


def before(every, entered, sizes):
    """The channel of the latest month before; of several, the larger one."""
    earlier = every[every["at"] < entered]
    if earlier.empty:
        return None
    latest = earlier.loc[earlier["at"] == earlier["at"].max(), "channel"]
    return max(latest, key=lambda channel: sizes[channel])
