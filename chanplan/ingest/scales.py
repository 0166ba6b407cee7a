"""In how many a number is told: 金额（万元）, Sales (USD mn), "单位：千元" above a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

_LONGEST_UNIT = 12
_WORDS = {
    "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4,
    "千": 10**3,
}  # fmt: skip
# A word of size stands before a unit, or alone in brackets or behind a mark: 千川 and 百万宝贝
# are names, and 每千人 is no size of the amount.
_UNITS = "元|人民币|美元|港元|欧元|日元|rmb|cny|usd|eur|件|箱|瓶|个|支|套|台|盒|包|吨|升|kg|pcs"
_CHINESE = re.compile(
    rf"(?<![每满\d])({'|'.join(_WORDS)})(?:{_UNITS})"
    rf"|(?:[(\[/,:_]|单位)\s*({'|'.join(_WORDS)})\s*(?:[)\]]|$)"
)
_MONEY = r"(?:us\$|[$¥€£]|usd|rmb|cny|eur|gbp)"
_ENGLISH = (
    (10**4, rf"(?:^|[(\s:]){_MONEY} ?10[,']?000\b"),
    (10**9, r"\bbillions?\b|\bbn\b"),
    (10**7, r"\bcrores?\b|[(/] ?(?:in )?(?:inr|rs\.?|₹) ?crs?\.?\)?$"),
    (10**6, rf"\bmillions?\b|\b(?:mn|mio|mln|mm)\b|\bin m$|[(/] ?{_MONEY}? ?m ?{_MONEY}?\)?$"),
    (10**5, r"\b(?:lakhs?|lacs?)\b"),
    (
        10**3,
        rf"(?<!per )\bthousands?\b|\bin k$|(?:^|[(\s:])['’]000s?\b"
        rf"|(?:^|[(\s:]){_MONEY} ?1[,']?000\b|(?:^|[( '’/]){_MONEY}? ?000'?s?\)?$"
        rf"|[(/] ?{_MONEY}? ?k ?{_MONEY}?\)?$",
    ),
)  # fmt: skip
# 百元店 is a shop.
_HUNDREDS = re.compile(r"(?:[(\[/:]|单位)\s*百元\s*(?:[)\]]|$)")
# A heading that says its unit is whole is not scaled by what stands above the table.
_WHOLE = re.compile(rf"[(\[/](?:{_MONEY}|元|人民币)[)\]]?$")
CENT = Decimal("0.01")
_CENTS = re.compile(
    r"[(\[/,:]\s*(?:单位\s*:?\s*)?(?:人民币)?分\s*[)\]]?$"
    r"|[(\[/] ?(?:in )?cents?\s?[)\]]?$|\bin cents\b"
)
# What stands around a table says so only in these ways; a title may hold any word.
_STATED = re.compile(
    r"单位.{0,8}?[元件箱瓶个吨百千万亿]|[(\[][^)\]]*[元)][)\]]?|以.{1,4}元计"
    r"|金额.{0,6}?[十百千万亿]+元\s*(?:$|[;；,，。.)])"
    r"|\b(?:currency|amounts?|figures)\b.*\bin (?:k|mm?|mn|bn)$"
    r"|\bin \S*(?:thousands?|millions?|billions?|000s?)\b|\bunits?\s*[:：]|^\S{1,4}元$"
)


def scale(header: str) -> int | Decimal:
    """10000 for a heading such as 金额（万元）, 0.01 for 金额（分）, else 1."""
    text = unicodedata.normalize("NFKC", header).casefold().strip()
    if _CENTS.search(text):
        return CENT
    if _HUNDREDS.search(text):
        return 100
    if found := _CHINESE.search(text):
        return _WORDS[found[1] or found[2]]
    return next((factor for factor, pattern in _ENGLISH if re.search(pattern, text)), 1)


def whole(header: str) -> bool:
    """Whether a heading says that its numbers are told one by one: 金额（元）."""
    return bool(_WHOLE.search(unicodedata.normalize("NFKC", header).casefold().strip()))


def stated_below(cell: str | None) -> int | Decimal:
    """What the cell right under a heading says of its column, where it is a unit: 万元, k CNY."""
    text = (cell or "").strip()
    is_unit = 0 < len(text) <= _LONGEST_UNIT and not any(sign.isdigit() for sign in text)
    return scale(f"({text.strip('()（）[]')})") if is_unit else 1


def stated(texts: Iterable[str | None]) -> int | Decimal:
    """What cells around a table say of its amounts ("单位：万元"), else 1."""
    for cell in texts:
        text = unicodedata.normalize("NFKC", cell or "").casefold().strip()
        if _STATED.search(text) and (factor := scale(text)) != 1:
            return factor
    return 1


def unit_of(factor: int | Decimal) -> str:
    """A factor as a remark of a heading: 10000 → （万元）, 1 → ''."""
    return next((f"（{word}元）" for word, size in _WORDS.items() if size == factor), "")
