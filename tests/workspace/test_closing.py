"""Closed months stand: what would move their figures is refused and leaves nothing."""

from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.workspace.test_workspace import bring

JANUARY = "渠道,日期,金额\n天猫,2024-01-03,100\n".encode()
BOTH = "渠道,日期,金额\n京东,2024-01-05,7\n京东,2024-02-05,9\n".encode()
FEBRUARY = "渠道,日期,金额\n京东,2024-02-05,9\n".encode()
YEAR = Scope(Period(202401, 202412))


def by_month(workspace: Workspace) -> dict[int, Decimal]:
    found = workspace.ask(MetricQuery(("net_sales",), YEAR, ("month",))).frame
    return {int(row.month): row.net_sales for row in found.itertuples()}


def test_an_import_into_a_closed_month_is_refused_whole(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "天猫.csv", JANUARY)
        workspace.closings.mark([202401], True)
        assert workspace.closings.closed() == [202401]
        before = workspace.checksums()
        with pytest.raises(MonthClosedError) as raised:
            bring(workspace, "京东.csv", BOTH)
        assert raised.value.values["months"] == "2024-01"
        assert workspace.checksums() == before  # February has not come in either
        bring(workspace, "京东二月.csv", FEBRUARY)
        assert by_month(workspace) == {202401: Decimal(100), 202402: Decimal(9)}
    with Workspace.open(tmp_path) as workspace:  # what was refused is not taken in at a start
        assert by_month(workspace) == {202401: Decimal(100), 202402: Decimal(9)}


def test_switching_is_refused_until_the_month_is_opened(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        batch = bring(workspace, "天猫.csv", JANUARY).batch
        workspace.closings.mark([202401], True)
        with pytest.raises(MonthClosedError):
            workspace.switch(batch, False)
        assert by_month(workspace) == {202401: Decimal(100)}
    with Workspace.open(tmp_path) as workspace:
        assert by_month(workspace) == {202401: Decimal(100)}
        workspace.closings.mark([202401], False)
        workspace.switch(batch, False)
        assert by_month(workspace) == {}


def test_what_moves_no_figure_of_a_closed_month_may_come(tmp_path: Path) -> None:
    products = "产品编码,产品名称,品类\np1,茶,饮料\n".encode()
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "天猫.csv", JANUARY)
        workspace.closings.mark([202401], True)
        assert bring(workspace, "产品.csv", products).table == "products"


def test_closing_survives_a_lost_database(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "天猫.csv", JANUARY)
        workspace.closings.mark([202401, 202402], True)
        workspace.closings.mark([202402], False)
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as workspace:
        assert workspace.closings.closed() == [202401]


def test_a_refused_switch_is_no_part_of_the_history(tmp_path):
    with Workspace.open(tmp_path) as space:
        made = bring(space, "店.csv", "日期,渠道,金额\n2024-01-05,天猫,1\n".encode())
        space.closings.mark([202401], True)
        with pytest.raises(MonthClosedError):
            space.switch(made.batch, False)
        assert [one.code for one in space.history()] == ["closed", "import"]
        space.closings.mark([202401], False)
        space.switch(made.batch, False)
        assert [one.code for one in space.history()][:2] == ["switched_off", "opened"]
