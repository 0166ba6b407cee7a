"""The waterfall: where bars stand, what is written beside them and what a hover says."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from chanplan.analysis.bridge import STEPS, Bridge
from chanplan.charts import axes
from chanplan.charts.palette import DARK, LIGHT
from chanplan.charts.waterfall import BridgeWords, rows_of, waterfall
from chanplan.language.numbers import Formatter

D = Decimal
ZH = Formatter("zh")
NAMES = (*STEPS, "continuing")
WORDS = BridgeWords(
    base="2023年",
    now="2024年",
    steps={name: f"〈{name}〉" for name in NAMES},
    says={name: f"{name} 的意思" for name in NAMES},
    formulas={name: f"{name} 的算法 <式>" for name in NAMES},
)


def bridge(base: int, given: int = 0, **steps: int) -> Bridge:
    told = {step: D(steps.get(step, 0)) for step in STEPS}
    items = pd.DataFrame({"given": [D(given)], "given_base": [D(0)]}, dtype=object)
    return Bridge(("product",), D(base), D(base) + sum(told.values()), told, items, False, False)


BIG = bridge(10_000_000, volume=1_200_000, price=-600_000, new=400_000)


def test_each_step_begins_where_the_one_before_ended() -> None:
    rows = [(row.step, int(row.start), int(row.end)) for row in rows_of(BIG, WORDS)]
    assert rows == [
        ("", 0, 10_000_000),
        ("volume", 10_000_000, 11_200_000),
        ("price", 11_200_000, 10_600_000),
        ("continuing", 0, 10_600_000),
        ("new", 10_600_000, 11_000_000),
        ("", 0, 11_000_000),
    ]


def test_a_subtotal_needs_steps_on_both_sides_of_it() -> None:
    assert [row.step for row in rows_of(bridge(10, volume=5), WORDS)] == ["", "volume", ""]
    assert [row.step for row in rows_of(bridge(10, lost=-5), WORDS)] == ["", "lost", ""]
    told = [row.step for row in rows_of(bridge(10, given=3, volume=5), WORDS)]
    assert told == ["", "volume", "continuing", "gifts", ""]


def test_bars_lie_between_their_levels_and_say_which_step_they_are() -> None:
    [bar] = waterfall(BIG, ZH, WORDS).data
    ends = [start + length for start, length in zip(bar.base, bar.x, strict=True)]
    assert ends == [10e6, 11.2e6, 10.6e6, 10.6e6, 11e6, 11e6]
    assert (bar.base[1], bar.x[1], bar.base[2], bar.x[2]) == (10e6, 1.2e6, 11.2e6, -0.6e6)
    assert [list(data) for data in bar.customdata][1:4] == [
        ["volume", False], ["price", False], ["continuing", True],
    ]  # fmt: skip


def test_small_steps_cut_the_totals_and_large_ones_begin_at_zero() -> None:
    """Levels from 10M to 11.2M: the axis begins half their span below, and totals are marked."""
    figure = waterfall(BIG, ZH, WORDS)
    assert figure.layout.xaxis.range[0] == 9.4e6
    gaps = [shape for shape in figure.layout.shapes if shape.type == "path"]
    assert len(gaps) == 3
    large = waterfall(bridge(100, volume=80, price=-30), ZH, WORDS)
    assert large.layout.xaxis.range[0] == 0
    assert not [shape for shape in large.layout.shapes if shape.type == "path"]


def test_the_sign_says_what_the_colour_says() -> None:
    for look in (LIGHT, DARK):
        figure = waterfall(BIG, ZH, WORDS, look=look)
        [bar] = figure.data
        assert (bar.marker.color[1], bar.marker.color[2]) == (look.good, look.bad)
        told = {note.text: note.font.color for note in figure.layout.annotations}
        assert told["+120.0万"] == look.good and told["-60.0万"] == look.bad
        assert told["1,000.0万"] == look.ink and "+12.0 pp" in told


def test_a_hover_explains_the_step_in_words_and_formula() -> None:
    [bar] = waterfall(BIG, ZH, WORDS).data
    assert bar.hovertext[2].split("<br>") == [
        "<b>〈price〉</b>",
        "-60.0万 · -600,000.00 · -6.0 pp",
        "price 的意思",
        "price 的算法 &lt;式&gt;",
    ]
    assert bar.hovertext[0] == "<b>2023年</b><br>10,000,000.00"


def test_ticks_carry_the_unit_once_and_lie_within_the_axis() -> None:
    axis = waterfall(BIG, ZH, WORDS).layout.xaxis
    assert list(axis.ticktext) == ["1,000", "1,100万"]
    assert all(axis.range[0] <= at <= axis.range[1] for at in axis.tickvals)
    assert axes.between(D(7), D(7), ZH).texts == ("7",)


def test_nothing_sold_before_or_all_returned_is_drawn_too() -> None:
    for found in (bridge(0, new=50), bridge(-20, other=-10), bridge(0)):
        figure = waterfall(found, ZH, WORDS)
        low, high = figure.layout.xaxis.range
        assert low < high and not any("pp" in note.text for note in figure.layout.annotations)
