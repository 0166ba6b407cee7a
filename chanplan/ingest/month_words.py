"""A heading that names a month: which month, and what is told of it (金额, 数量, 目标, 同比 …)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from chanplan.domain.tables import table
from chanplan.ingest.headers import MADE_OF, fallbacks, normal, spellings, words

# Months side by side: fewer could be columns that merely are called so. Where each is told in
# words and with its year, two are enough: an export of January and February. With what is told of
# it (1月金额) one is.
FEWEST, FEWEST_IN_WORDS = 3, 2
_YEAR_LONG = 12
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_CHINESE = ("十二", "十一", "十", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_NUMBER_OF = dict(zip(_CHINESE, (12, 11, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_LONG_NAMES = (
    "january february march april may june july august september sept october november december"
)
_NAMES = "|".join((*_LONG_NAMES.split(), *_ENGLISH))
_YEAR = r"(?:19|20)\d\d"
_MONTH = re.compile(
    rf"(?:(?<!\d)(?P<y1>{_YEAR}|\d\d(?=年))[-/.年\s]*)?"
    rf"(?<![\d第])(?P<m1>0?[1-9]|1[0-2]|{'|'.join(_CHINESE)})月份?"
    rf"|(?<!\d)(?P<y2>{_YEAR})[-/.年\s]?m?(?P<m2>0[1-9]|1[0-2]|[1-9])"
    r"(?:[-/.](?:0?1|28|29|30|31))?(?: 0?0:00(?::00)?)?(?![\d/.-])"
    rf"|(?<![\d/.-])(?P<m3>0?[1-9]|1[0-2])[-/.](?P<y3>{_YEAR})(?!\d)"
    rf"|(?<![a-z])(?:(?P<y4>{_YEAR})[-/. ]?)?(?P<m4>{_NAMES})\b\.?"
    rf"(?:[-'/. ]{{0,2}}(?P<y5>{_YEAR}|\d\d))?(?!\d)"
    r"|(?<![a-z\d])m(?P<m5>0?[1-9]|1[0-2])(?!\d)"
)
# What may be told of a month beside its sales, and is none of them.
PLANNED = re.compile(r"目标|指标|预算|任务|计划|target|budget|plan|quota")
_OTHER = re.compile(
    r"同比|环比|占比|比例|比重|增长|增速|增幅|增减|差异|差额|完成率|达成率|毛利|利润|成本|费用"
    r"|均价|单价|去年|上年|前年|同期|上期|累计|退货|退款|退回|库存|预测|预估|客户数|订单数|排名|%|yoy|mom|growth|share|margin|profit|cost|price"
    r"|lastyear|prior|previous|py|ly|ytd|cumulat|forecast|stock|return|refund|vs"
)
_ACTUAL = re.compile(
    r"^(?:今年|本年|本期|当期|实际|实绩|完成|实际完成|actual|current|thisyear|ty|cy)"
)
# A month in a title or a name, and what makes it one end of a longer time.
_NAMED = re.compile(
    rf"(?:(?<!\d)(?P<y1>{_YEAR}|\d\d) ?年 ?)?"
    rf"(?<![\d第十])(?P<m1>0?[1-9]|1[0-2]|{'|'.join(_CHINESE)}) ?月(?! ?\d{{1,2}} ?[日号])"
    rf"|(?<!\d)(?P<y2>{_YEAR})[-_/.]?(?P<m2>0[1-9]|1[0-2])(?![-_/.]?\d)"
    rf"|(?<![a-z])(?P<m4>{_NAMES})[-_'. ]{{0,2}}(?P<y4>{_YEAR})(?!\d)"
)
# A name in English is a month where nothing else stands: "Mar", and "may" is a word elsewhere.
_BARE = re.compile(rf"\W*(?P<m4>{_NAMES})\.?\W*")
# From a day to a day of the same month: 2024-01-01至2024-01-31.
_WITHIN = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR}) ?[-/.年] ?(?P<month>0?[1-9]|1[0-2]) ?[-/.月] ?\d{{1,2}} ?日?"
    r" ?(?:至|到|to|[-~～—–]+) ?"
    r"(?:(?P=year) ?[-/.年] ?)?(?P=month) ?[-/.月] ?\d{1,2}(?!\d)"
)
_SPANNING = re.compile(
    r"累计|截[至止]|年度|全年|上半年|下半年|季度|ytd|to date|cumulat"
    r"|[\d月日] ?(?:[~～—–至到]|--) ?\d|\d ?- ?\d{1,2} ?月|月 ?- ?\d"
)

Told = Literal["plain", "amount", "quantity", "planned", "other"]
_VALUES: tuple[Told, ...] = ("quantity", "amount")


@dataclass(frozen=True)
class MonthHeading:
    """month: "2024-03", or "03" where the year stands elsewhere; rest: the heading without it."""

    month: str
    rest: str
    told: Told
    in_words: bool


@dataclass(frozen=True)
class MonthAround:
    """The month that titles and names give to a sheet without dates.

    month    "2025-03", or "03" where nothing tells the year
    certain  the sheet's own name says it, or a person: a title may be of another month
    """

    month: str
    certain: bool = False

    @property
    def whole(self) -> bool:
        """Whether its year is known."""
        return "-" in self.month


def month_around(
    sheet: str, near: Sequence[str], said: str | None = None, year: str | None = None
) -> MonthAround | None:
    """The month of a sheet from its own name, else from what stands `near`, the nearest first.

    said, year  what a person has told; None where no text names one month and no more
    """
    if said:
        return MonthAround(said, certain=True)
    own = _one_month(sheet)
    found = own or next((month for text in near if (month := _one_month(text))), None)
    if found is None or "-" in found:
        return MonthAround(found, own is not None) if found else None
    years = {told for text in (sheet, *near) for told in re.findall(rf"(?<!\d){_YEAR}(?!\d)", text)}
    told = year or (years.pop() if len(years) == 1 else None)
    return MonthAround(f"{told}-{found}" if told else found, own is not None)


def is_month(said: str | None) -> bool:
    """Whether a text is a month as the recipe keeps it: 2025-03."""
    return bool(said and re.fullmatch(rf"{_YEAR}-(?:0[1-9]|1[0-2])", said))


def _one_month(text: str) -> str | None:
    """The month that a title or a name says: not where it says several, a span or a day."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if within := _WITHIN.search(plain):
        return f"{within['year']}-{int(within['month']):02d}"
    if _SPANNING.search(plain):
        return None
    found = {_parts(one) for one in (_BARE.fullmatch(plain), *_NAMED.finditer(plain)) if one}
    if len(found) != 1:
        return None
    ((year, month),) = found
    return f"{year}-{month:02d}" if year else f"{month:02d}"


