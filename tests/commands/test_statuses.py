"""A real shop export: what its statuses say is told, counted apart, and changed on the way in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.commands.shell import chanplan

PAID, CLOSED = Decimal("412600.83"), Decimal("66006.67")
FILES = ("TB201812_anonymised_gbk.csv", "TB201812_anonymised.xlsx")


@pytest.mark.parametrize("file", FILES)
def test_all_that_was_paid_is_counted_or_no_sale_by_rule(shared, tmp_path, file):
    export = shared / "taobao_export" / file
    (told,) = chanplan("import", export, "--channel", "淘宝", "--home", tmp_path, "--json").json
    assert told["rows"] == {"file": 2660, "loaded": 2660, "set_aside": 0, "skipped": 0}
    assert Decimal(told["net_sales"]["file"]) == Decimal(told["net_sales"]["loaded"]) == PAID
    assert Decimal(told["not_counted"]) == CLOSED
    assert Decimal(told["counted"]) == PAID - CLOSED
    statuses = {one["status"]: one for one in told["statuses"]}
    assert statuses["交易成功"]["rows"] == 1876
    closed = statuses["交易关闭"]
    assert (closed["rows"], closed["line_type"], closed["rule"]) == (
        627,
        "not_a_sale",
        "*交易关闭*",
    )
    assert Decimal(closed["amount"]) == CLOSED
    (net,) = chanplan("ask", "net_sales", "--home", tmp_path, "--json").json
    assert Decimal(net["net_sales"]) == PAID - CLOSED


def test_a_person_says_otherwise(shared, tmp_path):
    export = shared / "taobao_export" / FILES[0]
    words = ("--channel", "淘宝", "--status", "交易关闭=sale", "--home", tmp_path, "--json")
    (told,) = chanplan("import", export, *words).json
    assert Decimal(told["counted"]) == PAID
    closed = next(one for one in told["statuses"] if one["status"] == "交易关闭")
    assert (closed["line_type"], closed["rule"]) == ("sale", "given")


def test_a_person_reads_what_does_not_count_and_what_is_unlike_before(tmp_path):
    head = "日期,渠道,产品,金额,订单状态\n"
    (tmp_path / "店铺1月.csv").write_text(head + "2024-01-05,天猫,水,100,交易成功\n", "utf-8")
    later = "2024-03-05,抖音,水,50,交易成功\n2024-03-06,天猫,水,20,交易关闭\n"
    (tmp_path / "店铺3月.csv").write_text(head + later, "utf-8")
    home = tmp_path / "home"
    assert chanplan("import", tmp_path / "店铺1月.csv", "--home", home).code == 0
    said = chanplan("import", tmp_path / "店铺3月.csv", "--home", home)
    _, *remarks = said.out.splitlines()
    assert [line.strip() for line in remarks] == [
        "1 of these rows is no sale by the rules of its status: 20; counted: 50",
        "1 channel never seen before: 抖音.",
        "These months are missing: 2024-02.",
    ]
    (told,) = chanplan("import", tmp_path / "店铺3月.csv", "--home", home, "--json").json
    assert told["already_imported"] and told["drift"] == []


def test_drift_in_json(tmp_path):
    head = "日期,渠道,产品,金额\n"
    (tmp_path / "店铺1月.csv").write_text(head + "2024-01-05,天猫,水,100\n", "utf-8")
    (tmp_path / "店铺3月.csv").write_text(head + "2024-03-05,抖音,水,50\n", "utf-8")
    home = tmp_path / "home"
    chanplan("import", tmp_path / "店铺1月.csv", "--home", home)
    (told,) = chanplan("import", tmp_path / "店铺3月.csv", "--home", home, "--json").json
    assert told["drift"] == [
        {"code": "channels_new", "names": ["抖音"], "count": 1},
        {"code": "months_missing", "months": ["2024-02"]},
    ]
    choice = next(one for one in told["choices"] if one["field"] == "amount")
    assert (choice["reason"], choice["confidence"]) == ("known_word", 0.99)
    assert choice["why"] == "header “金额” is a known name; 100% of values read as amount"
