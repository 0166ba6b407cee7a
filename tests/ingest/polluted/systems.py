"""Pollutions of other systems' exports, and of what people do to them afterwards."""

from __future__ import annotations

from tests.ingest.polluted.draft import AMOUNT, Draft, Row
from tests.ingest.polluted.pollutions import TEXT, pollution


@pollution("second table", "rows_twice")
def pasted_twice(draft: Draft) -> None:
    """All rows once more below: twice as many sales, or the same ones pasted again."""
    if not draft.merges:
        draft.rows += [Row(list(row.cells), row.truth, row.data) for row in draft.rows]


@pollution("between", "sections_in_rows")
def section_of_returns(draft: Draft) -> None:
    told = "退货明细" if draft.language == "zh" else "Returns"
    draft.rows.insert(12, Row([told, *[""] * 6], None, data=False))


@pollution("between", "sections_in_rows")
def section_in_dollars(draft: Draft) -> None:
    draft.rows.insert(14, Row(["USD", *[""] * 6], None, data=False))


@pollution("header")
def pivot_headings(draft: Draft) -> None:
    told = "求和项:" if draft.language == "zh" else "Sum of "
    draft.header[-1][AMOUNT] = f"{told}{draft.header[-1][AMOUNT]}"


@pollution("cells", forms=TEXT)
def tab_behind_cells(draft: Draft) -> None:
    """As shops keep their order numbers from becoming numbers in Excel."""
    for row in draft.rows:
        row.cells = [f"{cell}\t" if isinstance(cell, str) and cell else cell for cell in row.cells]