@lru_cache(4096)
def month_heading(header: str) -> MonthHeading | None:
    """What a heading says of a month; None where it names none, or two."""
    text = unicodedata.normalize("NFKC", header).casefold().strip()
    found = _MONTH.search(text)
    if found is None:
        return None
    rest = (text[: found.start()] + text[found.end() :]).strip(" _-/.:\n")
    rest = MADE_OF.sub("", rest)
    told = _told(rest)
    if told is None or _MONTH.search(rest):
        return None
    year, month = _parts(found)
    in_words = bool(found["m1"] or found["m4"]) and (year is not None or told in _VALUES)
    return MonthHeading(f"{year}-{month:02d}" if year else f"{month:02d}", rest, told, in_words)


def month_headings(headers: Sequence[str]) -> dict[int, MonthHeading]:
    """Position → what it tells of a month; {} where there are too few to be months."""
    found = {at: one for at, header in enumerate(headers) if (one := month_heading(header))}
    if not found:
        return _numbers(headers)
    months = {one.month for one in found.values()}
    if all(one.in_words and one.told in _VALUES for one in found.values()):
        return found  # 3月金额 beside 3月数量 is a month's, though there is no other
    enough = FEWEST_IN_WORDS if all(one.in_words for one in found.values()) else FEWEST
    return found if len(months) >= enough else {}


def _numbers(headers: Sequence[str]) -> dict[int, MonthHeading]:
    """Bare numbers that count the months of a year from 1 to 12, side by side, and not its days."""
    told = [header.strip().lstrip("0") for header in headers]
    first = next((at for at, one in enumerate(told) if one == "1"), None)
    if first is None or told[first : first + _YEAR_LONG] != list(map(str, range(1, 13))):
        return {}
    if told[first + _YEAR_LONG : first + _YEAR_LONG + 1] == ["13"]:
        return {}
    return {
        first + at: MonthHeading(f"{at + 1:02d}", "", "plain", in_words=False)
        for at in range(_YEAR_LONG)
    }


def values_of(
    headings: Mapping[int, MonthHeading],
) -> tuple[Mapping[int, MonthHeading], Mapping[int, MonthHeading]]:
    """(the columns that are the value of their month, those that are its quantity beside it)."""
    by_kind: dict[Told, dict[int, MonthHeading]] = {}
    for at, one in headings.items():
        by_kind.setdefault(one.told, {})[at] = one
    pieces = by_kind.get("quantity", {})
    money = by_kind.get("amount") or by_kind.get("plain")
    if money:
        return money, pieces
    return pieces or by_kind.get("planned", {}), {}


def twice(headings: Mapping[int, MonthHeading]) -> tuple[str, ...]:
    """The months that several columns claim."""
    often = Counter(one.month for one in headings.values())
    return tuple(month for month, times in often.items() if times > 1)


def _parts(found: re.Match[str]) -> tuple[str | None, int]:
    told = {name: text for name, text in found.groupdict().items() if text}
    year = next((text for name, text in told.items() if name.startswith("y")), None)
    month = next(text for name, text in told.items() if name.startswith("m"))
    number = _NUMBER_OF.get(month) or (
        int(month) if month.isdigit() else _ENGLISH.index(month[:3]) + 1
    )
    return f"20{year}"[-4:] if year else None, number


def _told(rest: str) -> Told | None:
    """What the rest of a heading makes of its column; None for what no month is told by."""
    if rest in ("", "元", "(元)", "单位") or re.fullmatch(r"[(\[][^)\]]{1,6}元[)\]]", rest):
        return "plain"
    plain = normal(rest)
    for kind in _VALUES:
        if not _known(kind).isdisjoint(spellings(_ACTUAL.sub("", plain) or plain)):
            return kind
    if _OTHER.search(plain):
        return "other"
    if PLANNED.search(plain):
        return "planned"
    return "amount" if _ACTUAL.fullmatch(plain) else None


@cache
def _known(kind: str) -> frozenset[str]:
    """The words of sales that mean money, or pieces; of a month the short ones too."""
    return frozenset(_words_of(kind))


def _words_of(kind: str) -> Iterator[str]:
    columns = table("sales").columns
    names = (
        ("amount", "amount_with_tax", "amount_without_tax") if kind == "amount" else ("quantity",)
    )
    for name in names:
        yield from words(columns[name])
        yield from fallbacks(columns[name])
    yield from (
        ("额", "销售", "万元", "千元") if kind == "amount" else ("量", "件", "箱", "瓶", "pcs")
    )
