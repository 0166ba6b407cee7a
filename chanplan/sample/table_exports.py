"""Everything the sample company uploads besides sales, in the shape its people keep it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from chanplan.sample.company import Company
from chanplan.sample.writing import text, workbook, yuan

_UNTIL = date(2025, 12, 31)
_KEPT_BY = {
    "天猫": "天猫", "京东": "京东", "抖音": "抖音直播", "门店POS": "自营门店",
    "ERP": "商超KA、经销商、社区团购、企业团购",
}  # fmt: skip


def write(company: Company, folder: Path) -> None:
    """About twenty files: masters, prices, targets, costs, market, stock, collections …"""
    tables = company.tables
    _masters(company, folder / "资料")
    workbook(folder / "资料" / "供货价格表.xlsx", _prices(tables["price_list"]))
    for year, rows in tables["targets"].groupby("year"):
        wide = rows.pivot_table(index="channel", columns="month", values="amount", sort=False)
        wide.columns = [f"{month}月" for month in wide.columns]
        wide = wide.astype("int64").assign(合计=wide.sum(axis=1).astype("int64"))
        frame = wide.reset_index().rename(columns={"channel": "渠道"})
        titles = (f"{year}年各渠道销售目标", "单位：元（含税）")
        path = folder / "目标" / f"{year}年销售目标.xlsx"
        workbook(path, frame, titles, [name for name in frame.columns if name != "渠道"], f"{year}")
    for year, rows in _by_year(tables["channel_costs"], "month"):
        text(folder / "渠道费用" / f"渠道费用_{year}.csv", _costs(rows), "gb18030")
    workbook(folder / "市场容量.xlsx", _market(tables["market_size"]))
    for day, rows in tables["stock"].groupby("date"):
        text(folder / "库存" / f"经销商库存_{day:%Y-%m}.csv", _stock(rows), "utf-8-sig")
    for year, rows in _by_year(tables["collections"], "date"):
        workbook(folder / "回款" / f"经销商回款_{year}.xlsx", _collections(rows))


def _masters(company: Company, folder: Path) -> None:
    tables = company.tables
    workbook(folder / "产品资料.xlsx", _products(company.products))
    workbook(folder / "经销商资料.xlsx", _partners(company.partners))
    named = {"channel": "渠道", "kind": "线上线下", "channel_group": "渠道大类"}
    workbook(folder / "渠道.xlsx", tables["channels"].rename(columns=named))
    named = {"region": "大区", "province": "省份", "city": "城市", "manager": "大区经理"}
    workbook(folder / "大区.xlsx", tables["regions"].rename(columns=named))
    named = {
        "customer": "客户编码", "name": "客户名称", "kind": "客户类型", "channel": "渠道",
        "province": "省份", "city": "城市",
    }  # fmt: skip
    text(folder / "客户资料.csv", tables["customers"].rename(columns=named), "gb18030")
    named = {
        "outlet": "网点编码", "name": "网点名称", "outlet_type": "网点类型",
        "partner": "所属经销商",
        "province": "省份", "city": "城市", "category_sales": "品类销售额", "checked": "检查日期",
    }  # fmt: skip
    workbook(folder / "网点.xlsx", tables["outlets"].rename(columns=named))
    named = {
        "date": "培训日期", "partner": "经销商编码", "topic": "培训主题", "hours": "课时",
        "attendees": "参训人数", "score": "考核得分",
    }  # fmt: skip
    workbook(folder / "培训记录.xlsx", tables["trainings"].rename(columns=named))
    rows = [(source, "出货", "含税", "13%", _UNTIL, kept) for source, kept in _KEPT_BY.items()]
    rows.append(("流向", "动销", "含税", "13%", _UNTIL, "经销商"))
    columns = ["来源", "口径", "含税情况", "税率", "数据截至", "以此为准的渠道"]
    workbook(folder / "数据来源.xlsx", pd.DataFrame(rows, columns=columns))


def _products(products: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "产品编码": products["product"],
            "产品名称": products["name"],
            "品类": products["category"],
            "品牌": products["brand"],
            "系列": products["series"],
            "基本单位": "瓶",
            "装箱单位": "箱",
            "箱规": products["per_case"],
            "标准价": yuan(products["list_cents"]),
            "单位成本": yuan(products["cost_cents"]),
            "税率": "13%",
            "替代产品": products["successor"],
        }
    )


def _partners(partners: pd.DataFrame) -> pd.DataFrame:
    named = {
        "partner": "经销商编码", "name": "经销商名称", "channel": "渠道", "level": "经销商级别",
        "province": "省份", "city": "城市", "region": "大区", "territory": "授权区域",
        "owner": "负责人", "signed": "签约日期", "credit_limit": "信用额度",
    }  # fmt: skip
    return partners[list(named)].rename(columns=named)


def _prices(prices: pd.DataFrame) -> pd.DataFrame:
    named = {
        "product": "产品编码", "channel": "渠道", "unit": "单位", "tax": "是否含税",
        "valid_from": "生效日期",
    }  # fmt: skip
    return prices[list(named)].rename(columns=named).assign(供货价=yuan(prices["price_cents"]))


def _costs(costs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "月份": [f"{str(month)[:4]}-{str(month)[4:]}" for month in costs["month"]],
            "渠道": costs["channel"],
            "费用类型": costs["cost_type"],
            "费用金额": yuan(costs["amount_cents"]),
            "归因销售额": yuan(costs["attributed_cents"]),
        }
    )


def _market(market: pd.DataFrame) -> pd.DataFrame:
    named = {"category": "品类", "amount": "市场容量", "origin": "数据来源"}
    months = [f"{str(month)[:4]}-{str(month)[4:]}" for month in market["period"]]
    frame = market[list(named)].rename(columns=named)
    frame.insert(0, "月份", months)
    return frame


def _stock(stock: pd.DataFrame) -> pd.DataFrame:
    named = {
        "date": "库存日期", "partner": "经销商编码", "product": "产品编码", "unit": "单位",
        "opening": "期初库存", "received": "本期入库", "sold": "本期出库", "closing": "期末库存",
    }  # fmt: skip
    return stock[list(named)].rename(columns=named)


def _collections(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "经销商编码": rows["partner"],
            "单据号": rows["document"],
            "回款日期": rows["date"],
            "到期日期": rows["due_date"],
            "应收金额": yuan(rows["due_cents"]),
            "回款金额": yuan(rows["amount_cents"]),
            "未回款金额": yuan(rows["balance_cents"]),
        }
    )


def _by_year(frame: pd.DataFrame, column: str) -> list[tuple[str, pd.DataFrame]]:
    years = frame[column].astype(str).str[:4]
    return [(str(year), rows) for year, rows in frame.groupby(years)]
