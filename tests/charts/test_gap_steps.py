"""The waterfall of a gap: from what was due over last year's sales to what was sold."""

from __future__ import annotations

from decimal import Decimal

from chanplan.analysis.gap_bridge import GAP_STEPS, GapPart
from chanplan.charts.gap_steps import GapWords, gap_steps, rows_of
from chanplan.language.numbers import Formatter

D = Decimal
WORDS = GapWords("应达到", "去年", "实际", {n: n for n in GAP_STEPS}, {n: n for n in GAP_STEPS})
STEPS = {"asks": D(-64), "volume": D(60), "price": D(-12)}
PART = GapPart("whole", None, D(364), D(300), D(348), STEPS)


def test_bars_go_down_to_last_year_and_on_to_what_was_sold() -> None:
    told = [(row.name, int(row.start), int(row.end), row.total) for row in rows_of(PART, WORDS)]
    assert told == [
        ("应达到", 0, 364, True), ("asks", 364, 300, False), ("去年", 0, 300, True),
        ("volume", 300, 360, False), ("price", 360, 348, False), ("实际", 0, 348, True),
    ]  # fmt: skip
    [bar] = gap_steps(PART, Formatter("zh"), WORDS).data
    assert list(bar.y) == [0, 1, 2, 3, 4, 5]
