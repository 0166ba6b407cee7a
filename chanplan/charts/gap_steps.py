"""From what a target asks by now, over last year's sales, down to what was sold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.gap_bridge import ASKS, GapPart
from chanplan.charts import waterfall
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.waterfall import BridgeWords, Row
from chanplan.language.numbers import Formatter

BASE = "base"


@dataclass(frozen=True)
class GapWords:
    """What should have been sold, what was a year before, what was; each step's name and sense."""

    due: str
    base: str
    actual: str
    steps: Mapping[str, str]
    says: Mapping[str, str]


def rows_of(part: GapPart, words: GapWords) -> list[Row]:
    """The bars from top to bottom; last year's sales stand between what the target asks more
    than they were and what became of them."""
    rows = [Row("", words.due, ZERO, part.due, total=True)]
    level = part.due
    for step in (ASKS, *(step for step in part.told if step != ASKS)):
        # What the target asks more takes the level down to last year's: due → base.
        end = level + part.steps[step]
        rows.append(Row(step, words.steps[step], level, end))
        level = end
        if step == ASKS:
            rows.append(Row(BASE, words.base, ZERO, level, total=True))
    return [*rows, Row("", words.actual, ZERO, part.actual, total=True)]


def gap_steps(
    part: GapPart, formatter: Formatter, words: GapWords, look: Look = LIGHT
) -> go.Figure:
    """The waterfall of a part that has a base; steps in points of what should have been sold."""
    told = BridgeWords(words.base, words.actual, words.steps, words.says, {})
    return waterfall.of_rows(rows_of(part, words), part.due, formatter, told, look=look)
