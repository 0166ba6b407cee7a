"""Names that are suggested: of real provinces, of targets, of an import's customers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from chanplan.domain.names import Pair
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.workspace.test_names import SHOP
from tests.workspace.test_workspace import bring


def test_real_provinces_of_two_files_are_one(shared: Path, tmp_path: Path) -> None:
    """One file has 浙江, the other 浙江省; together each of the 31 once, with every sum."""
    files = {"dealers_zh/销售记录.xlsx": "经销商", "tmall_orders/tmall_order_report.csv": "天猫"}
    with Workspace.open(tmp_path) as space:
        for name, channel in files.items():
            path = shared / name
            original = space.receive(path.name, path)
            space.load(original, space.inspect(original, Hints(channel=channel)))
        found = [one for one in space.names.suggestions() if one.dimension == "province"]
        before = whole(space)
        assert len(before) == 31 + len(found) and len(found) == 27
        space.names.match("accept", [one.pair for one in found])
        after = whole(space)
        assert len(after) == 31 and sum(after.values()) == sum(before.values())
        for one in found:
            both = before[one.name.name] + before[one.master.name]
            assert after[one.master.name] == both


def whole(space: Workspace) -> dict[str, Decimal]:
    """Net sales by province over all months."""
    covered = space.periods()
    scope = Scope(Period(covered.first, covered.last))
    frame = space.ask(MetricQuery(("net_sales",), scope, ("province",))).frame
    return dict(zip(frame["province"], frame["net_sales"], strict=True))


TARGETS = "月份,渠道,产品名称,目标金额\n2024-01,tmall,可乐,100\n2024-01,抖音小店,可乐,50\n"


def test_names_of_targets_are_suggested_and_matched_too(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "店铺.csv", SHOP.encode())
        made = bring(space, "目标.csv", TARGETS.encode())
        assert made.table == "targets"
        found = {one.pair for one in space.names.suggestions([made.batch])}
        assert found == {Pair("channel", "tmall", "天猫")}
        assert found <= {one.pair for one in space.names.suggestions()}
        # 抖音小店 stands in no line yet, and may be given its master all the same.
        space.names.match("accept", [*found, Pair("channel", "抖音小店", "抖音")])
        assert not space.names.suggestions([made.batch])


def test_an_import_compares_its_customers_and_provinces(tmp_path: Path) -> None:
    west = "渠道,日期,客户名称,省份,金额\n天猫,2024-01-03,好邻居商贸有限公司,浙江省,1\n"
    east = "渠道,日期,客户名称,省份,金额\n天猫,2024-02-03,好邻居商贸,浙江,2\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "西.csv", west.encode())
        made = bring(space, "东.csv", east.encode())
        found = {one.pair.dimension for one in space.names.suggestions([made.batch])}
        assert found == {"customer", "province", "region"}
