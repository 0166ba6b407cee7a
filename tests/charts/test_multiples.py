"""Small multiples: a panel per member, in order, with what a click needs."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis import over_time
from chanplan.charts import multiples
from chanplan.language.numbers import Formatter
from tests.charts.test_charts import WORDS

D = Decimal


def shown(count: int) -> pd.DataFrame:
    """So many members over two months: m0 sells most."""
    rows = [(month, f"m{at}", D(100 - at)) for month in (202401, 202402) for at in range(count)]
    frame = pd.DataFrame(rows, columns=["month", "channel", "net_sales"], dtype=object)
    return over_time.by_month(frame, "channel", most=5)


def test_a_panel_for_every_member_and_one_for_the_others() -> None:
    figure = multiples.multiples(shown(9), {}, Formatter("zh"), WORDS)
    assert [trace.customdata[0][0] for trace in figure.data] == ["m0", "m1", "m2", "m3", "m4", None]
    assert figure.data[-1].customdata[0][1] is True
    assert list(figure.data[0].y) == [100.0, 100.0]
    # others: 95 + 94 + 93 + 92
    assert list(figure.data[-1].y) == [374.0, 374.0]
    assert [note.text.rsplit(" ", 1)[-1] for note in figure.layout.annotations][:2] == [
        "<b>100</b>", "<b>99</b>",
    ]  # fmt: skip


def test_panels_stand_beside_and_below_each_other() -> None:
    layout = multiples.multiples(shown(4), {}, Formatter("zh"), WORDS).layout
    first, second, fourth = layout.xaxis, layout.xaxis2, layout.xaxis4
    assert first.domain[1] < second.domain[0] and fourth.domain == first.domain
    assert layout.yaxis4.domain[1] < layout.yaxis.domain[0]


def test_nothing_to_draw() -> None:
    assert len(multiples.multiples(shown(0), {}, Formatter("zh"), WORDS).data) == 0
