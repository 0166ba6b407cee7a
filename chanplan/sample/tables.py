"""What the sample company uploads besides sales: masters, targets, costs, stock, collections …"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from chanplan.domain.calendar import last_day
from chanplan.domain.period import shift
from chanplan.sample.channels import CHANNELS, NAMES
from chanplan.sample.demand import Cast
from chanplan.sample.ledger import COUNTED
from chanplan.sample.places import MANAGERS, PROVINCES
from chanplan.sample.season import MONTHS
from chanplan.sample.truths import Truths

# Costs of a channel in parts of its net sales: (kind, share), as each channel has them.
_COSTS = {
    "天猫": (("平台佣金", 0.05), ("投流", 0.09), ("物流", 0.04)),
    "京东": (("平台佣金", 0.06), ("投流", 0.06), ("物流", 0.03)),
    "抖音直播": (("平台佣金", 0.08), ("投流", 0.16), ("坑位费", 0.04), ("物流", 0.04)),
    "社区团购": (("平台佣金", 0.04), ("物流", 0.03)),
    "商超KA": (("进场费", 0.05), ("市场支持", 0.04), ("物流", 0.03)),
    "经销商": (("返利计提", 0.04), ("市场支持", 0.03)),
    "企业团购": (("物流", 0.02),),
}
# The dealers' market, and what part of it the company has by category.
_MARKET = {
    "梅酒": 0.011,
    "果酒": 0.008,
    "米酒": 0.004,
    "气泡酒": 0.006,
    "茶酒": 0.02,
    "礼盒": 0.005,
}
_STOCK_DATES = (202312, 202412, 202503, 202506, 202509, 202512)
# Months of sell-in that a dealer holds when the records begin.
_OPENING = 1.5
_PLANS = {2023: 1.05, 2024: 1.12, 2025: 1.15}


def all_tables(
    cast: Cast, sales: pd.DataFrame, truths: Truths, random: np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Every table by its name in domain/tables.toml, in the columns of that file."""
    monthly = _monthly(sales)
    return {
        "channels": pd.DataFrame(
            [(c.name, c.kind, c.group) for c in CHANNELS],
            columns=["channel", "kind", "channel_group"],
        ),
        "regions": pd.DataFrame(
            [(p.region, p.name, p.city, MANAGERS[p.region]) for p in PROVINCES],
            columns=["region", "province", "city", "manager"],
        ),
        "customers": _customers(cast),
        "outlets": _outlets(cast, random),
        "price_list": _prices(cast),
        "targets": _targets(monthly, random),
        "channel_costs": _costs(monthly, random),
        "market_size": _market(cast, sales, random),
        "stock": _stock(cast, sales),
        "collections": _collections(sales, truths, random),
        "trainings": _trainings(cast, truths),
    }


def _monthly(sales: pd.DataFrame) -> pd.DataFrame:
    """Cents by month and channel of the company's own sales, every cell there."""
    own = sales[(sales["basis"] == "shipment") & sales["line_type"].isin(COUNTED)]
    table = own.pivot_table(index="month", columns="channel", values="amount_cents", aggfunc="sum")
    return table.reindex(index=list(MONTHS), columns=list(NAMES)).fillna(0)


def _customers(cast: Cast) -> pd.DataFrame:
    """Consumers, outlets and dealers: three populations, told apart by kind."""
    crowd = cast.consumers.assign(kind="消费者", name=cast.consumers["customer"], channel=None)
    ends = cast.outlets.assign(kind="终端", customer=cast.outlets["outlet"], channel="经销商")
    others = cast.partners[
        cast.partners["channel"].isin(["经销商", "商超KA", "社区团购", "企业团购"])
    ]
    firms = others.assign(kind=others["channel"].map({"经销商": "经销商"}).fillna("大客户"),
                          customer=others["partner"])  # fmt: skip
    columns = ["customer", "name", "kind", "channel", "province", "city"]
    return pd.concat([part[columns] for part in (firms, ends, crowd)], ignore_index=True)


def _outlets(cast: Cast, random: np.random.Generator) -> pd.DataFrame:
    """Outlets of the dealers' areas with what they sell of the category a month, in yuan."""
    sold = (cast.outlets["size"] * 9_000 * random.uniform(0.8, 1.25, len(cast.outlets))).round(-2)
    frame = cast.outlets.drop(columns="size").assign(category_sales=sold.astype("int64"))
    return frame.assign(checked=date(2025, 6, 30))


def _prices(cast: Cast) -> pd.DataFrame:
    """Supply prices a bottle with tax, by channel, in force from the beginning; in cents."""
    since = date(2023, 1, 1)
    goods = list(zip(cast.products["product"], cast.products["list_cents"], strict=True))
    rows = [
        (product, channel.name, "瓶", "含税", since, round(cents * channel.price))
        for channel in CHANNELS
        if channel.source == "ERP"
        for product, cents in goods
    ]
    columns = ["product", "channel", "unit", "tax", "valid_from", "price_cents"]
    return pd.DataFrame(rows, columns=columns)


def _targets(monthly: Any, random: np.random.Generator) -> pd.DataFrame:
    """year, channel, month, amount in yuan: last year's months (the first year: its own, as one
    would have guessed them) times the plan, to a hundred yuan."""
    rows = []
    for year, times in _PLANS.items():
        base = max(year - 1, 2023)
        for channel in NAMES:
            year_sum = float(monthly.loc[base * 100 + 1 : base * 100 + 12, channel].sum()) / 100
            guess = random.uniform(0.94, 1.06)
            for at in range(12):
                company = monthly.loc[base * 100 + at + 1].sum() / max(
                    1.0, monthly.loc[base * 100 + 1 : base * 100 + 12].to_numpy().sum()
                )
                rows.append((year, channel, at + 1, round(year_sum * times * guess * company, -2)))
    frame = pd.DataFrame(rows, columns=["year", "channel", "month", "amount"])
    return frame.assign(amount=frame["amount"].astype("int64"))


