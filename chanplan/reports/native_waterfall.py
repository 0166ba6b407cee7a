"""A waterfall of a workbook's own: stacked columns over a ground that nobody sees.

No spreadsheet of ten years ago has a kind of its own for it. What the columns need is worked
out by formulas on a hidden sheet, so that the chart follows the cells of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from chanplan.analysis.arithmetic import ZERO
from chanplan.charts.palette import HUES, LIGHT

# The columns of the hidden sheet: where each row ends, and what is drawn of it; what rises and
# what falls has one part above nought and one below.
LEVEL, GROUND, TOTAL, ROSE, ROSE_BELOW, FELL, FELL_BELOW = range(7)
_COLOURS = {
    TOTAL: HUES[0], ROSE: LIGHT.good, ROSE_BELOW: LIGHT.good, FELL: LIGHT.bad, FELL_BELOW: LIGHT.bad
}  # fmt: skip


def series(
    book: Any, table: str, place: int, moneys: Sequence[Decimal], totals: Sequence[int]
) -> list[dict[str, Any]]:
    """The series of the chart. `place`: the column of the money on the sheet `table`, whose first
    row is its heading; `moneys`: what stands there; `totals`: rows that stand from nought."""
    sheet = book.add_worksheet(_free_name(book))
    sheet.hide()
    level = ZERO
    for at, money in enumerate(moneys):
        _row(sheet, at, _reference(table, at, place), money, level, at in totals)
        level = money if at in totals else level + money
    last = len(moneys) - 1
    told = []
    for column in range(GROUND, FELL_BELOW + 1):
        colour = _COLOURS.get(column)
        fill = {"none": True} if colour is None else {"color": colour}
        values = [sheet.name, 0, column, last, column]
        told.append({"values": values, "fill": fill, "gap": 40})
    return told


def _row(sheet: Any, at: int, cell: str, money: Decimal, before: Decimal, total: bool) -> None:
    """The formulas of one row, each with the value it has."""
    if total:
        sheet.write_formula(at, LEVEL, f"={cell}", None, float(money))
        sheet.write_formula(at, TOTAL, f"={cell}", None, float(money))
        return
    was, now = (f"A{at}" if at else "0"), f"A{at + 1}"
    level = before + money
    sheet.write_formula(at, LEVEL, f"={was}+{cell}", None, float(level))
    low, high = min(before, level), max(before, level)
    parts = (max(high, ZERO) - max(low, ZERO), min(low, ZERO) - min(high, ZERO))
    lows, highs = f"MIN({was},{now})", f"MAX({was},{now})"
    ground = max(low, ZERO) + min(high, ZERO)
    sheet.write_formula(at, GROUND, f"=MAX({lows},0)+MIN({highs},0)", None, float(ground))
    above, below = f"MAX({highs},0)-MAX({lows},0)", f"MIN({lows},0)-MIN({highs},0)"
    rose = level >= before
    for columns, sign, is_so in (
        ((ROSE, ROSE_BELOW), ">=", rose),
        ((FELL, FELL_BELOW), "<", not rose),
    ):
        for column, formula, part in zip(columns, (above, below), parts, strict=True):
            told = f"=IF({now}{sign}{was},{formula},0)"
            sheet.write_formula(at, column, told, None, float(part) if is_so else 0)


def _reference(table: str, at: int, place: int) -> str:
    from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

    return f"{quote_sheetname(table)}!{xl_rowcol_to_cell(at + 1, place)}"


def _free_name(book: Any) -> str:
    """A name that no sheet has, upper and lower case being the same to a spreadsheet."""
    taken = {sheet.name.lower() for sheet in book.worksheets()}
    return next(name for name in ("waterfall", "waterfall 2") if name not in taken)
