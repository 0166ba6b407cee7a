"""How far a month is reconciled, worked by hand."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from chanplan.domain.period import Period
from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace, by_hand
from chanplan.workspace.reconciling import state, states
from tests.workspace.test_workspace import bring

SHOP = "渠道,日期,金额\n天猫,2024-01-03,100\n天猫,2024-02-03,60\n".encode()
ERP = "渠道,日期,金额\n天猫,2024-01-31,97\n京东,2024-01-31,50\n".encode()


@pytest.fixture
def space(tmp_path):
    with Workspace.open(tmp_path) as opened:
        bring(opened, "店铺.csv", SHOP)
        bring(opened, "ERP.csv", ERP)
        yield opened


def test_two_sources_without_a_word_are_open_until_one_is_said_to_count(space):
    assert state(space, 202401) == ("open", 1, D(97))
    assert state(space, 202402) == ("none", 0, D(0))
    by_hand.save(space, "sources", [{"source": "店铺", "authoritative_for": "天猫"}], "店铺更全")
    assert state(space, 202401) == ("none", 0, D(0))


def test_both_may_be_said_to_count(space):
    said = [{"source": name, "authoritative_for": "天猫"} for name in ("店铺", "ERP")]
    by_hand.save(space, "sources", said, "两个不同的店")
    assert state(space, 202401) == ("none", 0, D(0))


def test_finance_ties_is_off_explained_and_has_no_data(space):
    booked = [
        {"month": "2024-01", "source": "店铺", "basis": "下单", "tax": "含税", "amount": "100"},
        {"month": "2024-02", "source": "店铺", "amount": "65"},
        {"month": "2024-01", "source": "POS", "amount": "9"},
        {"month": "2024-01", "channel": "京东", "amount": "50.01"},
    ]
    by_hand.save(space, "control_totals", booked)
    told = states.ties(space, Period(202401, 202402), ("order",))
    rows = told[["source", "channel", "month", "book", "ours", "difference", "state"]]
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        ("店铺", None, 202402, D(65), D(60), D(-5), "off"),
        ("POS", None, 202401, D(9), None, None, "no_data"),
        ("ERP", None, 202401, None, D(147), None, "no_book"),
        ("", "京东", 202401, D("50.01"), D(50), D("-0.01"), "tied"),
        ("店铺", None, 202401, D(100), D(100), D(0), "tied"),
    ]
    assert state(space, 202402) == ("open", 1, D(5))
    by_hand.save(space, "control_totals", [{**booked[1], "reason": "退款跨月"}])
    told = states.ties(space, Period(202402, 202402), ("order",))
    assert told["state"].tolist() == ["explained"]
    assert told["reason"].tolist() == ["退款跨月"]
    assert state(space, 202402) == ("done", 0, D(0))


def test_the_company_says_how_near_is_near_enough(space):
    by_hand.save(space, "control_totals", [{"month": "2024-02", "source": "店铺", "amount": "65"}])
    assert state(space, 202402).state == "open"
    space.company.say("tolerance", "5", "尾差")
    assert state(space, 202402) == ("done", 0, D(0))


def test_totals_uploaded_long_or_with_months_side_by_side_tie_alike(space):
    wide = "对账来源,口径,含税情况,2024年1月,2024年2月\n店铺,下单,含税,100,60\n"
    bring(space, "财务对账_宽表.csv", wide.encode(), Hints(table="control_totals"))
    told = states.ties(space, Period(202401, 202402), ("order",))
    found = told[told["source"] == "店铺"]
    assert sorted(found["month"]) == [202401, 202402]
    assert set(found["state"]) == {"tied"}
