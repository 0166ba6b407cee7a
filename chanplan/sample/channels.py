"""How the sample company sells: eight channels, what each is like, and who stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from chanplan.sample.places import BY_NAME, PROVINCES

# Since this month 天猫 tells orders, items and refunds in reports of their own, so that a return
# is no line of an order there, but names the order that it belongs to.
REPORTS_SINCE = 202501


@dataclass(frozen=True)
class Channel:
    """One channel.

    source   whose export tells of it; group and kind as the company sorts it
    orders   expected orders of an ordinary month; lines and cases are the means per order, line
    price    what is paid, in parts of the list price
    growth   per year; events: times an ordinary day on 618 and 双11; gifts: weight of gift boxes
    """

    name: str
    source: str
    group: str
    kind: str
    orders: float
    lines: float
    cases: float
    price: float
    growth: float
    events: float = 1.0
    gifts: float = 1.0


CHANNELS = (
    Channel("天猫", "天猫", "平台电商", "线上", 175, 1.5, 2.6, 0.82, 0.04, 6.0),
    Channel("京东", "京东", "平台电商", "线上", 100, 1.5, 2.6, 0.80, 0.06, 5.0),
    Channel("抖音直播", "抖音", "内容电商", "线上", 125, 1.3, 2.4, 0.70, 0.05, 4.0),
    Channel("社区团购", "ERP", "社区电商", "线上", 16, 2.0, 6.0, 0.66, 0.0),
    Channel("商超KA", "ERP", "现代渠道", "线下", 24, 3.0, 9.0, 0.68, 0.02, 1.5),
    Channel("经销商", "ERP", "传统渠道", "线下", 44, 2.2, 10.0, 0.58, 0.05),
    Channel("自营门店", "门店POS", "直营", "线下", 105, 1.4, 2.4, 0.95, 0.03, 1.4),
    Channel("企业团购", "ERP", "直营", "线下", 11, 2.0, 9.0, 0.72, 0.06, 1.0, 6.0),
)
NAMES = tuple(channel.name for channel in CHANNELS)
BY_CHANNEL = {channel.name: channel for channel in CHANNELS}
SELLERS = "张伟 王芳 李娜 刘洋 陈静 杨帆 赵磊 黄敏 周杰 吴琼 徐强 孙丽".split()

_SHOPS = {
    "天猫": ("醺山旗舰店", "小满集旗舰店", "醺山专营店"),
    "京东": ("醺山京东自营", "小满集京东旗舰店"),
    "抖音直播": ("醺山抖音旗舰店", "小满集直播间"),
    "社区团购": ("兴盛邻里", "多多集市", "橙心到家"),
    "商超KA": ("永旺生活超市", "盒田鲜生", "大江百货超市", "联盛超市", "悦家大卖场"),
}
_CODES = {"社区团购": "SQ", "商超KA": "KA"}
_DEALERS = (
    "上海 江苏 江苏 浙江 浙江 安徽 北京 河北 山东 山东"
    " 广东 广东 福建 湖北 湖南 河南 四川 重庆 陕西 辽宁"
).split()
_STORES = "上海 浙江 浙江 江苏 北京 广东 四川".split()
_COMPANY_BUYERS = "上海 北京 广东".split()
_TRADES = "商贸 酒业 供应链 食品 实业".split()


def partners(random: np.random.Generator) -> pd.DataFrame:
    """One row per partner: partner, name, channel, level, province, city, region, territory,
    owner, signed, credit_limit, size (its weight within the channel)."""
    rows: list[tuple[str, str, str, str, str]] = []
    for channel, shops in _SHOPS.items():
        for at, shop in enumerate(shops, 1):
            # Platforms tell a shop by its name alone.
            code = f"{_CODES[channel]}{at:02d}" if channel in _CODES else shop
            rows.append((code, shop, channel, "-", "浙江"))
    for at, province in enumerate(_DEALERS, 1):
        style = "醇和雅泰润"[at % 5] + "源盛达兴隆"[at // 5 % 5] + _TRADES[at % 5]
        name = BY_NAME[province].city + style
        rows.append((f"D{at:03d}", name, "经销商", "一级" if at % 3 else "二级", province))
    for at, province in enumerate(_STORES, 1):
        rows.append(
            (f"S{at:02d}", f"醺山{BY_NAME[province].city}{at}店", "自营门店", "-", province)
        )
    for at, province in enumerate(_COMPANY_BUYERS, 1):
        rows.append(
            (f"G{at:02d}", f"{BY_NAME[province].city}福利采购中心", "企业团购", "-", province)
        )
    frame = pd.DataFrame(rows, columns=["partner", "name", "channel", "level", "province"])
    frame["city"] = [BY_NAME[name].city for name in frame["province"]]
    frame["region"] = [BY_NAME[name].region for name in frame["province"]]
    frame["territory"] = frame["province"].where(frame["channel"] == "经销商", None)
    frame["owner"] = [SELLERS[at % len(SELLERS)] for at in range(len(frame))]
    frame["signed"] = [f"20{19 + at % 4}-{1 + at % 12:02d}-01" for at in range(len(frame))]
    frame["credit_limit"] = random.integers(2, 20, len(frame)) * 50_000
    frame["size"] = np.exp(random.normal(0.0, 0.45, len(frame)))
    return frame


def outlets(random: np.random.Generator, dealers: pd.DataFrame) -> pd.DataFrame:
    """The 终端 that dealers serve: outlet, name, outlet_type, partner, province, city, size."""
    kinds = ("便利店", "烟酒店", "餐饮", "超市", "酒吧")
    rows: list[tuple[Any, ...]] = []
    dealer: Any
    for dealer in dealers.itertuples():
        for at in range(int(18 + 14 * dealer.size)):
            kind = kinds[int(random.integers(len(kinds)))]
            code = f"W{len(rows) + 1:04d}"
            name, size = f"{dealer.city}{kind}{at + 1:02d}号", float(np.exp(random.normal(0, 0.7)))
            rows.append((code, name, kind, dealer.partner, dealer.province, dealer.city, size))
    columns = ["outlet", "name", "outlet_type", "partner", "province", "city", "size"]
    return pd.DataFrame(rows, columns=columns)


def consumers(random: np.random.Generator, count: int) -> pd.DataFrame:
    """Members, the same number on every platform: customer, province, city, activity, joined and
    left (months counted from the first), home (their platform)."""
    weights = np.array([province.weight for province in PROVINCES])
    where = random.choice(len(PROVINCES), count, p=weights / weights.sum())
    joined = np.where(random.random(count) < 0.45, 0, random.integers(0, 36, count))
    homes = ("天猫", "京东", "抖音直播", "自营门店")
    return pd.DataFrame(
        {
            "customer": [f"M{at:05d}" for at in range(1, count + 1)],
            "province": [PROVINCES[at].name for at in where],
            "city": [PROVINCES[at].city for at in where],
            "activity": random.gamma(0.7, 1.4, count) + 0.05,
            "joined": joined,
            "left": joined + random.geometric(0.035, count) + 1,
            "home": random.choice(homes, count, p=(0.42, 0.25, 0.2, 0.13)),
        }
    )
