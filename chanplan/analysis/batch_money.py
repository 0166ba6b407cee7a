"""Where the money of each import is today: loaded = counted + not a sale + refunds + elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any, Final, Literal

import pandas as pd

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.stocktaking import SALES

# counted    makes net sales
# apart      of lines that are no sales
# refunded   refunds in the file's own rows that came off its amounts
# elsewhere  told by another file or source instead, or switched off; below zero where the
#            amounts of other files' orders have come to these lines
PARTS: Final = ("counted", "apart", "refunded", "elsewhere")
_COLUMNS: Final = (*PARTS, "uncounted", "state")
Row = Mapping[Hashable, Any]
State = Literal["on", "off", "partly", "replaced", "aside"]


def placed(batches: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """In: `Workspace.imports.all` and `.money`. Out: the same imports with a column for each of
    PARTS, which make up `sum_loaded`, `uncounted`, the last three of them together, and `state`;
    None for a table that makes no sales. Of returns and the like, which load no money, only
    `counted` is known."""
    known = {int(row["batch"]): row for row in told.to_dict("records")}
    rows = [_row(row, known.get(int(row["batch"]))) for row in batches.to_dict("records")]
    found = pd.DataFrame(rows, columns=list(_COLUMNS), index=batches.index, dtype=object)
    return batches.assign(**{name: found[name] for name in found.columns})


def _row(row: Row, told: Row | None) -> tuple[object, ...]:
    state: State = "on" if row["active"] else "off"
    if row["table"] != SALES:
        return told["counted"] if told else None, None, None, None, None, state
    if row["active"] and not row["rows_loaded"] and row["rows_set_aside"]:
        return ZERO, ZERO, ZERO, ZERO, ZERO, "aside"
    counted, apart, returned = (
        _money(told[name]) if told else ZERO for name in ("counted", "apart", "refunded")
    )
    rest = _money(row["sum_loaded"]) - counted - apart
    # Where the file's amounts are without its refunds, what was paid and the return cancel out.
    refunded = -returned if returned and rest == -returned else ZERO
    elsewhere = rest - refunded
    if row["active"] and elsewhere:
        state = "partly" if told and counted else "replaced"
    return counted, apart, refunded, elsewhere, apart + rest, state


def _money(told: object) -> Decimal:
    return told if isinstance(told, Decimal) else ZERO
