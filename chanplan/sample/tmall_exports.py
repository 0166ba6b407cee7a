"""天猫 as it sends its orders: one file a month at first, then reports of orders, items, refunds.

Until the end of 2024 a line is a row, closed orders and refunds among them. Since 2025 a quarter
comes as three reports that only together tell what was sold: 订单报表 has the money of whole
orders, 宝贝报表 their products and no amounts, 退款管理 what was given back.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from chanplan.sample.channels import REPORTS_SINCE
from chanplan.sample.soiling import guarded, padded, tabbed
from chanplan.sample.told import by_month, by_quarter
from chanplan.sample.writing import text

_ENCODING = "gb18030"
# In the quarter of 双11 items are told at their price before a coupon on the whole order: of 125
# yuan 100 are paid. So the items' prices times their numbers are too much, and each item's part of
# what was paid is still exact.
_COUPON_QUARTER, _BEFORE_COUPON = "Q4", Decimal("1.25")


def write(told: pd.DataFrame, folder: Path) -> None:
    """Every file of 天猫; `told`: its lines as `told.told` gives them."""
    reported = told["month"] >= REPORTS_SINCE
    for month, lines in by_month(told[~reported]):
        text(folder / f"天猫订单_{month}.csv", _lines(lines, month), _ENCODING)
    back = told["line_type"] == "return"
    for quarter, lines in by_quarter(told[reported & ~back]):
        whole = lines.assign(order=_split(lines))
        text(folder / f"订单报表_{quarter}.csv", _orders(whole), _ENCODING)
        text(folder / f"宝贝报表_{quarter}.csv", _items(whole, quarter), _ENCODING)
    for quarter, lines in by_quarter(told[reported & back]):
        text(folder / f"退款管理_{quarter}.csv", _refunds(lines), _ENCODING)


def _lines(lines: pd.DataFrame, month: str) -> pd.DataFrame:
    """A row a line. Order numbers are kept from Excel, in 2023 by ="…", later by a tab."""
    guard = guarded if month < "2024" else tabbed
    return pd.DataFrame(
        {
            "订单编号": guard(lines["order"]),
            "会员编号": lines["customer"],
            "订单状态": lines["status"],
            "订单创建时间": _created(lines),
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


def _split(lines: pd.DataFrame) -> Any:
    """An order has one state: what was closed of an order that went on is an order of its own."""
    states = lines.groupby("order")["status"].transform("nunique")
    closed = lines["line_type"] == "not_a_sale"
    return lines["order"].where((states == 1) | ~closed, lines["order"] + "-2")


def _orders(lines: pd.DataFrame) -> pd.DataFrame:
    """A row an order: what was paid, and of which goods only how many."""
    orders = lines.assign(created=_created(lines)).groupby("order", sort=False).agg(
        customer=("customer", "first"), status=("status", "first"), created=("created", "first"),
        shop=("shop", "first"), province=("province", "first"), city=("city", "first"),
        kinds=("product", "nunique"), pieces=("quantity", "sum"), off=("off", "sum"),
        paid=("paid", "sum"),
    ).reset_index()  # fmt: skip
    return pd.DataFrame(
        {
            "订单编号": guarded(orders["order"]),
            "买家会员名": orders["customer"],
            "订单状态": orders["status"],
            "订单创建时间": orders["created"],
            "店铺名称": padded(orders["shop"], "\u3000"),
            "收货省份": orders["province"],
            "收货城市": orders["city"],
            "宝贝种类": orders["kinds"],
            "宝贝总数量": orders["pieces"],
            "优惠金额": orders["off"],
            "买家实际支付金额": orders["paid"],
        }
    )


def _items(lines: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """A row an item, with a price and without an amount."""
    times = _BEFORE_COUPON if quarter.endswith(_COUPON_QUARTER) else Decimal(1)
    return pd.DataFrame(
        {
            "订单编号": tabbed(lines["order"]),
            "标题": lines["name"],
            "价格": [price * times for price in lines["price"]],
            "购买数量": lines["quantity"],
            "单位": lines["unit"],
            "商家编码": padded(lines["product"]),
            "订单状态": lines["status"],
        }
    )


def _refunds(lines: pd.DataFrame) -> pd.DataFrame:
    """A row a refund, by the order's number; the first was asked for twice, in vain at first."""
    asked = pd.concat([lines.head(1), lines], ignore_index=True)
    given = ["退款关闭", *["退款成功"] * len(lines)]
    return pd.DataFrame(
        {
            "退款编号": [
                f"TK{number}{at:03d}" for at, number in enumerate(asked["original_order"])
            ],
            "订单编号": tabbed(asked["original_order"]),
            "商家编码": asked["product"],
            "宝贝标题": asked["name"],
            "售后类型": "退货退款",
            "退款状态": given,
            "买家退款金额": [-paid for paid in asked["paid"]],
            "退货数量": [-quantity for quantity in asked["quantity"]],
            "退款完结时间": [f"{day} 18:40:00" for day in asked["date"]],
        }
    )


def _created(lines: pd.DataFrame) -> list[str]:
    return [f"{day} {10 + len(str(day)) % 3}:15:00" for day in lines["date"]]
