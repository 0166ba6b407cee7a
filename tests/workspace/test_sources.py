"""What the company declares of its sources: authority, basis, tax, covered-to."""

from datetime import date
from decimal import Decimal

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.workspace.test_workspace import bring

# Both files hold 天猫 in January; the ERP has February and 京东 besides.
SHOP = "渠道,日期,金额\n天猫,2024-01-03,100\n".encode()
ERP = "渠道,日期,金额\n天猫,2024-01-31,97\n京东,2024-01-31,50\n天猫,2024-02-29,30\n".encode()
DECLARED = "来源,以此为准的渠道\n店铺,天猫\n".encode()
YEAR = Scope(Period(202401, 202412))


def by_channel(workspace: Workspace) -> dict:
    found = workspace.ask(MetricQuery(("net_sales",), YEAR, ("channel",))).frame
    return dict(zip(found["channel"], found["net_sales"], strict=True))


def test_two_sources_of_one_channel_and_month_are_told_and_both_count(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "店铺.csv", SHOP)
        assert bring(workspace, "ERP.csv", ERP).rivals == ("店铺",)
        assert by_channel(workspace) == {"天猫": Decimal(227), "京东": Decimal(50)}


def test_the_authoritative_source_counts_where_it_has_lines_and_the_other_elsewhere(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        shop = bring(workspace, "店铺.csv", SHOP)
        bring(workspace, "ERP.csv", ERP)
        declared = bring(workspace, "来源.csv", DECLARED)
        assert declared.table == "sources"
        ruled = {"天猫": Decimal(130), "京东": Decimal(50)}
        assert by_channel(workspace) == ruled
        workspace.switch(shop.batch, False)
        assert by_channel(workspace) == {"天猫": Decimal(127), "京东": Decimal(50)}
        workspace.switch(shop.batch, True)
        assert by_channel(workspace) == ruled
        workspace.switch(declared.batch, False)
        assert by_channel(workspace) == {"天猫": Decimal(227), "京东": Decimal(50)}


def test_a_source_declares_basis_tax_and_rate(tmp_path):
    declared = "来源,口径,含税情况,税率\nERP,出货,未税,13%\n".encode()
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "来源.csv", declared)
        bring(workspace, "ERP.csv", SHOP)
        assert workspace.bases() == ["shipment"]
        for tax, expected in (("without_tax", "100"), ("with_tax", "113")):
            scope = Scope(YEAR.period, basis="shipment", tax=tax)
            found = workspace.ask(MetricQuery(("net_sales",), scope)).frame["net_sales"].iloc[0]
            assert found == Decimal(expected)


def test_a_declared_covered_to_date_reaches_beyond_the_last_sale(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "店铺.csv", SHOP)
        assert workspace.periods().data_date == date(2024, 1, 3)
        bring(workspace, "来源.csv", "来源,数据截至\n店铺,2024-01-31\n".encode())
        assert workspace.periods().data_date == date(2024, 1, 31)
