"""Statuses: rows that are no sales are told by a rule, can be changed, and stay counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.headers import shape
from chanplan.ingest.line_types import line_type, rule_of, rules
from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from tests.fakes import FakeWriter, sheet

TODAY = date(2026, 11, 23)
ORDERS = (
    "日期|渠道|金额|订单状态",
    "2024-01-01|天猫|100|交易成功",
    "2024-01-02|天猫|20|交易关闭",
    "2024-01-03|天猫|3|等待买家付款",
    "2024-01-04|天猫|0.5|拼单中",
)


def proposed(*rows: str, hints: Hints | None = None, **rest: object) -> Proposal:
    return recognise(Book((sheet(*rows),)), "x.csv", hints or Hints(), today=TODAY, **rest)


def loaded(found: Proposal) -> tuple[FakeWriter, Counts]:
    writer = FakeWriter()
    return writer, load(writer, found.sheet.below(found.recipe.header_line), found.recipe, 7)


def told(found: Proposal) -> dict[str, tuple[str, str]]:
    return {one.status: (one.line_type, one.rule) for one in found.statuses}


def test_the_proposal_says_what_each_status_means_and_by_which_rule() -> None:
    assert told(proposed(*ORDERS)) == {
        "交易成功": ("sale", "交易成功"),
        "交易关闭": ("not_a_sale", "*交易关闭*"),
        "等待买家付款": ("not_a_sale", "*等待买家付款*"),
        "拼单中": ("sale", ""),
    }


def test_rows_that_are_no_sales_are_loaded_and_told_apart() -> None:
    _, counts = loaded(proposed(*ORDERS))
    assert (counts.file, counts.loaded, counts.set_aside, counts.skipped) == (4, 4, 0, 0)
    assert counts.sum_file == counts.sum_loaded == D("123.5")
    parts = {kind: (part.rows, part.money) for kind, part in counts.by_type.items()}
    assert parts == {"sale": (2, D("100.5")), "not_a_sale": (2, D("23"))}
    by_status = {one.status: (one.line_type, one.rows, one.money) for one in counts.statuses}
    assert by_status["交易关闭"] == ("not_a_sale", 1, D(20))
    assert sum(one.money for one in counts.statuses) == counts.sum_loaded


def test_a_person_changes_the_rule_and_the_next_file_follows() -> None:
    found = proposed(*ORDERS, hints=Hints(line_types={"交易关闭": "sale", "拼单中": "not_a_sale"}))
    assert told(found)["交易关闭"] == ("sale", "given")
    _, counts = loaded(found)
    assert counts.by_type["sale"].money == D(120)
    assert counts.by_type["not_a_sale"].money == D("3.5")
    memory = {shape(found.recipe.headers): found.recipe}
    again = proposed(*ORDERS, "2024-01-05|天猫|7|订单已取消", remembered=memory.get)
    assert told(again)["交易关闭"] == ("sale", "remembered")
    assert told(again)["拼单中"] == ("not_a_sale", "remembered")
    assert told(again)["订单已取消"] == ("not_a_sale", "*已取消*")
    assert loaded(again)[1].by_type["not_a_sale"].money == D("10.5")


def test_a_line_type_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(UnrecognisedTableError, match="no_such_line_type"):
        proposed(*ORDERS, hints=Hints(line_types={"交易关闭": "nothing"}))


def test_statuses_beyond_the_first_rows_are_looked_up() -> None:
    texts = ["交易成功", "退款成功"]
    found = proposed(*ORDERS, scan=lambda *_: texts)
    assert told(found)["退款成功"] == ("not_a_sale", "退款成功")


def test_an_order_of_the_type_sale_that_was_closed_is_none() -> None:
    rows = (
        "日期|渠道|金额|业务类型|订单状态",
        "2024-01-01|a|5|销售|交易关闭",
        "2024-01-01|a|6|退货|完成",
    )
    writer, counts = loaded(proposed(*rows))
    kinds = writer.rows("select line_type, amount_with_tax from sales_line order by line")
    assert kinds == [("not_a_sale", D(5)), ("return", D(-6))]
    assert counts.sum_loaded == D(-1)


def test_a_status_that_no_rule_knows_counts_and_is_told() -> None:
    notes = {note.code: note.values for note in proposed(*ORDERS).notes}
    assert notes["statuses_unknown"] == {"statuses": "拼单中"}


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("用户取消", "not_a_sale"),
        ("超时关闭", "not_a_sale"),
        ("风控关单", "not_a_sale"),
        ("拒收", "not_a_sale"),
        ("无效", "not_a_sale"),
        ("支付失败", "not_a_sale"),
        ("未审核", "not_a_sale"),
        ("Expired", "not_a_sale"),
        ("交易成功（全额退款）", "not_a_sale"),
        ("未取消", "sale"),
        ("撤销退款", "sale"),
        ("妥投", "sale"),
        ("Partially Refunded", "sale"),
    ],
)
def test_words_of_many_systems_mean_what_they_say(status: str, means: str) -> None:
    assert line_type(status, rules()) == means
    assert rule_of(status, rules())
