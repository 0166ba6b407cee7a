"""Pollutions of a sheet's layout: what stands above, below and between, headers, merged cells."""

from __future__ import annotations

from decimal import Decimal

from tests.ingest.polluted.draft import AMOUNT, CHANNEL, CUSTOMER, DATE, NOTE, Draft, Row
from tests.ingest.polluted.pollutions import BOOKS, TEXT, other_currency, pollution, shift


@pollution("above")
def titles(draft: Draft) -> None:
    draft.above[:0] = [["2024年3月销售明细"], [], ["导出人：张三", "2024-04-01"]]


@pollution("above", forms=("xlsx", "html", "xml"))
def merged_title(draft: Draft) -> None:
    shift(draft, 1)
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
    shift(draft, 1, below=len(draft.above))
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


@pollution("shape", forms=("csv", "html", "xml"))
def surplus_cell(draft: Draft) -> None:
    """A separator too many early in the row: everything after it stands one to the right."""
    row = draft.rows[17]
    row.cells.insert(CHANNEL, "")
    row.truth = None


@pollution("shape", forms=("csv", "html"))
def missing_cell(draft: Draft) -> None:
    """A separator too few: everything after it stands one to the left."""
    row = draft.rows[18]
    del row.cells[CUSTOMER]
    row.truth = None
