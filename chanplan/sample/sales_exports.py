"""The sales of the sample company as five sources, and the dealers' sell-out, export them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from chanplan.sample.writing import text, workbook, yuan

_ENGLISH_STATUS = {
    "交易成功": "Completed",
    "退款": "Returned",
    "交易关闭": "Cancelled",
    "赠品": "Gift",
}
_LEDGER_TYPES = {"sale": "销售", "return": "退货", "gift": "赠品"}


def write(sales: pd.DataFrame, names: dict[str, str], shops: dict[str, str], folder: Path) -> None:
    """One file per source and its usual span; `names` and `shops`: code → name."""
    told = _told(sales, names, shops)
    for month, lines in _by_month(told, "天猫"):
        _tmall(lines, folder / "天猫" / f"天猫订单_{month}.csv")
    for quarter, lines in _by_quarter(told, "京东"):
        _jd(lines, folder / "jd" / f"JD_orders_{quarter}.csv")
    for quarter, lines in _by_quarter(told, "抖音"):
        _livestream(lines, quarter, folder / "抖音" / f"抖音直播成交明细_{quarter}.xlsx")
    for quarter, lines in _by_quarter(told, "门店POS"):
        _store(lines, folder / "门店" / f"门店POS流水_{quarter}.csv")
    for quarter, lines in _by_quarter(told, "ERP"):
        _ledger(lines, quarter, folder / "出库台账" / f"渠道出库台账_{quarter}.xlsx")
    for quarter, lines in _by_quarter(told, "流向"):
        _flow(lines, folder / "流向" / f"经销商流向_{quarter}.csv")


def flow_of(
    sales: pd.DataFrame, names: dict[str, str], shops: dict[str, str], folder: Path
) -> None:
    """The sell-out of single months."""
    for month, lines in _by_month(_told(sales, names, shops), "流向"):
        _flow(lines, folder / f"经销商流向_{month}.csv")


def _told(sales: pd.DataFrame, names: dict[str, str], shops: dict[str, str]) -> pd.DataFrame:
    """Lines with names, and their money in yuan."""
    return sales.assign(
        name=sales["product"].map(names),
        shop=sales["partner"].map(shops),
        paid=yuan(sales["amount_cents"]),
        off=yuan(sales["discount_cents"]),
        cost=yuan(sales["cost_cents"]),
        price=yuan(sales["unit_price"]),
        before=yuan(sales["list_cents"]),
    )


def _by_month(sales: pd.DataFrame, source: str) -> Iterator[tuple[str, pd.DataFrame]]:
    for month, lines in sales[sales["source"] == source].groupby("month"):
        yield f"{str(month)[:4]}-{str(month)[4:]}", lines


def _by_quarter(sales: pd.DataFrame, source: str) -> Iterator[tuple[str, pd.DataFrame]]:
    ours = sales[sales["source"] == source]
    quarter = ours["month"] // 100 * 10 + (ours["month"] % 100 - 1) // 3 + 1
    for number, lines in ours.groupby(quarter):
        yield f"{str(number)[:4]}Q{str(number)[4:]}", lines


def _tmall(lines: pd.DataFrame, path: Path) -> None:
    """GB18030, one file a month; closed orders stay in it."""
    frame = pd.DataFrame(
        {
            "订单编号": lines["order"],
            "会员编号": lines["customer"],
            "订单状态": lines["status"],
            "订单创建时间": [f"{day} {10 + len(str(day)) % 3}:15:00" for day in lines["date"]],
            "店铺名称": lines["shop"],
            "收货省份": lines["province"],
            "收货城市": lines["city"],
            "商品编码": lines["product"],
            "宝贝标题": lines["name"],
            "宝贝数量": lines["quantity"],
            "单位": lines["unit"],
            "优惠金额": lines["off"],
            "买家实际支付金额": lines["paid"],
        }
    )
    text(path, frame, "gb18030")


def _jd(lines: pd.DataFrame, path: Path) -> None:
    """The English export of a marketplace, UTF-8."""
    frame = pd.DataFrame(
        {
            "Order Date": lines["date"],
            "Order Number": lines["order"],
            "Order Status": lines["status"].map(_ENGLISH_STATUS),
            "Store Name": lines["shop"],
            "Customer ID": lines["customer"],
            "Province": lines["province"],
            "City": lines["city"],
            "Item Code": lines["product"],
            "Item Name": lines["name"],
            "Quantity": lines["quantity"],
            "Unit": lines["unit"],
            "Unit Price": lines["price"],
            "Discount Amount": lines["off"],
            "Net Amount": lines["paid"],
        }
    )
    text(path, frame, "utf-8")


def _livestream(lines: pd.DataFrame, quarter: str, path: Path) -> None:
    """A workbook with two title rows and a row of sums."""
    frame = pd.DataFrame(
        {
            "成交日期": lines["date"],
            "订单号": lines["order"],
            "订单状态": lines["status"],
            "店铺": lines["shop"],
            "会员编号": lines["customer"],
            "省份": lines["province"],
            "城市": lines["city"],
            "商品编码": lines["product"],
            "商品名称": lines["name"],
            "数量": lines["quantity"],
            "单位": lines["unit"],
            "成交金额": lines["paid"],
        }
    )
    titles = (f"抖音直播成交明细 {quarter}", "导出人：运营中心    单位：元（含税）")
    workbook(path, frame, titles, ("数量", "成交金额"), "成交明细")


def _store(lines: pd.DataFrame, path: Path) -> None:
    """Own stores' tills, UTF-8 with a byte order mark."""
    frame = pd.DataFrame(
        {
            "小票号": lines["order"],
            "业务类型": lines["line_type"].map(_LEDGER_TYPES),
            "销售日期": lines["date"],
            "门店编码": lines["partner"],
            "门店名称": lines["shop"],
            "省份": lines["province"],
            "城市": lines["city"],
            "会员编号": lines["customer"],
            "商品编码": lines["product"],
            "商品名称": lines["name"],
            "数量": lines["quantity"],
            "单位": lines["unit"],
            "原价金额": lines["before"],
            "实收金额": lines["paid"],
        }
    )
    text(path, frame, "utf-8-sig")


def _ledger(lines: pd.DataFrame, quarter: str, path: Path) -> None:
    """The company's own ledger of what left for dealers, key accounts and group buyers."""
    frame = pd.DataFrame(
        {
            "出库日期": lines["date"],
            "单据编号": lines["order"],
            "业务类型": lines["line_type"].map(_LEDGER_TYPES),
            "渠道": lines["channel"],
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
    )
    titles = (f"渠道出库台账（{quarter}）", "编制：财务部")
    workbook(path, frame, titles, ("含税金额", "成本金额"), "出库明细")


def _flow(lines: pd.DataFrame, path: Path) -> None:
    """流向: what dealers sold on to which outlet, GB18030."""
    frame = pd.DataFrame(
        {
            "销售日期": lines["date"],
            "单号": lines["order"],
            "经销商编码": lines["partner"],
            "经销商名称": lines["shop"],
            "终端编码": lines["customer"],
            "省份": lines["province"],
            "城市": lines["city"],
            "商品编码": lines["product"],
            "商品名称": lines["name"],
            "数量": lines["quantity"],
            "单位": lines["unit"],
            "金额": lines["paid"],
        }
    )
    text(path, frame, "gb18030")
