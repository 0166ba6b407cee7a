"""The headings of a sheet, one a column, from one line or from two that stand above each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chanplan.ingest.headers import normal, vocabulary
from chanplan.ingest.reading.sheet import Sheet
from chanplan.ingest.reading.staged import usual_width

# Lines of headings that a table may have.
DEEPEST = 2
# What stands above may make another thing of what stands below: last year's amount is none.
_ALTERS = re.compile(
    r"去年|上年|前年|同期|上期|上月|目标|预算|计划|任务|退货|退款|成本|累计|预测|同比|环比|库存|月$"
    r"|lastyear|prior|previous|target|budget|plan|return|refund|cost|ytd|cumulat|forecast|stock|^(?:19|20)\d\d年?$"
)


def headings(sheet: Sheet, line: int, deep: int = 1) -> tuple[str, ...]:
    """The headings that end in this line (0: those the format states), '' for an empty cell.

    deep  2 takes the line above as well: "一月 | 二月" over "数量 | 金额 | 数量 | 金额" is
          "一月 数量", "一月 金额" …; where the lower word says it alone, it stands alone
    """
    if line == 0 or deep == 1:
        return tuple(map(_bare, (sheet.header or ()) if line == 0 else sheet.top[line - 1]))
    lower = _padded(sheet, line)
    upper = _spread(sheet, line - 1, lower)
    often = Counter(map(normal, lower))
    return tuple(
        _joined(above, below, alone=often[normal(below)] == 1)
        for above, below in zip(upper, lower, strict=True)
    )


def two_lines(sheet: Sheet, line: int) -> bool:
    """Whether the line above could be headings too: several of them, above more of them."""
    if line < DEEPEST:
        return False
    above, below = sheet.top[line - 2], sheet.top[line - 1]
    told = sum(1 for cell in above if _bare(cell))
    free = any(
        not _bare(above[at] if at < len(above) else "")
        for at, cell in enumerate(below)
        if _bare(cell)
    )
    return told > 1 and (free or any(not _bare(cell) for cell in below[: len(above)]))


def _padded(sheet: Sheet, line: int) -> list[str]:
    """The lower line, as wide as the rows below it and the line above allow."""
    lower = [_bare(cell) for cell in sheet.top[line - 1]]
    above = len(sheet.top[line - 2])
    width = max(len(lower), min(above, usual_width(line, sheet.top)))
    return lower + [""] * (width - len(lower))


def _spread(sheet: Sheet, line: int, lower: Sequence[str]) -> list[str]:
    """A line filled to the right: over its merged cells, else over the blanks above words."""
    row = [_bare(cell) for cell in sheet.top[line - 1]][: len(lower)]
    row += [""] * (len(lower) - len(row))
    ranges = [one for one in sheet.merges if one[0] <= line <= one[2]]
    for _, left, _, right in ranges:
        row[left + 1 : right + 1] = [row[left]] * (min(right, len(row) - 1) - left)
    if not ranges:
        for at in range(1, len(row)):
            row[at] = row[at] or (row[at - 1] if lower[at] else "")
    return row


def _joined(above: str, below: str, alone: bool) -> str:
    both = f"{above} {below}".strip()
    if not above or not below or normal(above) == normal(below):
        return below or above
    if alone and normal(both) not in vocabulary() and not _ALTERS.search(normal(above)):
        return below
    return both


def _bare(cell: str | None) -> str:
    return (cell or "").strip("\ufeff \u3000\t")
