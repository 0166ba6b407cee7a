"""Each rule on a company that can be worked out: what it finds, its money, and one cause once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chanplan.analysis import unusual
from chanplan.analysis.unusual import Unusual
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from tests.analysis.unusual.company import Lines, answering, lines

QUARTER = Period(202504, 202506)
KNOWN = ("channel", "region", "category", "partner", "product")


def report(
    frame: Lines, period: Period = QUARTER, heirs: dict[str, str] | None = None
) -> unusual.Report:
    sources = unusual.asked(answering(frame, heirs), Scope(period), 202301, KNOWN)
    return unusual.find(sources, period)


def found(frame: Lines, period: Period = QUARTER) -> list[tuple[str, dict[str, str]]]:
    return [(each.rule, dict(each.where)) for each in report(frame, period).findings]


def only(frame: Lines, period: Period = QUARTER) -> Unusual:
    (each,) = report(frame, period).findings
    return each


def changed(times: float, *columns: str, **place: str) -> Lines:
    """The company with the columns of a place times so much in the quarter."""
    frame = lines()
    here = frame["month"] >= QUARTER.first
    for name, member in place.items():
        here &= frame[name] == member
    for column in columns:
        frame[column] = frame[column].astype(float)
        frame.loc[here, column] *= times
    return frame


def test_a_steady_company_has_nothing_unusual_and_says_how_often_it_looked() -> None:
    steady = report(lines())
    assert (steady.findings, steady.silence) == ((), "unusual_none")
    assert steady.tests > 20


def test_a_company_that_names_no_product_is_judged_by_what_it_names() -> None:
    sources = unusual.asked(answering(changed(2.0, "net_sales", channel="京东"), {}),
                            Scope(QUARTER), 202301, ("channel",))  # fmt: skip
    bare = replace(sources, prices=pd.DataFrame(), before=pd.DataFrame())
    (each,) = unusual.find(bare, QUARTER).findings
    assert dict(each.where) == {"channel": "京东"}


def test_a_channel_that_doubles_is_one_finding_with_its_money() -> None:
    frame = changed(2.0, "net_sales", "quantity", "orders", channel="京东")
    each = only(frame)
    assert (each.rule, dict(each.where)) == ("level", {"channel": "京东"})
    now = frame[(frame["channel"] == "京东") & (frame["month"] >= 202504)]["net_sales"].sum()
    assert each.values["actual"] == pytest.approx(now)
    # Its share is what it was: 京东 weighs 1.5 of the 10 of all, now 3 of 11.5.
    whole = frame[frame["month"] >= 202504]["net_sales"].sum()
    assert each.money == pytest.approx(now - 0.15 * whole, rel=0.03)
    assert each.values["low"] < 0.15 * whole < each.values["high"] < now


def test_one_category_of_a_channel_is_told_as_that_cell() -> None:
    frame = changed(2.0, "net_sales", "quantity", channel="商超", category="果酒")
    assert found(frame) == [("level", {"channel": "商超", "category": "果酒"})]


def test_a_price_cut_is_told_with_its_effect_and_once() -> None:
    """果酒 at 京东 is 12 % cheaper; volume stands still."""
    frame = changed(0.88, "net_sales", channel="京东", category="果酒")
    each = only(frame)
    assert each.rule == "price" and dict(each.where)["channel"] == "京东"
    cheaper = frame[(frame["channel"] == "京东") & (frame["category"] == "果酒")]
    now = cheaper[cheaper["month"] >= 202504]["net_sales"].sum()
    assert each.money == pytest.approx(now - now / 0.88, rel=0.02)
    assert each.values["change"] == pytest.approx(-0.12, abs=0.005)


def test_prices_that_fall_everywhere_are_one_finding() -> None:
    frame = changed(0.9, "net_sales", category="米酒")
    assert [rule for rule, _ in found(frame)] == ["price"]
    assert dict(only(frame).where) == {"category": "米酒"}


def test_bottles_written_as_cases_are_a_matter_of_units_not_of_price() -> None:
    frame = changed(6.0, "quantity", channel="门店", category="果酒")
    each = only(frame)
    assert (each.rule, dict(each.where)) == ("unit", {"channel": "门店", "category": "果酒"})
    assert each.values["times"] == pytest.approx(6.0, rel=0.02)
    # And a quarter later the wrong one does not make the right one look dear.
    later = Period(202504, 202504)
    early = lines()
    wrong = early["month"].between(202501, 202503) & (early["channel"] == "门店")
    early.loc[wrong, "quantity"] *= 6
    assert found(early, later) == []


def test_what_sells_for_the_first_time_is_new_and_its_channel_is_not_told_again() -> None:
    frame = lines()
    young = frame["channel"].eq("门店") & (frame["month"] < 202504)
    each = only(frame[~young])
    assert (each.rule, dict(each.where)) == ("new", {"channel": "门店"})
    assert each.money == pytest.approx(
        frame[(frame["channel"] == "门店") & (frame["month"] >= 202504)]["net_sales"].sum()
    )


def test_a_channel_is_told_with_all_it_sold_when_another_finding_lies_within_it() -> None:
    """京东 sells half as much again, and every channel a new product: its lines are taken out
    before the channel is judged, but the sentence says what the pages say."""
    frame = changed(1.5, "net_sales", "quantity", "orders", channel="京东")
    now = frame[frame["month"] >= 202504]
    fresh = now[now["product"].isin(["P0", "P5"])].assign(product="P9")
    frame = pd.concat([frame, fresh], ignore_index=True)
    [channel] = [
        each
        for each in report(frame).findings
        if (each.rule, dict(each.where)) == ("level", {"channel": "京东"})
    ]
    assert ("new", "P9") in {(each.rule, each.where[-1][1]) for each in report(frame).findings}
    sold = frame[(frame["channel"] == "京东") & (frame["month"] >= 202504)]["net_sales"].sum()
    assert channel.values["actual"] == pytest.approx(sold)
    assert channel.money == pytest.approx(channel.values["actual"] - channel.values["expected"])


def test_a_product_that_takes_another_s_place_is_not_new() -> None:
    frame = lines()
    frame.loc[frame["product"].eq("P3") & (frame["month"] >= 202504), "product"] = "P3b"
    assert ("new", {"product": "P3b"}) in found(frame)
    assert report(frame, heirs={"P3": "P3b"}).findings == ()


def test_what_sold_every_month_and_no_more_is_gone() -> None:
    frame = lines()
    stopped = frame["channel"].eq("天猫") & (frame["month"] >= 202504)
    assert ("gone", {"channel": "天猫"}) in found(frame[~stopped])


def test_a_partner_that_orders_less_often_is_told_by_its_orders() -> None:
    frame = changed(0.4, "net_sales", "quantity", "orders", partner="经销商2")
    told = report(frame).findings
    (each,) = [one for one in told if one.rule == "orders"]
    assert each.where == (("partner", "经销商2"),) and each.money < 0
    # 24 a month of 48 before, 9.6 of 33.6 now.
    assert each.values["actual"] == pytest.approx(4 * 5 * 3 * 0.4)


def test_quarter_ends_bought_full_and_followed_by_little_are_a_rhythm() -> None:
    frame = lines()
    ours = frame["partner"].eq("经销商1") & (frame["month"] > 202406)
    ends, after = frame["month"] % 100 % 3 == 0, frame["month"] % 100 % 3 == 1
    frame.loc[ours & ends, "net_sales"] *= 2.2
    frame.loc[ours & after, "net_sales"] *= 0.3
    told = [(each.rule, each.where) for each in report(frame, Period(202506, 202506)).findings]
    assert ("rhythm", (("partner", "经销商1"),)) in told


def test_too_little_history_and_a_january_alone_are_said() -> None:
    assert report(lines(), Period(202403, 202403)).silence == "unusual_short"
    assert report(lines(), Period(202501, 202501)).silence == "unusual_january"


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([0.01, 7.3, 1e6]), st.integers(0, 1000))
def test_currency_and_the_order_of_rows_change_nothing(scale: float, seed: int) -> None:
    frame = changed(2.0, "net_sales", "quantity", channel="京东")
    other = frame.sample(frac=1, random_state=np.random.RandomState(seed))
    other = other.assign(net_sales=other["net_sales"] * scale)
    one, two = report(frame).findings, report(other).findings
    assert [each.where for each in one] == [each.where for each in two]
    assert [each.money * scale for each in one] == pytest.approx([each.money for each in two])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.floats(0.0, 4.0), st.sampled_from(["天猫", "商超"]), st.sampled_from(["果酒", "米酒"]))
def test_money_is_no_more_than_what_is_there_and_five_are_the_most(
    times: float, channel: str, category: str
) -> None:
    frame = changed(times, "net_sales", "quantity", channel=channel, category=category)
    told = report(frame).findings
    sold = frame[frame["month"] >= 202504]["net_sales"].sum()
    assert len(told) <= 5
    assert all(each.money <= sold and each.ratio >= 1 for each in told)
    weights = [each.weight for each in told]
    assert weights == sorted(weights, reverse=True)


def test_every_finding_has_a_page_and_filters_that_hold_it() -> None:
    each = only(changed(2.0, "net_sales", "quantity", channel="商超", category="果酒"))
    assert unusual.page(each) == "products"
    assert unusual.shown_by(each, lambda name: True) == {"channel": "商超", "category": "果酒"}
    assert unusual.shown_by(each, lambda name: name == "channel") == {"channel": "商超"}
