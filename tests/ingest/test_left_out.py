"""Numbers that stand beside what is read are told; rows of rates are no sales."""

from __future__ import annotations

from datetime import date

import pytest

from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.wide import rows
from tests.fakes import FakeWriter, sheet


def proposed(*lines: str, name: str = "渠道达成.xlsx") -> Proposal:
    return recognise(Book((sheet(*lines),)), name, Hints(), today=date(2026, 11, 23))


def counted(*lines: str, name: str = "2025销售额.xlsx") -> Counts:
    found = proposed(*lines, name=name)
    assert not found.questions
    return load(FakeWriter(), rows(found.sheet, found.recipe), found.recipe, 1)


def told(found: Proposal) -> dict[str, object]:
    return {one.code: one.values["headers"] for one in found.notes if one.loud}


@pytest.mark.parametrize("head", ["目标|实际|达成率", "Target|Actual|Attainment"])
def test_sales_beside_targets_are_told(head: str) -> None:
    found = proposed(f"月份|渠道|{head}", "2025-01|天猫|100|90|90%", "2025-02|京东|50|60|1.2")
    _, actual, rate = head.split("|")
    assert (found.recipe.table, found.recipe.columns["amount"]) == ("targets", 2)
    assert told(found) == {"sales_beside_targets": [actual], "rates_left_out": [rate]}


def test_targets_beside_sales_are_told() -> None:
    found = proposed("月份|渠道|目标销售额|实际销售额", "2025-01|天猫|100|90")
    assert found.recipe.table == "sales"
    assert told(found) == {"targets_beside_sales": ["目标销售额"]}


def test_a_progress_in_words_is_not_sales() -> None:
    found = proposed("月份|渠道|目标|完成情况", "2025-01|天猫|100|好", "2025-02|京东|50|5")
    assert told(found) == {}


def test_rates_among_months_are_told_and_left_out() -> None:
    found = proposed("渠道|1月|2月|同比|3月", "天猫|100|200|0.1|300", name="2025销售额.xlsx")
    assert told(found) == {"rates_left_out": ["同比"]}


def test_rows_of_rates_are_set_aside() -> None:
    wide = counted("渠道|1月|2月|3月", "天猫|100|200|300", "同比|0.1|0.2|0.3", "京东|5|6|7")
    assert (wide.loaded, wide.reasons) == (6, {"rate_row:channel": 3})
    names = ("天猫同比", "京东 YoY%", "达成率", "线上环比增长率", "占比")
    long = ("月份|渠道|销售额", "2025-01|天猫|9", *(f"2025-01|{one}|0.12" for one in names))
    assert counted(*long).reasons == {"rate_row:channel": 5}


def test_names_that_hold_such_words_are_names() -> None:
    names = ("Hair Growth", "对比色", "MOM", "利率宝", "比", "Change Street")
    long = ("日期|渠道|产品名称|销售额", *(f"2025-01-02|天猫|{one}|9" for one in names))
    assert counted(*long).loaded == len(names)


def test_a_sum_without_a_date_is_set_aside_as_a_sum() -> None:
    lines = ("日期|渠道|产品名称|销售额", "2025-01-02|天猫|水|9", "2025-01-03|天猫|茶|8")
    found = counted(*lines, "|Total for 天猫||17")
    assert found.reasons == {"like_a_total:channel": 1}
