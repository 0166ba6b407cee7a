"""CNY and USD are never added; what a file does not say is the company's own currency, told."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.settings import Settings
from chanplan.workspace import Workspace
from tests.workspace.test_returns import bring, net

WHOLE = Scope(Period(202401, 202412))
PLAIN = "日期,渠道,产品,金额\n2024-01-05,天猫,水,100\n"
DOLLARS = "日期,渠道,产品,金额（美元）\n2024-01-06,亚马逊,水,30\n"


def lines(space: Workspace) -> set[tuple[str, str]]:
    found = space.lines(WHOLE, 100)
    return set(zip(found["channel"], found["currency"], strict=True))


def test_a_file_that_says_nothing_is_in_the_companys_currency_and_says_so(tmp_path):
    with Workspace.open(tmp_path) as space:
        proposal = space.inspect(space.receive("国内.csv", PLAIN.encode()))
        assert proposal.currency_assumed
        assert bring(space, "国内.csv", PLAIN).currencies == ("CNY",)
        assert lines(space) == {("天猫", "CNY")}


def test_unlike_currencies_are_not_added_not_shared_and_not_compared(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "国内.csv", PLAIN)
        made = bring(space, "海外.csv", DOLLARS)
        assert made.currencies == ("USD",)
        assert net(space) == [(None,)]
        # Shares of channels would be of a sum, so their amounts are not given side by side.
        assert net(space, "channel") == [("亚马逊", None), ("天猫", None)]
        assert net(space, scope=WHOLE.only("channel", "天猫")) == [(D(100),)]
        assert net(space, scope=WHOLE.only("source", "海外")) == [(D(30),)]
        assert space.sum_of_lines(WHOLE) == (2, None)
        assert space.sum_of_lines(WHOLE.only("channel", "天猫")) == (1, D(100))


def test_growth_from_one_currency_to_another_is_none(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "海外.csv", DOLLARS.replace("2024-01", "2023-01"))
        later = bring(space, "海外2.csv", DOLLARS.replace("（美元）", "（欧元）"), source="海外")
        assert [one.values for one in later.drift if one.code == "currency_changed"] == [
            {"before": "USD", "now": "EUR"}
        ]
        asked = MetricQuery(("net_sales",), WHOLE, compare="last_year")
        assert space.ask(asked).frame.iloc[0].tolist() == [None, None]


def test_a_column_of_currencies_speaks_for_its_rows_under_any_of_their_names(tmp_path):
    text = (
        "日期,渠道,产品,金额,币种\n2024-01-05,甲,水,1,人民币\n2024-01-05,乙,水,2,RMB\n"
        "2024-01-05,丙,水,4,\n2024-01-05,丁,水,8,美金\n2024-01-05,戊,水,16,usd\n"
    )
    with Workspace.open(tmp_path) as space:
        assert bring(space, "各币种.csv", text).currencies == ("CNY", "USD")
        assert net(space, scope=WHOLE.only("channel", "甲", "乙", "丙")) == [(D(7),)]
        assert net(space, scope=WHOLE.only("channel", "丁", "戊")) == [(D(24),)]
        assert net(space) == [(None,)]


def test_what_a_person_says_of_a_source_is_kept_for_its_next_file(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "海外1月.csv", PLAIN, currency="USD", source="海外")
        later = bring(space, "海外2月.csv", PLAIN.replace("2024-01", "2024-02"), source="海外")
        assert later.currencies == ("USD",)
        assert net(space) == [(D(200),)]


def test_a_company_of_another_currency_says_so_once(tmp_path):
    settings = replace(Settings(), home=tmp_path, currency="USD")
    with Workspace(settings) as space:
        assert bring(space, "a.csv", PLAIN).currencies == ("USD",)
        bring(space, "b.csv", DOLLARS)
        assert net(space) == [(D(130),)]


def test_targets_in_another_currency_are_refused_with_the_way_out(tmp_path):
    text = "月份,渠道,目标金额(美元)\n2024-01,天猫,100\n"
    with Workspace.open(tmp_path) as space:
        original = space.receive("目标.csv", text.encode())
        with pytest.raises(UnrecognisedTableError) as fault:
            space.inspect(original, Hints(table="targets"))
        assert fault.value.code == "other_currency"
        assert (fault.value.values["said"], fault.value.values["company"]) == ("USD", "CNY")
