"""A company's own regions: lines that name only a province stand in them while the table counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

ORDERS = """日期,渠道,省份,金额
2024-03-01,天猫,浙江省,10
2024-03-02,天猫,上海,5
2024-03-03,天猫,西藏,1
"""
LEDGER = "日期,渠道,大区,省份,金额\n2024-03-01,经销商,总部直管,浙江,100\n"
REGIONS = "大区,省份\n华东,浙江\n华东,上海\n"


def bring(space: Workspace, name: str, text: str) -> int:
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, Hints())).batch


def by_region(space: Workspace) -> dict[str, Decimal]:
    scope = Scope(period=Period(202403, 202403), basis="order", tax="with_tax")
    frame = space.ask(MetricQuery(("net_sales",), scope, by=("region",))).frame
    return dict(zip(frame["region"], frame["net_sales"], strict=True))


def test_a_table_of_regions_places_what_came_before_and_after(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", ORDERS)
        plain = {"浙江省": Decimal(10), "上海": Decimal(5), "西藏": Decimal(1)}
        assert by_region(space) == plain
        regions = bring(space, "regions.csv", REGIONS)
        bring(space, "ledger.csv", LEDGER)
        # A region that the file names stays; a province nobody placed is told as it is.
        own = {"总部直管": Decimal(100), "西藏": Decimal(1)}
        assert by_region(space) == {"华东": Decimal(15), **own}
        space.switch(regions, False)
        assert by_region(space) == {**plain, **own, "西藏": Decimal(1)}
        space.switch(regions, True)
        assert by_region(space) == {"华东": Decimal(15), **own}
