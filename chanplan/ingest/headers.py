"""Header words: how two spellings of the same heading are brought together."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from chanplan.domain.tables import Column, all_tables

# Cells of the first rows are looked at once per table; more texts than this are not kept.
_REMEMBERED = 20_000
# Signs of headings in traditional script, each with the simplified one that words are told in.
_SCRIPTS = (
    "數数銷销額额產产訂订單单價价區区門门貨货時时間间幣币別别總总計计稅税號号編编碼码業业務务員员經经實实際际淨净類类"
    "縣县戶户購购發发開开據据狀状態态應应換换庫库進进費费點点規规備备註注負负責责運运輸输賣卖買买項项貿贸廠厂國国種种"
    "廣广終终結结獎奖給给節节線线帳账級级條条標标題题顧顾聯联繫系電电話话郵邮檔档歷历屬属領领導导組组織织優优還还約约"
    "萬万億亿稱称圖图書书質质積积淺浅鋪铺攤摊儲储會会與与從从倉仓紅红藍蓝個个盤盘調调撥拨贈赠樣样"
)
_SIMPLE = str.maketrans(_SCRIPTS[::2], _SCRIPTS[1::2])
_NOISE = re.compile(r"[\s_\-–—*:：'\"\u200b\ufeff▲▼△▽↑↓⇅]+")
_BRACKETS = re.compile(r"[(\[{【〔].*?[)\]}】〕]")
_UNIT = re.compile(r"(?<=[\w)])[/_,]\s*(?:十亿|千万|百万|十万|亿|万|千)?(?:元|美元)?$")
_FRAMED = re.compile(r"\s*[(\[{【〔]([^)\]}】〕]+)[)\]}】〕]\s*")
_NUMBERED = re.compile(r"\s*(?:[(\[]?\d{1,2}[)\]]|\d{1,2}[.、])\s*(?=[^\W\d])")
_ODD = re.compile(
    r"\s*(?:[(\[{【〔]|\d{1,2}[.、)\]])|.*(?:[\n/|]|[a-z.]\s+[\u4e00-\u9fff]|[\u4e00-\u9fff]\s+[a-z])",
    re.IGNORECASE,
)
# What pivot tables and their like set before a heading: Sum of Sales, 求和项:销售额, Month of Date.
MADE_OF = re.compile(
    r"^\s*(?:sum of |(?:month|day) of |求和项\s*[:：]\s*|sum\s*[:：]\s*|总和\s*[:：]\s*)(?=\S)",
    re.IGNORECASE,
)
# The money of an amount's heading, without brackets: 金额RMB, Sales_USD.
_MONEY = re.compile(
    r"(?<=[\w\u4e00-\u9fff])[\s_-]*(?<![A-Za-z])(?:RMB|CNY|USD|EUR|GBP|HKD|JPY)\s*$"
)
# A cell of more signs is no heading that anybody frames, numbers or translates.
_LONGEST = 300
# Where a heading told in two languages may be cut: 日期\nDate, 渠道/Channel, Qty 数量.
_CUTS = re.compile(r"[\n/|]|(?<=[a-z.])\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\s+(?=[a-z])")


@lru_cache(_REMEMBERED)
def normal(text: str) -> str:
    """A heading without width, case, blanks, underscores and hyphens.

    Traditional signs are as simplified ones. "SalesOrderNumber", "sales_order_number" and
    "Sales Order Number" meet; the dot of "Account Name.id" stays, since that is another column
    than "Account Name".
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_SIMPLE)


@lru_cache(_REMEMBERED)
def spellings(header: str) -> tuple[str, ...]:
    """The heading as it stands, then without its bracketed remark: （必填）, (元).

    What frames or numbers it says nothing (【日期】, 1.日期), and of one told in two languages
    (日期/Date) either speaks.
    """
    if len(header) > _LONGEST:
        return tuple(filter(None, [normal(header)]))
    text = MADE_OF.sub("", unicodedata.normalize("NFKC", header))
    whole, bare = normal(text), _without_remark(text)
    known = vocabulary()
    if not _ODD.match(text) or whole in known or bare in known:
        return tuple(dict.fromkeys(word for word in (whole, bare) if word))
    framed = _FRAMED.fullmatch(text)
    plain = _without_remark(_NUMBERED.sub("", framed[1] if framed else text, count=1))
    one = plain if plain in known else _in_two_languages(text)
    return tuple(dict.fromkeys(word for word in (whole, one or plain or bare) if word))


def _without_remark(text: str) -> str:
    return normal(_MONEY.sub("", _UNIT.sub("", _BRACKETS.sub("", text).strip(" /,.、"))))


def _in_two_languages(text: str) -> str | None:
    """The first half of a heading both halves of which mean one column."""
    halves = [_without_remark(half) for half in _CUTS.split(text.casefold())]
    halves = [half for half in halves if half]
    if len(halves) != 2 or halves[0].isascii() == halves[1].isascii():
        return None
    both = any(set(halves) <= {*words(column), *fallbacks(column)} for column in _columns())
    return halves[0] if both else None


@cache
def words(column: Column) -> tuple[str, ...]:
    """The column's own words, earlier ones stronger; its names count as words too."""
    return tuple(dict.fromkeys(normal(w) for w in (*column.words, column.zh, column.en)))


@cache
def fallbacks(column: Column) -> tuple[str, ...]:
    """Words taken only when nothing better is in the sheet."""
    return tuple(dict.fromkeys(normal(word) for word in column.fallback))


@cache
def vocabulary() -> frozenset[str]:
    """Every word that means a column of any table."""
    return frozenset(word for one in _columns() for word in (*words(one), *fallbacks(one)))


@cache
def _columns() -> tuple[Column, ...]:
    return tuple(column for one in all_tables().values() for column in one.columns.values())


def shape(headers: Sequence[str]) -> str:
    """The key of a file's shape: sha256 over its normalised headings, in order."""
    return hashlib.sha256("\x1f".join(map(normal, headers)).encode()).hexdigest()


def in_big5(headers: Sequence[str]) -> tuple[str, ...]:
    """What headings say that were read as GB18030 and are Big5; () where they are not."""
    read = []
    for header in headers:
        try:
            read.append(header.encode("gb18030").decode("big5"))
        except UnicodeError:
            read.append("")
    known = [one for one in read if not vocabulary().isdisjoint(spellings(one))]
    return tuple(filter(None, read)) if len(known) > 1 and tuple(read) != tuple(headers) else ()
