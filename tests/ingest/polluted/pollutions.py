"""Every way in which an export is dirty: what it does to a draft, what may be refused."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.ingest.polluted.draft import (
    AMOUNT,
    CHANNEL,
    CUSTOMER,
    DATE,
    NOTE,
    QUANTITY,
    Draft,
    Error,
    Formula,
    Row,
)

TEXT = ("csv",)
BOOKS = ("xlsx", "html", "xml")
ALL = TEXT + BOOKS


@dataclass(frozen=True)
class Pollution:
    """part: of two pollutions of one part only one is done; refusals: codes and questions that
    are a right answer to it."""

    name: str
    part: str
    forms: tuple[str, ...]
    do: Callable[[Draft], None]
    refusals: frozenset[str] = frozenset()


POLLUTIONS: list[Pollution] = []


def pollution(
    part: str, *refusals: str, forms: tuple[str, ...] = ALL
) -> Callable[[Callable[[Draft], None]], Callable[[Draft], None]]:
    """Declare a function of this module as a pollution."""

    def declared(do: Callable[[Draft], None]) -> Callable[[Draft], None]:
        POLLUTIONS.append(Pollution(do.__name__, part, forms, do, frozenset(refusals)))
        return do

    return declared


def _each(draft: Draft, at: int, write: Callable[[Any], Any]) -> None:
    for row in draft.data():
        if isinstance(row.cells[at], (date, Decimal)):
            row.cells[at] = write(row.cells[at])


def _spoil(draft: Draft, at: int, cell: Any, which: int = 7) -> None:
    row = draft.rows[which]
    row.cells[at], row.truth = cell, None


def _numbers(*names: str) -> None:
    forms: dict[str, Callable[[Decimal], str]] = {
        "thousands": lambda n: f"{n:,.2f}",
        "yuan_sign": lambda n: f"¥{n:,.2f}" if n >= 0 else f"-¥{-n:,.2f}",
        "yuan_word": lambda n: f"{n:.2f}元",
        "brackets": lambda n: f"{n:,.2f}" if n >= 0 else f"({-n:,.2f})",
        "trailing_minus": lambda n: f"{n:.2f}" if n >= 0 else f"{-n:.2f}-",
        "full_width": lambda n: f"{n:.2f}".translate(
            str.maketrans("0123456789.-", "０１２３４５６７８９．－")
        ),
        "ten_thousands": lambda n: f"{n / 10000:f}万",
        "decimal_comma": lambda n: f"{n:,.2f}".translate(str.maketrans(",.", ".,")),
        "blanks_around": lambda n: f"  {n:.2f} ",
        "as_text": lambda n: f"{n:.2f}",
        "dollars": lambda n: f"${n:,.2f}" if n >= 0 else f"-${-n:,.2f}",
        "exponent": lambda n: f"{n:E}",
        "by_apostrophe": lambda n: f"{n:,.2f}".replace(",", "'"),
        "by_thin_blank": lambda n: f"{n:,.2f}".replace(",", "\u202f"),
        "guarded": lambda n: f'="{n:.2f}"',
        "unseen_signs": lambda n: f"\u200b{n:.2f}\u200e",
        "money_behind": lambda n: f"{n:.2f} CNY",
        "brackets_behind_sign": lambda n: f"¥{n:.2f}" if n >= 0 else f"¥({-n:.2f})",
    }
    for name in names:
        write = forms[name]

        def do(draft: Draft, write: Callable[[Decimal], str] = write) -> None:
            _each(draft, AMOUNT, write)

        POLLUTIONS.append(Pollution(name, "amount", ALL, do))


_numbers(
    "thousands", "yuan_sign", "yuan_word", "brackets", "trailing_minus", "full_width",
    "ten_thousands", "decimal_comma", "blanks_around", "as_text", "dollars", "exponent",
    "by_apostrophe", "by_thin_blank", "guarded", "unseen_signs", "money_behind",
    "brackets_behind_sign",
)  # fmt: skip


def _dates() -> None:
    forms: dict[str, Callable[[date], str]] = {
        "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
        "chinese_day": lambda d: f"{d.year}年{d.month}月{d.day}日",
        "compact_day": lambda d: d.strftime("%Y%m%d"),
        "dots": lambda d: d.strftime("%Y.%m.%d"),
        "with_time": lambda d: f"{d.isoformat()} 10:32:05",
        "iso_time": lambda d: f"{d.isoformat()}T10:32:05",
        "serial": lambda d: str((d - date(1899, 12, 30)).days),
        "day_first": lambda d: f"{d.day}/{d.month}/{d.year}",
        "month_first": lambda d: f"{d.month}/{d.day}/{d.year}",
        "named_month": lambda d: d.strftime("%d-%b-%Y"),
        "short_year": lambda d: f"{d.year % 100}年{d.month}月{d.day}日",
        "afternoon": lambda d: f"{d.year}/{d.month}/{d.day} 下午 3:05:00",
        "with_weekday": lambda d: (
            f"{d.year}年{d.month}月{d.day}日 星期{'一二三四五六日'[d.weekday()]}"
        ),
        "with_zone": lambda d: f"{d.isoformat()}T23:30:00+08:00",
        "numeral_month": lambda d: f"{d.year}年{'一二三四五六七八九'[d.month - 1]}月{d.day}日",
        "named_weekday": lambda d: d.strftime("%A, %B %d, %Y"),
        "named_with_time": lambda d: d.strftime("%d-%b-%Y 10:05"),
        "guarded_day": lambda d: f"'{d.isoformat()}",
        "full_width_day": lambda d: d.isoformat().translate(
            str.maketrans("0123456789-", "０１２３４５６７８９－")
        ),
    }
    for name, write in forms.items():

        def do(draft: Draft, write: Callable[[date], str] = write) -> None:
            _each(draft, DATE, write)

        POLLUTIONS.append(Pollution(name, "date", ALL, do))


_dates()


@pollution("date", "date_order")
def day_or_month(draft: Draft) -> None:
    """No day above 12: only a person knows."""
    for row in draft.data():
        assert row.truth is not None
        day = row.truth[0].replace(day=row.truth[0].day % 12 + 1)
        row.cells[DATE], row.truth = f"{day.day}/{day.month}/{day.year}", (day, *row.truth[1:])


@pollution("date")
def months_only(draft: Draft) -> None:
    for row in draft.data():
        assert row.truth is not None
        day = row.truth[0].replace(day=1)
        row.cells[DATE], row.truth = f"{day.year}年{day.month}月", (day, *row.truth[1:])


@pollution("spoilt amount")
def two_units(draft: Draft) -> None:
    _spoil(draft, AMOUNT, "1052,75元", 6)
    _spoil(draft, AMOUNT, "11,50万元", 9)


@pollution("spoilt amount")
def not_a_number(draft: Draft) -> None:
    _spoil(draft, AMOUNT, "NaN", 5)
    _spoil(draft, AMOUNT, "inf", 8)
    _spoil(draft, AMOUNT, "待确认", 11)


@pollution("spoilt amount")
def another_money(draft: Draft) -> None:
    _spoil(draft, AMOUNT, "€1,234.50", 10)


@pollution("spoilt amount", forms=("xlsx", "xml"))
def error_cells(draft: Draft) -> None:
    _spoil(draft, AMOUNT, Error("#REF!"), 3)
    _spoil(draft, CHANNEL, Error("#N/A"), 14)


@pollution("spoilt amount", forms=("xlsx", "xml"))
def open_formulas(draft: Draft) -> None:
    _spoil(draft, AMOUNT, Formula("=A1*2"), 12)


@pollution("spoilt date")
def far_future(draft: Draft) -> None:
    _spoil(draft, DATE, date(2062, 1, 1), 13)


@pollution("spoilt date")
def misread_year(draft: Draft) -> None:
    _spoil(draft, DATE, "0024-03-05", 15)


@pollution("quantity")
def none_words(draft: Draft) -> None:
    for at, said in enumerate(("-", "—", "NULL", "N/A", "")):
        row = draft.rows[at]
        if row.truth is not None:
            row.cells[QUANTITY] = said
            row.truth = (*row.truth[:3], None, *row.truth[4:])


@pollution("names")
def blanks_in_names(draft: Draft) -> None:
    for row in list(draft.data())[::3]:
        row.cells[CHANNEL] = f" {row.cells[CHANNEL]}\u3000"


@pollution("note")
def long_notes(draft: Draft) -> None:
    for row in list(draft.data())[::4]:
        row.cells[NOTE] = '急, "加急"；\n第二行; a|b'


@pollution("note", forms=TEXT)
def stray_quotes(draft: Draft) -> None:
    row = next(draft.data())
    row.cells[CUSTOMER] = row.cells[CUSTOMER] + "\0raw"
    row.cells[NOTE] = '5" pipe'


@pollution("above")
def titles(draft: Draft) -> None:
    draft.above[:0] = [["2024年3月销售明细"], [], ["导出人：张三", "2024-04-01"]]


@pollution("above", forms=("xlsx", "html", "xml"))
def merged_title(draft: Draft) -> None:
    _shift(draft, 1)
    draft.above[:0] = [["Sales March", "", "", "", "", "", ""]]
    draft.merges.append((0, 0, 0, 6))


@pollution("above", forms=TEXT)
def sep_line(draft: Draft) -> None:
    draft.options["lines_above"] = [f"sep={draft.separator}"]


@pollution("above", forms=TEXT)
def preamble(draft: Draft) -> None:
    draft.options["lines_above"] = ["# export 1.2", "# user: x, unit: y; z", ""]


@pollution("below")
def footers(draft: Draft) -> None:
    draft.rows += [
        Row([], None, data=False),
        Row(["制表人：张三"], None, data=False),
        Row(["共 24 条记录"], None, data=False),
    ]


@pollution("below")
def grand_total(draft: Draft) -> None:
    total = sum((row.truth[4] for row in draft.rows if row.truth), Decimal(0))
    draft.rows.append(Row(["合计", "", "", "", total, "", ""], None, data=False))


@pollution("between")
def subtotals(draft: Draft) -> None:
    told: list[Row] = []
    for at, row in enumerate(draft.rows):
        told.append(row)
        following = draft.rows[at + 1] if at + 1 < len(draft.rows) else None
        channel = row.truth[1] if row.truth else None
        if channel and (not following or not following.truth or following.truth[1] != channel):
            told.append(Row(["", f"{channel}小计", "", "", Decimal(100), "", ""], None, data=False))
    if not draft.merges:
        draft.rows[:] = told


@pollution("between")
def header_again(draft: Draft) -> None:
    if not draft.merges:
        draft.rows.insert(10, Row(list(draft.header[-1]), None, data=False))


@pollution("between")
def blank_rows(draft: Draft) -> None:
    if not draft.merges:
        draft.rows.insert(12, Row([], None, data=False))
        draft.rows.insert(4, Row([], None, data=False))


@pollution("header")
def two_row_header(draft: Draft) -> None:
    """名称 over 渠道, 产品; 销售 over 数量, 金额; the others stand in the upper row alone."""
    names = draft.header[0]
    goods, sold = ("名称", "销售") if draft.language == "zh" else ("Names", "Sales")
    upper = [names[DATE], goods, "", sold, "", names[CUSTOMER], names[NOTE]]
    lower = ["", *names[1:5], "", ""]
    _shift(draft, 1, below=len(draft.above))
    start = len(draft.above)
    draft.header = [upper, lower]
    draft.merges += [(start, 1, start, 2), (start, 3, start, 4)]
    draft.merges += [(start, at, start + 1, at) for at in (0, 5, 6)]


@pollution("header")
def header_remarks(draft: Draft) -> None:
    names = draft.header[0]
    names[AMOUNT] = f"{names[AMOUNT]}（元）" if draft.language == "zh" else "Amount (CNY)"
    names[CUSTOMER] = f" {names[CUSTOMER]} "
    if draft.language == "en":
        other_currency(draft)


def other_currency(draft: Draft) -> None:
    """Dollars under a heading that says CNY are set aside, never guessed."""
    for row in list(draft.data()):
        if str(row.cells[AMOUNT]).startswith(("$", "-$")):
            row.truth = None


@pollution("merged", forms=BOOKS)
def merged_channels(draft: Draft) -> None:
    """One merged cell for each channel; the cells it covers are empty."""
    start = len(draft.above) + len(draft.header)
    first = 0
    if any(row.truth is None and not row.data for row in draft.rows):
        return
    for at, row in enumerate(draft.rows):
        end = at + 1 == len(draft.rows) or _channel(draft.rows[at + 1]) != _channel(row)
        if at > first:
            row.cells[CHANNEL] = ""
        if end:
            if at > first:
                draft.merges.append((start + first, CHANNEL, start + at, CHANNEL))
            first = at + 1


def _channel(row: Row) -> str:
    return row.truth[1].strip() if row.truth else str(row.cells[CHANNEL]).strip()


@pollution("shape", forms=("xlsx", "html"))
def leading_blank_column(draft: Draft) -> None:
    for cells in (*draft.above, *draft.header, *(row.cells for row in draft.rows)):
        cells.insert(0, "")
    draft.merges[:] = [
        (top, left + 1, bottom, right + 1) for top, left, bottom, right in draft.merges
    ]


@pollution("shape")
def trailing_blank_columns(draft: Draft) -> None:
    for cells in (*draft.header, *(row.cells for row in draft.rows)):
        if cells:
            cells.extend(["", ""])


@pollution("shape", forms=TEXT)
def surplus_cell(draft: Draft) -> None:
    """A separator too many early in the row: everything after it stands one to the right."""
    row = draft.rows[16]
    row.cells.insert(CHANNEL, "")
    row.truth = None


@pollution("shape", forms=TEXT)
def missing_cell(draft: Draft) -> None:
    """A separator too few: everything after it stands one to the left."""
    row = draft.rows[18]
    del row.cells[CUSTOMER]
    row.truth = None


@pollution("sheets", forms=("xlsx",))
def other_sheets(draft: Draft) -> None:
    draft.options["before"] = [
        ("说明", False, [["本表由系统导出"]]),
        ("old", True, [["日期", "渠道", "金额"], ["2023-01-01", "x", "5"]]),
    ]


@pollution("epoch", forms=("xlsx",))
def from_1904(draft: Draft) -> None:
    draft.options["book"] = {"date_1904": True}


def _charsets() -> None:
    known = {
        "gb18030": ("gb18030", b""), "utf8_mark": ("utf-8", codecs.BOM_UTF8),
        "utf16_le_mark": ("utf-16-le", codecs.BOM_UTF16_LE),
        "utf16_be_mark": ("utf-16-be", codecs.BOM_UTF16_BE), "utf16_le": ("utf-16-le", b""),
        "utf16_be": ("utf-16-be", b""),
    }  # fmt: skip
    for name, (encoding, mark) in known.items():

        def do(draft: Draft, encoding: str = encoding, mark: bytes = mark) -> None:
            draft.encoding = encoding
            draft.options["mark"] = mark

        POLLUTIONS.append(Pollution(name, "charset", TEXT, do))


_charsets()


def _cuts() -> None:
    for name, changes in {
        "semicolons": {"separator": ";"}, "tabs": {"separator": "\t"}, "pipes": {"separator": "|"},
        "windows_lines": {"line_end": "\r\n"}, "mac_lines": {"line_end": "\r"},
        "all_quoted": {"quote_all": True}, "gzipped": {"wrapped": "gz"},
        "zipped": {"wrapped": "zip"},
    }.items():  # fmt: skip

        def do(draft: Draft, changes: dict[str, Any] = changes) -> None:
            for key, value in changes.items():
                setattr(draft, key, value)
            if "lines_above" in draft.options:
                draft.options["lines_above"] = [
                    f"sep={draft.separator}" if line.startswith("sep=") else line
                    for line in draft.options["lines_above"]
                ]

        forms = ALL if name in ("gzipped", "zipped") else TEXT
        part = next(iter(changes))
        POLLUTIONS.append(Pollution(name, part, forms, do))


_cuts()


def _shift(draft: Draft, by: int, below: int = 0) -> None:
    draft.merges[:] = [
        (top + by, left, bottom + by, right) if top >= below else (top, left, bottom, right)
        for top, left, bottom, right in draft.merges
    ]
