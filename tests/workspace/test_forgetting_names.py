"""Names of people leave the journal with the file, or the column, that alone had them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from chanplan.domain.names import Pair
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.settings import Settings
from chanplan.workspace import Workspace, rebuild
from chanplan.workspace.forgetting import forget_batch, forget_column
from tests.workspace.test_forgetting import everything
from tests.workspace.test_surviving import bring

NAMES_HEAD = "渠道,日期,客户,金额\n"
WEST = NAMES_HEAD + "天猫,2024-01-03,张三丰,1\n天猫,2024-01-03,好邻居,2\n天猫,2024-01-04,李四光,4\n"
EAST = NAMES_HEAD + "天猫,2024-02-03,老张,8\n天猫,2024-02-03,张先生,16\n天猫,2024-02-03,好邻居,32\n"
MATCHES = [
    Pair("customer", "老张", "张三丰"),
    Pair("customer", "张先生", "张三丰"),
    Pair("customer", "好邻居", "好邻居商贸"),
]


def customers(settings: Settings) -> dict[str, Decimal]:
    with Workspace(settings) as workspace:
        scope = Scope(Period(202401, 202412))
        found = workspace.ask(MetricQuery(("net_sales",), scope, ("customer",))).frame
    return dict(zip(found["customer"], found["net_sales"], strict=True))


def named(home: Path) -> Settings:
    """Two files whose customers have been matched, and told apart."""
    settings = Settings(home=home)
    with Workspace(settings) as workspace:
        bring(workspace, "西.csv", WEST)
        bring(workspace, "东.csv", EAST)
        workspace.names.match("accept", MATCHES)
        workspace.names.match("refuse", [Pair("customer", "李四光", "老张")])
    assert customers(settings) == {
        "张三丰": Decimal(25), "好邻居商贸": Decimal(34), "李四光": Decimal(4),
    }  # fmt: skip
    return settings


def test_names_that_only_a_forgotten_file_had_leave_the_journal(tmp_path):
    settings = named(tmp_path)
    forget_batch(settings, 1)
    for name in ("张三丰", "李四光"):
        assert name.encode() not in everything(tmp_path)
    # 老张 and 张先生 are one as before, under the first of their own names; 好邻居 is the other
    # file's name, too.
    assert customers(settings) == {"张先生": Decimal(24), "好邻居商贸": Decimal(32)}
    with Workspace(settings) as workspace:
        told = {(one.code, str(one.values.get("pairs"))) for one in workspace.history()}
        pairs = "('老张 → 张先生', '好邻居 → 好邻居商贸')"
        assert ("names_accept", pairs) in told
        assert not any(code == "names_refuse" for code, _ in told)
    assert rebuild(settings).identical


def test_names_of_a_forgotten_column_leave_the_journal_too(tmp_path):
    settings = named(tmp_path)
    forget_column(settings, "客户")
    for name in ("张三丰", "李四光", "老张", "张先生", "好邻居"):
        assert name.encode() not in everything(tmp_path)
    assert rebuild(settings).identical
