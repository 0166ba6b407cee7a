"""What a file's own words say: its source, its basis, its tax side, a channel it may be of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

# Dates, numbers, month words, marks of copies and of corrections: what changes from one export to
# the next.
_PASSING = re.compile(
    r"\d+\s*(?:年度?|月份?|日|号)?|[一二三四五六七八九十]+月份?|月份|第?[一二三四]季度|上半年|下半年|年度"
    r"|副本|最新|最终版?|(?:更正|更新|修正|修订|重报|补报)版?"
    r"|(?<![a-z])(?:q[1-4]|h[12]|v|copy|final|revised|corrected|restated|updated"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
    r"|january|february|march|april|june|july|august|september|october|november|december)(?![a-z])",
    re.IGNORECASE,
)
_EDGES = " _-–—.,;:+~&()[]{}（）【】·、，\u3000"
_NO_SOURCE = "import"

_BASES = (
    ("sell_out", ("流向", "动销", "sellout", "sell-out", "sell out")),
    ("shipment", ("出货", "发货", "出库", "shipment")),
    ("invoice", ("开票",)),
    ("collection", ("回款", "收款")),
)
_CHANNELS = (
    ("天猫", ("天猫", "tmall")),
    ("淘宝", ("淘宝", "taobao")),
    ("京东", ("京东", "jingdong")),
    ("拼多多", ("拼多多", "pinduoduo", "pdd")),
    ("抖音", ("抖音", "douyin", "tiktok")),
    ("快手", ("快手", "kuaishou")),
    ("小红书", ("小红书", "xiaohongshu")),
    ("唯品会", ("唯品会", "vip.com")),
    ("苏宁", ("苏宁", "suning")),
    ("美团", ("美团", "meituan")),
    ("官网", ("官网", "official site")),
    ("经销商", ("经销", "dealer", "distributor", "reseller")),
    ("线下门店", ("门店", "线下", "store", "offline")),
    ("Amazon", ("amazon", "亚马逊")),
    ("Shopify", ("shopify",)),
)


def source_name(name: str, sheet: str | None) -> str:
    """The file's name without what changes monthly: ResellerSales_202006.csv → ResellerSales."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,7}$", "", re.split(r"[\\/]", name)[-1])
    for words in (stem, sheet or ""):
        kept = _PASSING.sub("\0", words)
        # A mark taken out leaves one of the separators around it, and no empty brackets.
        kept = re.sub(r"[(（\[]\s*\0[\s\0]*[)）\]]", "\0", kept)
        kept = re.sub(r"([\s_\-.]?)[\s_\-.]*\0[\s_\-.\0]*", _one_separator, kept).strip(_EDGES)
        if kept:
            return kept
    return _NO_SOURCE


def _one_separator(found: re.Match[str]) -> str:
    return found.group(1) or (found.group(0)[-1] if found.group(0)[-1] != "\0" else "")


def basis_words(texts: Iterable[str]) -> tuple[str, str] | None:
    """(basis, the word that says so) of the first text that names one."""
    for text in texts:
        folded = _folded(text)
        for basis, words in _BASES:
            if word := next((w for w in words if w in folded), None):
                return basis, word
    return None


def tax_word(heading: str) -> Literal["with_tax", "without_tax"] | None:
    """Whether a heading says with or without tax."""
    text = _folded(heading)
    if re.search(r"未税|不含税|无税|去税|excl|without tax|ex tax|net of tax", text):
        return "without_tax"
    if re.search(r"含税|价税|incl[a-z. ]* tax|with tax", text):
        return "with_tax"
    return None


def channel_word(name: str) -> str | None:
    """A channel that a file's name mentions; a proposal for the question, never an answer."""
    text = _folded(name)
    return next((channel for channel, words in _CHANNELS if any(w in text for w in words)), None)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
