"""Why targets are missed: what was sold this year and last, asked for the gap's own days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from chanplan.analysis import bridge, gap_bridge
from chanplan.analysis.bridge_items import NO_FATES, PRODUCT, fates
from chanplan.analysis.gap_bridge import Gap, Span
from chanplan.analysis.tracked import Tracked
from chanplan.domain import same_days
from chanplan.domain.errors import BadQueryError
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

Ask = Callable[[MetricQuery | Question], pd.DataFrame]
# Spans that are asked for, those of most members first: a member of any other has no base.
MOST_SPANS: Final = 6


def gap(ask: Ask, made: Tracked, scope: Scope, has_products: bool) -> Gap | None:
    """The gaps of targets of net sales, taken apart; see `gap_bridge.gap`. Where there are too
    many products, items are members alone, so that there is no mix within them."""
    level = made.asked.by
    finest = (*level, *((PRODUCT,) if has_products and PRODUCT not in level else ()))
    for by in dict.fromkeys((finest or ("channel",), level or ("channel",))):
        try:
            sold = _sold(ask, made, scope, by)
        except BadQueryError as fault:
            if fault.code != "answer_too_long":
                raise
            continue
        asked = bridge.fates_question(scope, by)
        return gap_bridge.gap(made, sold, by, fates(ask(asked)) if asked else NO_FATES)
    return gap_bridge.gap(made, {}, level)


def _sold(ask: Ask, made: Tracked, scope: Scope, by: tuple[str, ...]) -> dict[Span, pd.DataFrame]:
    judged = gap_bridge.spans(made)
    most = sorted(judged, key=lambda span: (() not in judged[span], -len(judged[span])))
    return {span: ask(_question(made, scope, span, by)) for span in most[:MOST_SPANS]}


def _question(made: Tracked, scope: Scope, span: Span, by: tuple[str, ...]) -> Question:
    """A span beside the same days a year before."""
    base, cut_off = span.months.last_year(), made.asked.cut_off_day
    days = None
    if not span.is_whole(cut_off):
        days = same_days.to_date(span.months, base, span.until, cut_off)
    return bridge.question(replace(scope, period=span.months, days=days), base, by)
