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
