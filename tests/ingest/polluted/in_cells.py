"""Pollutions of cells: how numbers, dates, names and notes are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

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
)
from tests.ingest.polluted.pollutions import (
    ALL,
    POLLUTIONS,
    TEXT,
    Pollution,
    each,
    pollution,
    spoil,
)


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
        "arabic_digits": lambda n: f"{n:,.2f}".translate(
            str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
        ),
        "sized": lambda n: f"{n / 1000:f}K" if abs(n) < 10**6 else f"{n / 10**6:f}M",
        "brackets_behind_sign": lambda n: f"¥{n:.2f}" if n >= 0 else f"¥({-n:.2f})",
    }
    for name in names:
        write = forms[name]

        def do(draft: Draft, write: Callable[[Decimal], str] = write) -> None:
            each(draft, AMOUNT, write)

        POLLUTIONS.append(Pollution(name, "amount", ALL, do))


_numbers(
    "thousands", "yuan_sign", "yuan_word", "brackets", "trailing_minus", "full_width",
    "ten_thousands", "decimal_comma", "blanks_around", "as_text", "dollars", "exponent",
    "by_apostrophe", "by_thin_blank", "guarded", "unseen_signs", "money_behind",
    "brackets_behind_sign", "arabic_digits", "sized",
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
        "weekday_ahead": lambda d: d.strftime("%a %Y/%m/%d"),
        "ordinal_day": lambda d: f"{d.day}th {d.strftime('%B')} {d.year}",
        "guarded_day": lambda d: f"'{d.isoformat()}",
        "full_width_day": lambda d: d.isoformat().translate(
            str.maketrans("0123456789-", "０１２３４５６７８９－")
        ),
    }
    for name, write in forms.items():

        def do(draft: Draft, write: Callable[[date], str] = write) -> None:
            each(draft, DATE, write)

        POLLUTIONS.append(Pollution(name, "date", ALL, do))


_dates()


@pollution("date", "date_order")
def day_or_month(draft: Draft) -> None:
    """No day above 12: only a person knows."""
    for row in draft.data():
        assert row.truth is not None
        day = row.truth[0].replace(day=row.truth[0].day % 12 + 1)
        row.cells[DATE], row.truth = f"{day.day}/{day.month}/{day.year}", (day, *row.truth[1:])


@pollution("date", "year")
def days_without_year(draft: Draft) -> None:
    """Only a title or a person knows the year."""
    each(draft, DATE, lambda d: f"{d.month}月{d.day}日")


@pollution("date", "year", "date_order")
def days_in_signs_without_year(draft: Draft) -> None:
    each(draft, DATE, lambda d: f"{d.month:02d}-{d.day:02d}")


@pollution("date")
def months_only(draft: Draft) -> None:
    for row in draft.data():
        assert row.truth is not None
        day = row.truth[0].replace(day=1)
        row.cells[DATE], row.truth = f"{day.year}年{day.month}月", (day, *row.truth[1:])


@pollution("spoilt amount")
def two_units(draft: Draft) -> None:
    spoil(draft, AMOUNT, "1052,75元", 6)
    spoil(draft, AMOUNT, "11,50万元", 9)


@pollution("spoilt amount")
def not_a_number(draft: Draft) -> None:
    spoil(draft, AMOUNT, "NaN", 5)
    spoil(draft, AMOUNT, "inf", 8)
    spoil(draft, AMOUNT, "待确认", 11)


@pollution("spoilt amount")
def another_money(draft: Draft) -> None:
    spoil(draft, AMOUNT, "€1,234.50", 10)


@pollution("spoilt amount", forms=("xlsx", "xml"))
def error_cells(draft: Draft) -> None:
    spoil(draft, AMOUNT, Error("#REF!"), 3)
    spoil(draft, CHANNEL, Error("#N/A"), 14)


@pollution("spoilt amount", forms=("xlsx", "xml"))
def open_formulas(draft: Draft) -> None:
    spoil(draft, AMOUNT, Formula("=A1*2"), 12)


@pollution("spoilt date")
def far_future(draft: Draft) -> None:
    spoil(draft, DATE, date(2062, 1, 1), 13)


@pollution("spoilt date")
def misread_year(draft: Draft) -> None:
    spoil(draft, DATE, "0024-03-05", 15)


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
