"""Cost of goods from the product table, where a file tells none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

ORDERS = (
    "日期,渠道,商品编码,数量,单位,净销售额\n"
    "2024-03-01,天猫,A,2,箱,226\n"  # 12 bottles at 5.65 cost 67.80
    "2024-03-02,天猫,A,-1,瓶,-20\n"  # one comes back: −5.65
    "2024-03-03,天猫,B,1,瓶,9\n"  # nobody knows what B costs
)
LEDGER = "日期,渠道,商品编码,数量,单位,净销售额,成本\n2024-03-01,经销商,A,1,箱,100,40\n"
PRODUCTS = "产品编码,产品名称,基本单位,装箱单位,箱规,单位成本,税率\nA,甲,瓶,箱,6,5.65,13%\n"


def bring(space: Workspace, name: str, text: str, **told: str) -> int:
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, Hints(**told))).batch


def costs(space: Workspace, tax: str) -> dict[str, Decimal | None]:
    scope = Scope(period=Period(202403, 202403), basis="order", tax=tax)  # type: ignore[arg-type]
    frame = space.ask(MetricQuery(("cost",), scope, by=("channel",))).frame
    return dict(zip(frame["channel"], frame["cost"], strict=True))


def test_the_unit_cost_counts_where_the_file_tells_no_cost(tmp_path: Path) -> None:
    taxed = {"tax": "with_tax", "tax_rate": "0.13"}
    with Workspace.open(tmp_path) as space:
        bring(space, "orders.csv", ORDERS, **taxed)
        assert costs(space, "with_tax") == {"天猫": None}
        products = bring(space, "products.csv", PRODUCTS)
        bring(space, "ledger.csv", LEDGER, **taxed)
        # 67.80 − 5.65; the ledger's own 40 stays though its product would cost 33.90.
        assert costs(space, "with_tax") == {"天猫": Decimal("62.15"), "经销商": Decimal(40)}
        # 62.15 / 1.13 = 55.00
        assert costs(space, "without_tax")["天猫"] == Decimal(55)
        space.switch(products, False)
        assert costs(space, "with_tax") == {"天猫": None, "经销商": Decimal(40)}
