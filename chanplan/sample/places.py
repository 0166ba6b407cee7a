"""The 31 provinces in the sample company's own sales regions, with a main city and a size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Province:
    """`weight` is its share of consumers before any channel's own reach."""

    name: str
    region: str
    city: str
    weight: float


# The company's own regions: 华东 is cut in two, the north-west goes with the west.
_REGIONS = {
    "沪苏大区": (("上海", "上海", 7.0), ("江苏", "南京", 8.2)),
    "浙皖大区": (("浙江", "杭州", 8.0), ("安徽", "合肥", 3.4)),
    "华北大区": (
        ("北京", "北京", 5.5), ("天津", "天津", 2.0), ("河北", "石家庄", 3.4),
        ("山西", "太原", 1.7), ("内蒙古", "呼和浩特", 1.1), ("山东", "济南", 6.2),
    ),
    "华南大区": (
        ("广东", "广州", 11.5), ("广西", "南宁", 2.2), ("海南", "海口", 0.9), ("福建", "福州", 4.6),
    ),
    "华中大区": (
        ("湖北", "武汉", 4.0), ("湖南", "长沙", 4.2), ("河南", "郑州", 4.4), ("江西", "南昌", 2.4),
    ),
    "东北大区": (("辽宁", "沈阳", 2.6), ("吉林", "长春", 1.2), ("黑龙江", "哈尔滨", 1.4)),
    "西部大区": (
        ("四川", "成都", 5.4), ("重庆", "重庆", 2.8), ("云南", "昆明", 1.8), ("贵州", "贵阳", 1.4),
        ("西藏", "拉萨", 0.2), ("陕西", "西安", 2.7), ("甘肃", "兰州", 0.9), ("青海", "西宁", 0.3),
        ("宁夏", "银川", 0.4), ("新疆", "乌鲁木齐", 1.1),
    ),
}  # fmt: skip

PROVINCES = tuple(
    Province(name, region, city, weight)
    for region, members in _REGIONS.items()
    for name, city, weight in members
)
BY_NAME = {province.name: province for province in PROVINCES}
MANAGERS = dict(zip(_REGIONS, "周敏 吴昊 郑洁 冯涛 陈曦 褚岩 卫青".split(), strict=True))
