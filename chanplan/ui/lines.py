"""Sales lines as they are counted, page by page, each with its file and the line there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from chanplan.domain.line_types import LINE_TYPES
from chanplan.domain.names import MATCHED
from chanplan.domain.scope import Scope
from chanplan.domain.tables import table
from chanplan.reports.tables import Kind
from chanplan.ui import session, tables
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column

LINES_A_PAGE = 100
# Lines in one download: more than a sheet holds is no use to anyone with a spreadsheet.
MOST_SAVED = 1_000_000
# Columns of a line in the order a person checks them: where it stands, how much, of what.
COLUMNS = (
    "file", "sheet", "line", "date", "line_type", "quantity", "unit", "amount_with_tax",
    "amount_without_tax", "channel", "product", "category", "partner", "region", "customer",
    "salesperson", "order_number", "list_with_tax", "cost_with_tax", "currency", "rate",
    *(f"{dimension}_in_file" for dimension in MATCHED),
    "type_in_file", "status", "table_rate", "rate_by",
)  # fmt: skip
_PRICES = ("amount_with_tax", "amount_without_tax", "list_with_tax", "cost_with_tax")
_HEADINGS = {"file": "imports.file", "sheet": "imports.sheet", "line": "set_aside.line"}
# Where a line's column has another name than the field of the sales table.
_FIELDS = {"order_number": "order"}


def of_batch(batch: int, count: int) -> None:
    """All lines of one import, whether they count or not."""
    fetch = lambda limit, offset: workspace().lines(None, limit, offset, batch)  # noqa: E731
    _paged(fetch, count, f"lines_{batch}", say("data.lines_alt"), say("line.file", name=batch))


def behind(scope: Scope, key: str) -> None:
    """The lines behind a number, fetched only once a person opens them."""
    opened = st.expander(say("behind.lines"), key=key, on_change="rerun")
    if not opened.open:
        return
    with opened:
        count, money = session.sum_of_lines(scope)
        told = say("behind.sum", count=figures().count(count), sum=figures().exact(money))
        if count > session.MOST_LINES:
            count = session.MOST_LINES
            told = f"{told}  \n{say('behind.many', most=figures().count(count))}"
        st.caption(told)
        fetch = lambda limit, offset: workspace().lines(scope, limit, offset)  # noqa: E731
        span = figures().span(scope.period.first, scope.period.last)
        saved = say("line.file", name=span)
        _paged(fetch, count, f"{key}_lines", say("behind.lines_alt"), saved)


def _paged(
    fetch: Callable[[int, int], pd.DataFrame], count: int, key: str, alt: str, file_name: str
) -> None:
    """One page of `fetch(limit, offset)`, how many lines there are, the way to the others, and
    all of them to take away."""
    pages = max(1, -(-count // LINES_A_PAGE))
    page = min(int(st.session_state.get(f"{key}_page") or 1), pages)
    lines = fetch(LINES_A_PAGE, (page - 1) * LINES_A_PAGE)
    known = [name for name in COLUMNS if name in lines and lines[name].notna().any()]
    columns = [Column(name, _heading(name), _kind(name)) for name in known]
    # Looked up now: a download is made later, where nobody knows the reader's language.
    kinds = {kind: say(f"line_types.{kind}") for kind in LINE_TYPES}
    kinds |= {name: say(f"company.by_{name}") for name in ("product", "category")}
    tables.show(_told(lines, kinds), columns, key, alt)
    saved = [Column(name, _heading(name), _kind(name)) for name in COLUMNS if name in lines]
    tables.downloads(lambda: _told(fetch(MOST_SAVED, 0), kinds), saved, file_name, key)
    with st.container(horizontal=True, vertical_alignment="center"):
        told = say("data.lines_count", count=figures().count(count), each=LINES_A_PAGE)
        st.caption(told, width="stretch")
        if pages > 1:
            st.pagination(pages, key=f"{key}_page")


def _told(lines: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The lines with what is told of them in the reader's words."""
    told = lines.copy()
    for name in ("line_type", "type_in_file", "rate_by"):
        if name in told:
            told[name] = [kinds.get(str(one)) for one in lines[name]]
    return told


def _heading(name: str) -> str:
    if name in _HEADINGS:
        return say(_HEADINGS[name])
    if name.removesuffix("_in_file") in MATCHED and name not in MATCHED:
        return say("line.in_file", heading=_heading(name.removesuffix("_in_file")))
    declared = table("sales").columns.get(_FIELDS.get(name, name))
    if declared is not None:
        return declared.zh if language() == "zh" else declared.en
    return say(f"line.{name}")


def _kind(name: str) -> Kind:
    kinds: dict[str, Kind] = {"date": "date", "line": "count", "quantity": "quantity",
                              "table_rate": "rate"}  # fmt: skip
    return kinds.get(name, "price" if name in _PRICES else "text")
