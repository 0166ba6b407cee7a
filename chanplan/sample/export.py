"""The sample company's folder: every file its sources send, and what a person answers for each."""

from __future__ import annotations

import shutil
from pathlib import Path

from chanplan.sample import sales_exports, table_exports
from chanplan.sample.answers import ANSWERS
from chanplan.sample.company import Company

# The company that lies in data/sample.
SEED = 20230101

_SALES = (
    ("天猫/天猫订单_*.csv", "天猫", "天猫"),
    ("天猫/订单报表_*.csv", "天猫", "天猫"),
    ("jd/*.csv", "京东", "京东"),
    ("抖音/*.xlsx", "抖音", "抖音直播"),
    ("门店/*.csv", "门店POS", "自营门店"),
    ("出库台账/*.xlsx", "ERP", None),
)


def write(company: Company, folder: Path) -> None:
    """Make the folder anew: about 120 files and `answers.toml`."""
    if folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    names = dict(zip(company.products["product"], company.products["name"], strict=True))
    shops = dict(zip(company.partners["partner"], company.partners["name"], strict=True))
    table_exports.write(company, folder)
    sales_exports.write(company.sales, company.superseded, names, shops, folder)
    (folder / ANSWERS).write_text(_answers(), "utf-8")


def _answers() -> str:
    """Masters first, so that units are known when lines come; what restates a month after what
    told it first; plans last."""
    blocks = [_block("资料/*")]
    for pattern, source, channel in _SALES:
        told = {"source": source, "basis": "shipment", "tax": "with_tax", "tax_rate": "0.13"}
        blocks.append(_block(pattern, **told, **({"channel": channel} if channel else {})))
    reports = ("天猫/宝贝报表_*.csv", "天猫/退款管理_*.csv")
    blocks += [_block(pattern, source="天猫") for pattern in reports]
    flow = {"source": "流向", "channel": "经销商", "basis": "sell_out"}
    flow |= {"tax": "with_tax", "tax_rate": "0.13"}
    blocks.append(_block("流向/经销商流向_????Q?.csv", **flow))
    blocks.append(_block("流向/经销商流向_*_重报.csv", **flow, takes="replace"))
    others = ("目标/*.xlsx", "渠道费用/*.csv", "市场容量.xlsx", "库存/*.csv", "回款/*.xlsx")
    blocks += [_block(pattern) for pattern in others]
    head = "# Which files load, in this order, and what a person answers for each; `takes` for a\n"
    head += "# file that tells a month again: whose place its lines take.\n"
    return head + "\n".join(blocks)


def _block(pattern: str, **answers: str) -> str:
    told = {"pattern": pattern, **answers}
    return "\n[[files]]\n" + "".join(f'{name} = "{value}"\n' for name, value in told.items())
