"""Which money the amounts of a file are in, as its headings, cells or surroundings say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from chanplan.ingest import forms
from chanplan.ingest.written_numbers import money_of

# 元 and 块 stand in every heading of the trade and say nothing of whose they are.
_UNSAID = ("元", "元整", "块", "圆", "円")
_NAMED = {
    word: code
    for word, code in {**forms.CURRENCIES, **forms.CURRENCY_NAMES}.items()
    if word not in _UNSAID
}
_WORDS = "|".join(re.escape(word) for word in sorted(_NAMED, key=len, reverse=True))
# Money of the company's own, whatever the rows' currency is; and the rate between the two.
_OWN = re.compile(r"本币|本位币|local (?:currency|amount)|(?:amount|value) in (?:lc|local)")
_RATE = re.compile(r"汇率|exchange ?rate|fx ?rate|conversion rate")
_HEADING = re.compile(rf"(?<![a-z])({_WORDS})(?![a-z])")
_LONG = "|".join(
    re.escape(word)
    for word in sorted(_NAMED, key=len, reverse=True)
    if len(word) > (2 if word.isascii() else 1) and not (word.isascii() and not word.isalpha())
)
_IN_NAMES = re.compile(rf"(?<![a-z])({_LONG})(?![a-z])")
# What stands around a table says so only in these ways; a title may hold any word.
_AROUND = re.compile(
    rf"(?:币种|货币|币别|currency)\s*[:：]?\s*({_WORDS})(?![a-z])"
    rf"|单位\s*[:：]?\s*[十百千万亿]*({_WORDS})(?![a-z])|\bin ({_WORDS})(?![a-z])"
    rf"|[(\[][十百千万亿]*({_WORDS})[)\]]$"
)


def in_heading(header: str) -> str | None:
    """The money that a heading names: 销售额（美元）→ "USD"; None for 金额（元）."""
    found = _HEADING.search(_plain(header))
    return _NAMED[found[1]] if found else None


def named(cell: str) -> str | None:
    """The money that a whole cell names: "USD", "港币" or "$"."""
    return _NAMED.get(_plain(cell))


def of_company(header: str) -> bool:
    """Whether a heading says that its amounts are in the company's own money: 本位币金额."""
    return bool(_OWN.search(_plain(header)))


def in_names(names: Iterable[str | None]) -> str | None:
    """The one money that the names of a sheet and its file tell: 美元销售, Sales_HKD; no sign, and
    no short word that may be another one's part."""
    for name in names:
        found = _IN_NAMES.findall(_plain(name or "").replace("_", " "))
        if len(codes := {_NAMED[word] for word in found}) == 1:
            return codes.pop()
    return None


def is_rate(header: str) -> bool:
    """Whether a heading is that of rates of exchange."""
    return bool(_RATE.search(_plain(header)))


def said(
    headers: Sequence[str], cells: Iterable[str | None], around: Iterable[str | None]
) -> str | None:
    """The money that a file says its amounts are in; None where it says nothing.

    headers  of the columns of amounts, the main one first
    around   what stands above and below the table, one cell each
    """
    named = next((code for header in headers if (code := in_heading(header))), None)
    return named or money_of(cells) or _stated(around)


def _stated(texts: Iterable[str | None]) -> str | None:
    for text in texts:
        if found := _AROUND.search(_plain(text or "")):
            return _NAMED[next(word for word in found.groups() if word)]
    return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
