"""Tables of the same headings in one sheet: below each other, told apart by their titles (销售额,
then 销量), or beside each other without a gap."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chanplan.ingest.headers import normal
from chanplan.ingest.read import Sheet

# What a title may say that makes the numbers below it others than those above.
_MEASURES = re.compile(
    r"销售额|销售金额|金额|销量|销售量|数量|件数|箱数|目标|预算|计划|实际|去年|上年|同期|今年|本年|成本|毛利|利润|费用|退货"
    r"|amount|revenue|quantity|volume|units|target|budget|actual|cost|profit|margin|last year",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?:19|20)\d\d|\d{1,2} ?月|上半年|下半年|季度")
# Fewer cells that say the same may do so by chance.
_SEVERAL = 3


def retitled(sheet: Sheet, header: tuple[int, int], line: int, undated: bool) -> bool:
    """Whether the headings stand once more in a line, below a title that tells of something else
    than the one above them.

    header   the line of the headings, and of how many lines they are
    undated  whether titles tell the year or the month of the rows, since no column does so whole
    """
    row, first = sheet.top[line - 1], sheet.top[header[0] - 1] if header[0] else ()
    if _first(row) != _first(first) or len(_told(row)) < _SEVERAL or _told(row) != _told(first):
        return False
    own, other = (_says(sheet, at - header[1], undated) for at in (header[0], line))
    return bool(other) and own != other


def heads_once(sheet: Sheet, line: int, deep: int, headers: Sequence[str]) -> list[str]:
    """What stands over each column, to be held against what stands over others; of two lines of
    headings both, as they are, since cells may be merged in one table and blank in the next.
    """
    if deep == 1 or line < deep:
        return [normal(head) for head in headers]
    rows = sheet.top[line - deep : line]
    width = max(map(len, rows))
    told = [[row[at] if at < len(row) else None for row in rows] for at in range(width)]
    return [normal(" ".join(filter(None, cells))) for cells in told]


def halves(heads: Sequence[str]) -> int:
    """How many headings stand there before all of them stand there once more; 0 where not."""
    told = list(heads)
    while told and not told[-1]:
        told.pop()
    half = len(told) // 2
    twice = half >= _SEVERAL and told[:half] == told[half:] and all(told)
    return half if twice and len(set(told)) == half else 0


def _says(sheet: Sheet, line: int, undated: bool) -> list[str]:
    """The measures and times that the lone line at or above a line tells of."""
    while line > 0 and not any(sheet.top[line - 1]):
        line -= 1
    cells = _told(sheet.top[line - 1]) if line > 0 else []
    if len(cells) != 1:
        return []
    return [*_MEASURES.findall(cells[0]), *(_TIMES.findall(cells[0]) if undated else ())]


def _first(row: Sequence[str | None]) -> str | None:
    """The first of them, which tells most rows from headings."""
    return next((cell.strip() for cell in row if cell and cell.strip()), None)


def _told(row: Sequence[str | None]) -> list[str]:
    return [cell.strip() for cell in row if cell and cell.strip()]
