"""Pollutions by kind that strangers send: scales, units, codes, totals without their word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.ingest.polluted.draft import (
    AMOUNT,
    CHANNEL,
    CUSTOMER,
    DATE,
    PRODUCT,
    QUANTITY,
    Draft,
    Row,
)
from tests.ingest.polluted.pollutions import (
    ALL,
    BOOKS,
    POLLUTIONS,
    TEXT,
    Pollution,
    other_currency,
    pollution,
)

_LAST_DAY = date(2024, 3, 31)


_OWN_UNITS = ("K", "M", "元", "万", "CNY")


def _scaled(names: dict[str, tuple[str, int]]) -> None:
    """The heading tells in how many the amounts are: what is loaded is that many times more."""
    for name, (remark, factor) in names.items():

        def do(draft: Draft, remark: str = remark, factor: int = factor) -> None:
            draft.header[-1][AMOUNT] = f"{draft.header[-1][AMOUNT]}{remark}"
            if "RMB" in remark:
                other_currency(draft)
            _multiply(draft, factor)

        POLLUTIONS.append(Pollution(name, "header", ALL, do))


def _line(draft: Draft, at: int) -> Row:
    """One of the rows that are lines; of those left where another pollution took most."""
    lines = list(draft.data())
    return lines[at % len(lines)]


def _multiply(draft: Draft, factor: int) -> None:
    """A cell that tells a unit of its own is in two units: it is set aside, never guessed."""
    for row in list(draft.data()):
        assert row.truth is not None
        if str(row.cells[AMOUNT]).endswith(_OWN_UNITS):
            row.truth = None
            continue
        shown = draft.options.get("shown_size", 1)
        row.truth = (*row.truth[:4], row.truth[4] * factor / shown, *row.truth[5:])


_scaled(
    {
        "in_ten_thousands": ("（万元）", 10_000),
        "in_thousands": ("(千元)", 1_000),
        "in_millions": ("（百万元）", 10**6),
        "in_k": (" ('000)", 1_000),
        "in_mn": (" (RMB mn)", 10**6),
    }
)


@pollution("header")
def unit_in_title(draft: Draft) -> None:
    draft.above[:0] = [["销售明细", "", "", "", "单位：万元"]]
    draft.merges[:] = [(t + 1, left, b + 1, right) for t, left, b, right in draft.merges]
    _multiply(draft, 10_000)


@pollution("quantity")
def unit_in_cells(draft: Draft) -> None:
    for row in draft.data():
        row.cells[QUANTITY] = f"{row.cells[QUANTITY]}箱"


@pollution("quantity")
def several_units_in_a_cell(draft: Draft) -> None:
    row = _line(draft, 2)
    row.cells[QUANTITY], row.truth = "3箱2瓶", None


@pollution("codes")
def digits_lost(draft: Draft) -> None:
    """Excel made numbers of order numbers: those rows are set aside, the others stand."""
    draft.header[-1].append("订单编号" if draft.language == "zh" else "Order number")
    for at, row in enumerate(one for one in draft.rows if one.data):
        row.cells += [""] * (len(draft.header[-1]) - 1 - len(row.cells)) + [f"20240301{at:010d}"]
    for row in (_line(draft, 6), _line(draft, 17)):
        row.cells[-1], row.truth = "1.23457E+17", None


@pollution("codes")
def codes_as_numbers(draft: Draft) -> None:
    """A program has kept order numbers as numbers, or a sign keeps them texts: all the same."""
    draft.header[-1].append("订单编号" if draft.language == "zh" else "Order number")
    written = ("{}", "{}.0", "'{}", "`{}", '="{}"', "{} ")
    for at, row in enumerate(one for one in draft.rows if one.data):
        row.cells += [""] * (len(draft.header[-1]) - 1 - len(row.cells))
        row.cells.append(written[at % len(written)].format(f"2024030{at:05d}"))


@pollution("codes", forms=("xlsx",))
def digits_lost_in_numbers(draft: Draft) -> None:
    """The same where the workbook holds the number, 18 digits shown, 15 kept."""
    draft.header[-1].append("订单编号" if draft.language == "zh" else "Order number")
    for at, row in enumerate(one for one in draft.rows if one.data):
        row.cells += [""] * (len(draft.header[-1]) - 1 - len(row.cells)) + [f"20240301{at:010d}"]
    row = _line(draft, 9)
    row.cells[-1], row.truth = Decimal(123456789012345678), None


def total_row(draft: Draft, at: int, said: str) -> list[Any]:
    total = sum((row.truth[4] for row in draft.rows if row.truth), Decimal(0))
    cells: list[Any] = [_LAST_DAY, "", "", "", total, "", ""]
    cells[at] = said
    return cells


def _dated_totals(names: dict[str, tuple[int, str, bool]]) -> None:
    """A sum with a date: skipped where a cell says so, set aside where it may be a name."""
    for name, (at, said, data) in names.items():

        def do(draft: Draft, at: int = at, said: str = said, data: bool = data) -> None:
            draft.rows.append(Row(total_row(draft, at, said), None, data=data))

        POLLUTIONS.append(Pollution(name, "below", ALL, do))


_dated_totals(
    {
        "dated_total": (PRODUCT, "合计", False),
        "dated_spaced_total": (CHANNEL, "合　计", False),
        "dated_total_with_colon": (PRODUCT, "Total:", False),
        "dated_total_in_brackets": (CHANNEL, "线上（小计）", False),
        "dated_online_total": (CHANNEL, "Online Total", False),
        "dated_running_total": (CHANNEL, "本年累计", True),
        "dated_average": (CHANNEL, "平均", True),
        "dated_of_which": (CUSTOMER, "其中：新客", True),
        "dated_unsaid_total": (CUSTOMER, "", True),
    }
)


@pollution("header", forms=TEXT)
def line_of_units(draft: Draft) -> None:
    draft.rows.insert(0, Row(["", "", "", "件", "元", "", ""], None, data=False))


@pollution("shape", forms=("csv", "html", "xml"))
def unquoted_thousands(draft: Draft) -> None:
    """1,234.50 without quotes: a cell too many in every row above a thousand."""
    if draft.form == "csv" and draft.separator != ",":
        return
    for row in draft.data():
        amount = row.cells[AMOUNT]
        if isinstance(amount, Decimal) and abs(amount) >= 1000:
            whole, part = divmod(abs(amount), 1000)
            row.cells[AMOUNT : AMOUNT + 1] = [int(whole), f"{part:06.2f}"]
            row.truth = None


@pollution("shape", forms=("csv", "html", "xml"))
def amount_split_once(draft: Draft) -> None:
    """A cell too many in one row, where all that follows reads as what its column holds."""
    row = _line(draft, 15)
    row.cells[AMOUNT : AMOUNT + 1] = ["12", "234.50"]
    row.truth = None


@pollution("note", forms=TEXT)
def unclosed_quote(draft: Draft) -> None:
    row = next(draft.data())
    row.cells[PRODUCT] = f'"{row.cells[PRODUCT]}\0raw'


@pollution("names")
def unseen_signs_in_names(draft: Draft) -> None:
    for row in list(draft.data())[::4]:
        row.cells[PRODUCT] = f"\u200b{row.cells[PRODUCT]}\u200e"


@pollution("names")
def letters_lost(draft: Draft) -> None:
    row = _line(draft, 10)
    row.cells[PRODUCT], row.truth = "\ufffd\ufffd水", None


@pollution("date", "dates_swapped")
def days_taken_for_months(draft: Draft) -> None:
    """Excel opened 5/3 as 3 May, and left 25/3 as text."""
    for row in draft.data():
        assert row.truth is not None
        day = row.truth[0]
        row.cells[DATE] = (
            day.replace(month=day.day, day=day.month) if day.day <= 12 else day.strftime("%d/%m/%Y")
        )


@pollution("second table", "rows")
def table_below(draft: Draft) -> None:
    draft.rows += [
        Row(cells, None, data=False)
        for cells in ([], ["月份", "渠道", "费用类型", "费用"], ["2024-03", "天猫", "广告", "500"])
    ]


@pollution("second table", "rows")
def same_headings_in_another_order(draft: Draft) -> None:
    names = list(draft.header[-1][:7])
    names[QUANTITY], names[AMOUNT] = names[AMOUNT], names[QUANTITY]
    draft.rows += [Row([], None, data=False), Row(names, None, data=False)]


@pollution("second table", "rows", forms=BOOKS)
def table_beside(draft: Draft) -> None:
    names = list(draft.header[-1][:7])
    draft.header[-1] += ["", *names]
    draft.rows[0].cells += ["", "2024-04-01", "x", "y", "1", "1", "z", ""]
