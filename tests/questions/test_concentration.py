"""The concentration of all members, told by the store, is that of the members one by one."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from chanplan.analysis import cells, concentration
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace import looking
from chanplan.workspace.answers import answer_question
from tests.books import ask, lay, open_store

YEAR = Scope(Period(202401, 202412))


def test_as_members_one_by_one(tmp_path) -> None:
    """200 customers drawn with a fixed seed, some with returns, gifts, none, another basis."""
    drawn, lines = Random(5), []
    for at in range(700):
        customer = None if at % 40 == 0 else f"C{int(200 * drawn.random() ** 2)}"
        kind = {0: "gift", 1: "return"}.get(at % 11, "sale")
        amount = drawn.randint(1, 9_000) * (-1 if kind == "return" else 1)
        line = {"day": f"2024-{1 + at % 12:02d}-10", "customer": customer, "line_type": kind}
        basis = "shipment" if at % 13 == 0 else "order"
        lines.append({**line, "basis": basis, "amount_with_tax": amount})
    store = open_store(tmp_path)
    lay(store, lines)
    frame = ask(store, "net_sales", scope=YEAR, by=("customer",)).frame
    told = answer_question(
        concentration.question(YEAR, "customer"), store.fetch, looking.overridden(store)
    ).frame
    store.close()
    _, listed = concentration.members(frame, "customer")
    _, of_all = concentration.members(frame, "customer", told)
    assert listed is not None and of_all is not None and listed.members > 100
    (row,) = cells.records(told)
    positive = [
        value for (name,), value in cells.cells(frame, "customer").items() if name and value > 0
    ]
    assert row["sales"] == sum(positive, Decimal(0)) and of_all.members == len(positive)
    assert float(of_all.hhi) == pytest.approx(float(listed.hhi))
    assert float(of_all.top) == pytest.approx(float(listed.top))
    for name in "AB":
        assert of_all.classes[name][0] == listed.classes[name][0]
        assert float(of_all.classes[name][1]) == pytest.approx(float(listed.classes[name][1]))
    assert of_all.rest == pytest.approx(Decimal(0))
