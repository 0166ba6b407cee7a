"""The company's own ledger: a workbook by channel, each told once in a merged cell and summed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from chanplan.sample.channels import NAMES
from chanplan.sample.told import KINDS
from chanplan.sample.writing import Page, opened

_SUMMED = ("含税金额", "成本金额")


def write(lines: pd.DataFrame, quarter: str, path: Path) -> None:
    """What left for dealers, key accounts and group buyers: title rows, the channels one after
    the other with a 小计 and a blank row below each, 合计 at the end."""
    with opened(path, "出库明细") as page:
        page.titles((f"渠道出库台账（{quarter}）", "编制：财务部"))
        frame = _frame(lines)
        page.header(frame.columns)
        for channel in [name for name in NAMES if name in set(frame["渠道"])]:
            _channel(page, channel, frame[frame["渠道"] == channel])
        page.sums("合计", frame, _SUMMED)


def _channel(page: Page, channel: str, rows: pd.DataFrame) -> None:
    top = page.at
    page.rows(rows.assign(渠道=None))
    page.merged(top, page.at - 1, 0, channel)
    page.sums(f"{channel} 小计", rows, _SUMMED)
    page.skip()


def _frame(lines: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "渠道": lines["channel"],
        "出库日期": lines["date"],
        "单据编号": lines["order"],
        "业务类型": lines["line_type"].map(KINDS),
        "经销商编码": lines["partner"],
        "经销商名称": lines["shop"],
        "大区": lines["region"],
        "省份": lines["province"],
        "城市": lines["city"],
        "业务员": lines["salesperson"],
        "客户编码": lines["customer"],
        "商品编码": lines["product"],
        "商品名称": lines["name"],
        "数量": lines["quantity"],
        "单位": lines["unit"],
        "含税金额": lines["paid"],
        "成本金额": lines["cost"],
    }
    return pd.DataFrame(columns)
