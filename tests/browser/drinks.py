"""A made-up maker of drinks and snacks, for pictures: the same figures on every machine."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from random import Random

SEED = 20250601
FIRST_YEAR, MONTHS = 2023, 30
FILE = {"zh": "销售明细.csv", "en": "sales lines.csv"}
HEADINGS = {
    "zh": "下单日期 渠道 大区 品类 产品名称 客户 订单编号 数量 标准价金额 销售额 成本".split(),
    "en": (
        "Order Date,Channel,Region,Category,Product,Customer,Order Number,"
        "Quantity,List Amount,Sales,Cost"
    ).split(","),
}
# Of a calendar month against an ordinary one, from January on: the New Year's stock, summer's
# drinks, 618 and 双11 where it sells online.
SEASON = (1.35, 0.75, 0.9, 0.95, 1.05, 1.1, 1.15, 1.15, 1.0, 0.95, 1.05, 1.2)
ONLINE_SEASON = (1.2, 0.6, 0.85, 0.9, 0.95, 1.45, 0.9, 0.9, 0.95, 1.0, 1.75, 1.15)


@dataclass(frozen=True)
class Channel:
    """What it sells in an ordinary first month (thousands), its growth a year, its discount."""

    zh: str
    en: str
    size: float
    growth: float
    discount: float
    online: bool = False


@dataclass(frozen=True)
class Product:
    """Its list price, its cost of it, its weight among products and its growth a year."""

    zh: str
    en: str
    category: int
    price: float
    cost: float
    weight: float
    growth: float


CHANNELS = (
    Channel("经销商", "Distributors", 2600, -0.07, 0.22),
    Channel("天猫", "Tmall", 1500, 0.08, 0.15, online=True),
    Channel("京东", "JD", 1150, 0.14, 0.14, online=True),
    Channel("商超", "Supermarkets", 1300, -0.03, 0.18),
    Channel("抖音", "Douyin", 420, 0.85, 0.2, online=True),
    Channel("门店", "Own shops", 520, 0.06, 0.05),
)
CATEGORIES = (("饮料", "Drinks"), ("零食", "Snacks"), ("乳品", "Dairy"))
PRODUCTS = (
    Product("气泡水", "Sparkling water", 0, 5.5, 0.42, 1.5, 0.22),
    Product("无糖茶", "Unsweetened tea", 0, 5.0, 0.4, 1.3, 0.3),
    Product("果汁", "Fruit juice", 0, 8.0, 0.55, 1.0, -0.14),
    Product("电解质水", "Electrolyte water", 0, 6.0, 0.44, 0.6, 0.4),
    Product("薯片", "Crisps", 1, 9.9, 0.5, 1.1, -0.05),
    Product("坚果礼盒", "Nut gift box", 1, 68.0, 0.6, 1.2, 0.04),
    Product("饼干", "Biscuits", 1, 12.9, 0.52, 0.8, -0.1),
    Product("酸奶", "Yoghurt", 2, 7.5, 0.58, 1.0, 0.08),
    Product("奶酪棒", "Cheese sticks", 2, 19.9, 0.55, 0.7, 0.16),
)
# Name, English name, weight.
REGIONS = (
    ("华东", "East", 1.6), ("华南", "South", 1.2), ("华北", "North", 1.0),
    ("华中", "Central", 0.8), ("西南", "Southwest", 0.7), ("东北", "Northeast", 0.4),
    ("西北", "Northwest", 0.3),
)  # fmt: skip


def export(language: str) -> bytes:
    """The company's lines of thirty months as a CSV: one a month, channel, region and product."""
    drawn, text = Random(SEED), StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS[language])
    for month in range(MONTHS):
        for channel in CHANNELS:
            for region in REGIONS:
                for product in PRODUCTS:
                    writer.writerow(_line(drawn, language, month, channel, region, product))
    return text.getvalue().encode()


def _line(
    drawn: Random,
    language: str,
    month: int,
    channel: Channel,
    region: tuple[str, str, float],
    product: Product,
) -> list[object]:
    quantity = max(1, round(_wanted(month, channel, region, product, drawn) / product.price))
    listed = quantity * product.price
    day = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}-{drawn.randint(1, 28):02d}"
    customer, order = drawn.randint(1, 60 + 2 * month), drawn.randint(1, 40)
    at = 0 if language == "zh" else 1
    return [
        day,
        (channel.zh, channel.en)[at],
        region[at],
        CATEGORIES[product.category][at],
        (product.zh, product.en)[at],
        f"K{customer:04d}",
        f"SO{month:02d}{(channel.zh, channel.en)[at]}{order:03d}",
        quantity,
        f"{listed:.2f}",
        f"{listed * (1 - channel.discount - 0.002 * (month // 12)):.2f}",
        f"{listed * product.cost:.2f}",
    ]


def _wanted(
    month: int,
    channel: Channel,
    region: tuple[str, str, float],
    product: Product,
    drawn: Random,
) -> float:
    """Sales at list prices in a month: size, growth, season, weights, and some chance."""
    years = month / 12
    growth = (1 + channel.growth) ** years * (1 + product.growth) ** years
    season = (ONLINE_SEASON if channel.online else SEASON)[month % 12]
    weights = region[2] / 6 * product.weight / 9.2
    return channel.size * 1000 * growth * season * weights * drawn.uniform(0.85, 1.15)
