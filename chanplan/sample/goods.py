"""What the sample company makes: 120 fruit wines, rice wines, gift boxes; some with successors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class _Line:
    """A series: its category and brand, flavours, sizes, list price of the base size in cents."""

    category: str
    brand: str
    series: str
    flavours: str
    sizes: tuple[tuple[str, float, int], ...]
    price: int


# (what stands on the label, price in multiples of the base, bottles a case)
_BOTTLES = (("330ml", 1.0, 12), ("500ml", 1.35, 6), ("750ml", 1.8, 6))
_CANS = (("330ml", 1.0, 24), ("500ml", 1.4, 12))
_TEAS = (("500ml", 1.0, 6), ("750ml", 1.4, 6))
_BOXES = (("双支", 1.0, 6), ("四支", 1.85, 4))
_LINES = (
    _Line("梅酒", "醺山", "青梅", "原味 陈年 话梅 玫瑰 桂花 低糖", _BOTTLES, 4800),
    _Line("梅酒", "小满集", "梅见", "乌梅 杨梅 冰梅 白梅", _BOTTLES, 3900),
    _Line("果酒", "醺山", "山野", "猕猴桃 蓝莓 桑葚 刺梨 山楂 荔枝", _BOTTLES, 4200),
    _Line("果酒", "小满集", "时令", "白桃 柚子 草莓 青提", _BOTTLES, 3300),
    _Line("米酒", "醺山", "糯谷", "原浆 桂花 黑米 红曲 玫瑰 蜜柚", _BOTTLES, 2900),
    _Line("气泡酒", "小满集", "气泡", "白桃 青柠 葡萄 海盐 荔枝 无醇 西柚 百香果", _CANS, 1500),
    _Line("茶酒", "醺山", "茶酿", "乌龙 茉莉 普洱 龙井", _TEAS, 6200),
    _Line("礼盒", "醺山", "礼盒", "团圆 山礼 花间 年味 中秋 定制", _BOXES, 16800),
)  # fmt: skip

SUCCEEDED = 6
MADE = 120
# Cost of goods, as a share of the list price.
_COST = 0.36


def products(random: np.random.Generator) -> pd.DataFrame:
    """One row per product: product, name, category, brand, series, list_cents and cost_cents a
    bottle, per_case, popularity (mean about 1), first and last month, successor or None.

    The last SUCCEEDED products take over from one each; the one before them is the launch.
    """
    rows = [
        (line.category, line.brand, line.series, f"{line.brand}{flavour}{line.series}酒 {size}",
         round(line.price * times, -2), per_case)
        for line in _LINES for flavour in line.flavours.split()
        for size, times, per_case in line.sizes
    ]  # fmt: skip
    columns = ["category", "brand", "series", "name", "list_cents", "per_case"]
    frame = pd.DataFrame(rows[: MADE - SUCCEEDED - 1], columns=columns)
    frame["popularity"] = np.exp(random.normal(0.0, 0.8, len(frame)))
    frame = pd.concat([frame, _launched(frame), _successors(frame)], ignore_index=True)
    frame["product"] = [f"XS{at:04d}" for at in range(1001, 1001 + len(frame))]
    frame["cost_cents"] = (frame["list_cents"] * _COST).round().astype("int64")
    frame["list_cents"] = frame["list_cents"].astype("int64")
    frame["first"], frame["last"] = 202301, 202512
    heirs = frame.index[-SUCCEEDED:]
    for heir, (at, month) in zip(heirs, _succeeded(frame), strict=True):
        frame.loc[at, "last"] = month - 1 if month % 100 > 1 else month - 89
        frame.loc[heir, "first"] = month
        frame.loc[at, "successor"] = frame.loc[heir, "product"]
    frame["successor"] = frame["successor"].astype(object).where(frame["successor"].notna(), None)
    return frame


def _launched(frame: pd.DataFrame) -> pd.DataFrame:
    """One more flavour, which exists only where a launch is planted."""
    model = frame[frame["category"] == "气泡酒"].head(1)
    return model.assign(name="小满集杨梅气泡酒 330ml", popularity=6.0)


def _succeeded(frame: pd.DataFrame) -> list[tuple[int, int]]:
    """(row, month of change): every nineteenth product, some months apart."""
    return [(4 + 19 * at, 202310 + at if at < 3 else 202501 + 2 * at) for at in range(SUCCEEDED)]


def _successors(frame: pd.DataFrame) -> pd.DataFrame:
    """The same drink in a new bottle, a little dearer."""
    old = frame.iloc[[at for at, _ in _succeeded(frame)]]
    dearer = (old["list_cents"] * 1.06).round(-2).astype("int64")
    return old.assign(name=old["name"] + " 新装", list_cents=dearer)
