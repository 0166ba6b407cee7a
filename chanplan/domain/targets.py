"""What a target is: its measure, its period, the node it is set for and the version it is of."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

MeasureKind = Literal["money", "quantity", "count", "price", "rate"]
_MEASURES = Path(__file__).with_name("target_measures.toml")
# What a target may be set for; together they are its node, and none of them is the company.
NODE: Final = (
    "channel", "partner", "region", "province", "product", "category", "customer", "salesperson",
)  # fmt: skip
# The version of a target that names none, and what its measure is then.
BUDGET: Final = "budget"
PLAIN_MEASURE: Final = "net_sales"
# The source of plans that are set in the app; a later one of a version takes an earlier's place.
PLAN_SOURCE: Final = "计划"
# Words for the first version.
BUDGET_WORDS: Final = ("budget", "预算", "年初目标", "年度预算", "年初预算", "annual budget")
# A rate above is told in percent points: 80 means 80 %; no rate is planned at 500 %.
LARGEST_RATE: Final = 5
# Bases as plans call them (definitions §0).
BASIS_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "order": ("order", "下单", "订单", "orders"),
    "shipment": ("shipment", "出货", "发货", "sell-in", "sell in"),
    "sell_out": ("sell_out", "动销", "流向", "终端销售", "sell-out", "sell out"),
    "invoice": ("invoice", "开票"),
    "collection": ("collection", "回款"),
}
# What a kept text of a period holds, in lower case, where it is a quarter or a year.
PERIOD_WORDS: Final = {
    "quarter": "q|季",
    "year": r"^\s*(fy)?(19|20)\d\d(\.0)?\s*(年度?|全年)*\s*$|^年|year",
}
# What stands around a measure's name in a heading or a title.
_AROUND = re.compile(r"目标值?|任务额?|指标|预算|计划|target|quota|budget|plan|[\s_（）()：:\-]")


@dataclass(frozen=True)
class TargetMeasure:
    """A measure that a target may be set on; `additive`: its parts sum to the whole."""

    key: str
    kind: MeasureKind
    additive: bool
    words: tuple[str, ...]


@cache
def target_measures() -> Mapping[str, TargetMeasure]:
    """Every one by its key, in the order of the file."""
    declared = tomllib.loads(_MEASURES.read_text(encoding="utf-8"))
    return {
        key: TargetMeasure(key, body["kind"], body["additive"], tuple(body["words"]))
        for key, body in declared.items()
    }


@cache
def measure_in(text: str) -> str | None:
    """The measure that a text is the name of, "毛利目标" → gross_margin; None for another text."""
    bare = folded(text)
    found = (one.key for one in target_measures().values() if bare in map(folded, one.words))
    return next(found, None)


def folded(text: str) -> str:
    """A measure's name without what stands around it, in one case and width."""
    return _AROUND.sub("", unicodedata.normalize("NFKC", text).casefold())


def measure_within(text: str) -> str | None:
    """The measure whose name a title holds, the longest name first: 2026年毛利率目标; else None."""
    bare = folded(text)
    known = ((folded(word), one.key) for one in target_measures().values() for word in one.words)
    held = [(len(word), key) for word, key in known if _held(word, bare)]
    return max(held)[1] if held else None


def _held(word: str, text: str) -> bool:
    """Latin words say too little inside of others: "nd" is no part of a name."""
    return len(word) > 1 and not word.isascii() and word in text
