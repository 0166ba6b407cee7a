"""Years, quarters and months that targets are set for, as the reader picks one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

import pandas as pd
import streamlit as st

from chanplan.domain import calendar
from chanplan.domain.period import Period, shift
from chanplan.ui import address, session
from chanplan.ui.session import figures, say

Row = Mapping[Any, Any]
KINDS: Final = ("year", "quarter", "month")
LENGTHS: Final = {"year": 12, "quarter": 3, "month": 1}


def chosen_span(kind: str, row: Row, last: int) -> Period:
    """A year, quarter or month between the first and the last target; the one of the data."""
    starts = session.settings().fiscal_year_start_month
    first, end = (_month(row[name]) for name in ("first", "last"))
    months = [month for month in Period(first, shift(end, LENGTHS["year"] - 1))
              if _begins(kind, month, starts)]  # fmt: skip
    before = [month for month in Period(shift(first, -11), first) if _begins(kind, month, starts)]
    spans = [Period(month, shift(month, LENGTHS[kind] - 1)) for month in (*before[-1:], *months)]
    spans = [span for span in dict.fromkeys(spans) if span.first <= end and span.last >= first]
    usual = next((span for span in spans if last in span), spans[-1])
    show = {str(span.first): _span(kind, span, starts) for span in reversed(spans)}
    with st.container(width=180):
        label, key = say(f"targets.{kind}"), f"target_{kind}"
        chosen = address.choice(key, list(show), str(usual.first), label, show.__getitem__)
    return Period(int(chosen), shift(int(chosen), LENGTHS[kind] - 1))


def cut_off() -> int:
    """The day on which a month closes."""
    return session.settings().cut_off_day or calendar.MONTH_END


def _begins(kind: str, month: int, starts: int) -> bool:
    return (month % 100 - starts) % LENGTHS[kind] == 0


def _span(kind: str, span: Period, starts: int) -> str:
    write = figures()
    if kind == "month":
        return write.month(span.first)
    if kind == "quarter":
        return write.span(span.first, span.last)
    year = calendar.fiscal_year(span.first, starts)
    return write.year(year) if starts == 1 else write.fiscal_year(year)


def _month(day: object) -> int:
    told = pd.Timestamp(cast("str", day))
    return told.year * 100 + told.month