def _costs(monthly: Any, random: np.random.Generator) -> pd.DataFrame:
    """month, channel, cost_type, amount_cents; attributed_cents for what buys traffic. Two
    months of 商超KA were never sent, and one cost belongs to no channel."""
    rows: list[tuple[Any, ...]] = []
    for month in MONTHS:
        for channel, kinds in _COSTS.items():
            sold = float(monthly.loc[month, channel])
            missing = channel == "商超KA" and month in (202508, 202511)
            for kind, share in kinds if sold > 0 and not missing else ():
                spent = round(sold * share * random.uniform(0.85, 1.15))
                bought = round(spent * random.uniform(2.2, 4.0)) if kind == "投流" else None
                rows.append((month, channel, kind, spent, bought))
        rows.append((month, None, "品牌广告", round(random.uniform(8, 14)) * 100_000, None))
    columns = ["month", "channel", "cost_type", "amount_cents", "attributed_cents"]
    return pd.DataFrame(rows, columns=columns)


def _market(cast: Cast, sales: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """period, category, amount in yuan, origin: the market a month, to ten thousand yuan."""
    category = dict(zip(cast.products["product"], cast.products["category"], strict=True))
    own = sales[(sales["basis"] == "shipment") & sales["line_type"].isin(COUNTED)]
    size = (
        own.assign(category=own["product"].map(category)).groupby("category")["amount_cents"].sum()
    )
    rows = []
    for at, month in enumerate(MONTHS):
        for name, share in _MARKET.items():
            usual = size[name] / 100 / len(MONTHS) / share * (1 + at / 300)
            rows.append((month, name, round(usual * random.uniform(0.9, 1.1), -4)))
    frame = pd.DataFrame(rows, columns=["period", "category", "amount"])
    return frame.assign(amount=frame["amount"].astype("int64"), origin="行业协会月报")


def _stock(cast: Cast, sales: pd.DataFrame) -> pd.DataFrame:
    """Dealers' stock in bottles at the end of some months, since the one before:
    closing = opening + received − sold, for every dealer and product."""
    dealt: Any = sales[(sales["channel"] == "经销商") & sales["line_type"].isin((*COUNTED, "gift"))]
    keys = ["partner", "product"]
    moves: Any = dealt.pivot_table(index=keys, columns=["basis", "month"], values="base_quantity",
                              aggfunc="sum", fill_value=0)  # fmt: skip
    months = list(MONTHS)
    came = moves["shipment"].reindex(columns=months, fill_value=0)
    went = moves["sell_out"].reindex(columns=months, fill_value=0)
    course = (came - went).cumsum(axis=1)
    level = (came.mean(axis=1) * _OPENING).round().astype("int64")
    opening = np.maximum(level, -course.min(axis=1)).astype("int64")
    frames, last = [], 0
    for month in _STOCK_DATES:
        at = months.index(month) + 1
        span = months[last:at]
        before = opening + (course[months[last - 1]] if last else 0)
        frame = pd.DataFrame({"opening": before, "received": came[span].sum(axis=1),
                              "sold": went[span].sum(axis=1)})  # fmt: skip
        frame["closing"] = frame["opening"] + frame["received"] - frame["sold"]
        kept = frame[(frame != 0).any(axis=1)].reset_index()
        frames.append(kept.assign(date=last_day(month), unit="瓶"))
        last = at
    return pd.concat(frames, ignore_index=True)


def _collections(sales: pd.DataFrame, truths: Truths, random: np.random.Generator) -> pd.DataFrame:
    """What dealers owed for a month, due at the end of the next, and what they paid; in cents."""
    dealt: Any = sales[(sales["channel"] == "经销商") & (sales["basis"] == "shipment")]
    owed: Any = (
        dealt[dealt["line_type"].isin(COUNTED)].groupby(["partner", "month"])["amount_cents"].sum()
    )
    slow = truths.fading.partner if truths.fading else None
    rows = []
    for (partner, month), due in owed.items():
        if month == MONTHS[-1] or due <= 0:
            continue
        paid = random.choice((1.0, 1.0, 0.95, 0.9))
        if partner == slow and truths.fading and month >= truths.fading.start:
            paid = 0.6
        end = last_day(shift(int(month), 1))
        got = round(due * paid)
        document = f"HK{month}{partner}"
        rows.append((partner, document, end, end, int(due), got, int(due) - got))
    columns = [
        "partner",
        "document",
        "date",
        "due_date",
        "due_cents",
        "amount_cents",
        "balance_cents",
    ]
    return pd.DataFrame(rows, columns=columns)


def _trainings(cast: Cast, truths: Truths) -> pd.DataFrame:
    """date, partner, topic, hours, attendees, score: the planted group, and a talk for all."""
    rows: list[tuple[object, ...]] = []
    dealers: Iterable[str] = cast.partners.loc[cast.partners["channel"] == "经销商", "partner"]
    for at, partner in enumerate(dealers):
        rows.append((date(2024, 3, 5 + at % 20), partner, "年度政策宣讲", 1, 3 + at % 4, None))
    if truths.training:
        before = shift(truths.training.start, -1)
        for at, partner in enumerate(truths.training.partners):
            day = date(before // 100, before % 100, 8 + 2 * at)
            rows.append((day, partner, "终端动销实战", 12, 6 + at, 82 + at))
    return pd.DataFrame(rows, columns=["date", "partner", "topic", "hours", "attendees", "score"])
