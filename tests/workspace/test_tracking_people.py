"""Targets of salespeople are their manager's and department's, where each of them has one."""

from __future__ import annotations

from pathlib import Path

from chanplan.analysis.tracking_levels import levels_of
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace
from tests.store.test_moving import SALES, YEAR

# 张 sold 1,500, 李 600, 赵 840; their targets are 120, 60 and 80 a month.
SOLD = SALES.replace("客户,", "业务员,").replace("客D1", "张").replace("客D2", "李")
TARGETS = "月份,业务员,目标金额\n" + "".join(
    f"2024-{month:02d},{name},{value}\n"
    for month in range(1, 13)
    for name, value in (("张", 120), ("李", 60), ("赵", 80))
)
PEOPLE = "业务员,主管,部门\n张,王,一部\n李,王,一部\n"


def test_targets_of_salespeople_are_their_manager_s(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:

        def bring(table: str, text: str) -> None:
            original = space.receive(f"{table}.csv", text.encode())
            space.load(original, space.inspect(original, Hints(table=table)))

        bring("sales", SOLD.replace("客D3", "赵"))
        bring("targets", TARGETS)
        bring("salespeople", PEOPLE)
        # 赵 has no manager: by managers the whole would not be told.
        assert levels_of(space.targets.levels(), "net_sales") == ["salesperson"]
        bring("salespeople", PEOPLE + "赵,孙,二部\n")
        levels = ["department", "manager", "salesperson"]
        assert levels_of(space.targets.levels(), "net_sales") == levels
        frame = space.targets.tracked(Scope(YEAR), ("manager",)).frame
        told = {row.manager: (row.target, row.actual) for row in frame.itertuples(index=False)}
        assert told == {None: (3120, 2940), "王": (2160, 2100), "孙": (960, 840)}
