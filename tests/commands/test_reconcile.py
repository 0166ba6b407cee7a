"""`reconcile`: a month's sources and finance's figures, for people and for machines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanplan.workspace import Workspace, by_hand
from tests.commands.shell import chanplan
from tests.workspace.test_workspace import bring

SHOP = "渠道,日期,金额\n天猫,2024-01-03,100\n".encode()
ERP = "渠道,日期,金额\n天猫,2024-01-31,97\n".encode()


@pytest.fixture
def home(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "店铺.csv", SHOP)
        bring(space, "ERP.csv", ERP)
        rows = [{"month": "2024-01", "source": "店铺", "amount": "103.5", "reason": ""}]
        by_hand.save(space, "control_totals", rows)
    return tmp_path


def test_a_month_is_told_to_machines(home):
    found = chanplan("reconcile", "2024-01", "--json", "--home", home).json
    assert (found["state"], found["open"], Decimal(found["money"])) == ("open", 2, Decimal("100.5"))
    [pair] = found["pairs"]
    assert (pair["channel"], pair["amounts"], pair["stake"]) == (
        "天猫", {"店铺": "100", "ERP": "97"}, "97",
    )  # fmt: skip
    ties = {row["source"]: row for row in found["ties"]}
    assert (ties["店铺"]["book"], ties["店铺"]["difference"], ties["店铺"]["state"]) == (
        "103.5", "-3.5", "off",
    )  # fmt: skip
    assert ties["ERP"]["state"] == "no_book"


def test_a_month_is_told_to_people_and_a_basis_narrows_it(home):
    told = chanplan("reconcile", "2024-01", "--home", home).out
    assert "天猫" in told and "103.5" in told
    other = chanplan("reconcile", "2024-01", "--basis", "invoice", "--home", home).out
    assert "103.5" not in other
