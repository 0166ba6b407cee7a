"""Which source counts from which month on, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.workspace.test_workspace import bring

# The shop and the ERP tell January to March of one channel, each in its own figures.
SHOP = "渠道,日期,金额\n天猫,2024-01-03,1\n天猫,2024-02-03,2\n天猫,2024-03-03,4\n".encode()
ERP = "渠道,日期,金额\n天猫,2024-01-03,10\n天猫,2024-02-03,20\n天猫,2024-03-03,40\n".encode()
SAID = "来源,以此为准的渠道,生效月份\n"
SCOPE = Scope(Period(202401, 202403))


def _months(space: Workspace) -> list[Decimal]:
    found = space.ask(MetricQuery(("net_sales",), SCOPE, ("month",))).frame
    return [*found["net_sales"]]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("店铺,天猫,\n", (1, 2, 4)),
        ("店铺,天猫,2024-02\n", (11, 2, 4)),
        # The ERP's word begins where the shop's ends.
        ("店铺,天猫,\n店铺,无,2024-03\nERP,天猫,2024-03\n", (1, 2, 40)),
        # Both say so: both count, and the difference is told.
        ("店铺,天猫,\nERP,天猫,2024-02\n", (1, 22, 44)),
    ],
)
def test_a_word_holds_from_its_month_on(tmp_path, said, expected):
    with Workspace.open(tmp_path) as space:
        bring(space, "店铺.csv", SHOP)
        bring(space, "ERP.csv", ERP)
        told = bring(space, "来源.csv", (SAID + said).encode())
        assert _months(space) == [Decimal(one) for one in expected]
        space.switch(told.batch, False)
        assert _months(space) == [Decimal(one) for one in (11, 22, 44)]


def test_a_source_that_is_outranked_keeps_what_it_tells(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "店铺.csv", SHOP)
        bring(space, "ERP.csv", ERP)
        bring(space, "来源.csv", (SAID + "店铺,天猫,2024-02\n").encode())
        told = space.store.fetch(
            "select source, month, counts, amount_with_tax as paid from source_cells"
            " order by source, month"
        )
        rows = [tuple(row) for row in told.itertuples(index=False)]
        assert rows == [
            ("ERP", 202401, 1, Decimal(10)),
            ("ERP", 202402, 0, Decimal(20)),
            ("ERP", 202403, 0, Decimal(40)),
            ("店铺", 202401, 1, Decimal(1)),
            ("店铺", 202402, 1, Decimal(2)),
            ("店铺", 202403, 1, Decimal(4)),
        ]
