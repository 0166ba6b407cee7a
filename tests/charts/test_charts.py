"""Figures: what is drawn, what is written beside it and what a hover says."""

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from chanplan.analysis import movers, over_time, shares
from chanplan.charts import bars, palette, sparkline, trend
from chanplan.charts import movers as mover_bars
from chanplan.charts.canvas import config
from chanplan.charts.palette import DARK, LIGHT
from chanplan.charts.words import Words
from chanplan.language.numbers import Formatter

D = Decimal
ZH = Formatter("zh")
WORDS = Words(
    measure="净销售额",
    total="当月合计",
    share="占比",
    growth="同比",
    base="去年同期",
    change="变化",
    share_change="占比变化",
    contribution="增长贡献",
    others="其他 {count} 个",
    missing="未注明",
    labels={"C01": "天猫 <旗舰店>"},
)
ORDER = ["C01", "京东", "抖音"]
COLOURS = palette.colours(ORDER)


def monthly(*rows: tuple[int, str | None, int]) -> pd.DataFrame:
    columns = {"month": [row[0] for row in rows], "channel": [row[1] for row in rows]}
    return pd.DataFrame({**columns, "net_sales": pd.Series([D(r[2]) for r in rows], dtype=object)})


def compared(*rows: tuple[str | None, int, int | None]) -> pd.DataFrame:
    bases = [None if row[2] is None else D(row[2]) for row in rows]
    return pd.DataFrame(
        {
            "channel": pd.Series([row[0] for row in rows], dtype=object),
            "net_sales": pd.Series([D(row[1]) for row in rows], dtype=object),
            "net_sales__base": pd.Series(bases, dtype=object),
        }
    )


MONTHS = over_time.by_month(
    monthly((202312, "C01", 300_000), (202312, "京东", 100_000), (202402, None, -50_000)), "channel"
)
MEMBERS = compared(("C01", 900_000, 600_000), ("京东", 300_000, 400_000), (None, 1, None))


def test_a_colour_belongs_to_a_member() -> None:
    assert COLOURS["京东"] == palette.HUES[1]
    assert palette.colours([*ORDER, "z"])["京东"] == COLOURS["京东"]
    assert COLOURS[None] == palette.MISSING
    assert palette.colour_of("unheard of", False, COLOURS) == palette.OTHERS
    many = palette.colours([f"m{at:02}" for at in range(24)])
    assert len(set(many.values())) == 25


def test_the_tool_bar_saves_a_picture_and_nothing_else() -> None:
    told = config("渠道", "存", "…", "好", "坏")
    assert told["modeBarButtons"] == [["toImage"]] and not told["displaylogo"]
    assert told["toImageButtonOptions"]["filename"] == "渠道"
    assert told["locales"][told["locale"]]["dictionary"]["Download plot as a PNG"] == "存"


def test_stacked_columns() -> None:
    figure = trend.columns(MONTHS, COLOURS, ZH, WORDS, "天猫带动增长")
    assert [trace.name for trace in figure.data] == ["天猫 &lt;…店&gt;", "京东", "未注明"]
    first = figure.data[0]
    assert (list(first.y), first.marker.color) == ([300_000.0], COLOURS["C01"])
    assert list(first.customdata[0]) == ["C01", False, 202312]
    assert first.hovertext[0].split("<br>") == [
        "<b>天猫 &lt;旗舰店&gt;</b> · 2023年12月",
        "净销售额 30.0万",
        "占比 75.0%",
        "当月合计 40.0万",
    ]
    assert figure.layout.barmode == "relative"
    assert figure.layout.title.text == "天猫带动增长"


def test_a_missing_month_stays_a_gap() -> None:
    figure = trend.columns(MONTHS, COLOURS, ZH, WORDS)
    assert list(figure.layout.xaxis.ticktext) == ["12月<br>2023年", "1月<br>2024年", "2月"]
    assert figure.data[2].x[0] - figure.data[0].x[0] == 2


def test_amount_ticks_are_ours() -> None:
    figure = trend.columns(MONTHS, COLOURS, ZH, WORDS)
    assert list(figure.layout.yaxis.ticktext) == ["0", "10", "20", "30", "40万"]


def test_lines_break_where_a_month_is_missing() -> None:
    shown = over_time.by_month(monthly((202401, "京东", 1), (202403, "京东", 3)), "channel")
    [line] = trend.lines(shown, COLOURS, ZH, WORDS).data
    assert list(line.y) == [1.0, None, 3.0]
    assert line.line.color == COLOURS["京东"]


def test_shares_of_a_month_are_the_whole() -> None:
    figure = trend.shares(MONTHS, COLOURS, ZH, WORDS)
    assert [list(trace.y) for trace in figure.data] == [[0.75], [0.25], [None]]
    assert list(figure.layout.yaxis.ticktext) == ["0%", "25%", "50%", "75%", "100%"]


def test_share_bars() -> None:
    figure = bars.share_bars(shares.shares(MEMBERS, "channel"), COLOURS, ZH, WORDS)
    [bar] = figure.data
    assert list(bar.x) == [900_000.0, 300_000.0, 1.0]
    assert bar.hovertext[0].split("<br>") == [
        "<b>天猫 &lt;旗舰店&gt;</b>",
        "净销售额 900,000.00",
        "占比 75.0%",
        "去年同期 600,000.00",
        "变化 +30.0万",
        "同比 +50.0%",
        "占比变化 +15.0 pp",
        "增长贡献 +30.0 pp",
    ]
    beside = {(note.y, note.text): note.font.color for note in figure.layout.annotations}
    assert beside[(0, "90.0万")] == LIGHT.ink
    assert (beside[(0, "+50.0%")], beside[(1, "-25.0%")]) == (LIGHT.good, LIGHT.bad)
    assert (2, "—") in beside


def test_share_bars_without_a_base_have_no_growth() -> None:
    shown = shares.shares(compared(("京东", 3, None)), "channel")
    figure = bars.share_bars(shown, COLOURS, ZH, WORDS)
    assert [note.text for note in figure.layout.annotations] == ["3", "100.0%"]


def test_movers_show_sign_side_and_colour() -> None:
    shown = movers.movers(MEMBERS, "channel")
    [bar] = mover_bars.movers(shown, ZH, WORDS).data
    assert list(bar.text) == ["+30.0万", "+1", "-10.0万"]
    assert list(bar.marker.color) == [LIGHT.good, LIGHT.good, LIGHT.bad]
    [bar] = mover_bars.movers(shown, ZH, WORDS, look=DARK, better="down").data
    assert list(bar.marker.color) == [DARK.bad, DARK.bad, DARK.good]
    assert LIGHT.swapped().good == LIGHT.bad


def test_others_are_named_and_paler() -> None:
    rows = [(f"m{at}", 100 + at - 10, 100) for at in range(20)]
    figure = mover_bars.movers(movers.movers(compared(*rows), "channel", each=2), ZH, WORDS)
    assert figure.layout.yaxis.ticktext[-1] == "其他 16 个"
    assert list(figure.data[0].marker.opacity)[-1] < 1
    assert figure.data[0].customdata[-1][0] is None
    assert sum(figure.data[0].x) == sum(row[1] - row[2] for row in rows)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_nothing_to_show_is_no_fault(look: Any) -> None:
    empty = over_time.by_month(monthly(), "channel")
    for draw in (trend.columns, trend.lines, trend.shares):
        assert len(draw(empty, COLOURS, ZH, WORDS, None, look).data) == 0
    nobody = shares.shares(compared(), "channel")
    assert len(bars.share_bars(nobody, COLOURS, ZH, WORDS, None, look).data) == 1
    assert len(mover_bars.movers(nobody, ZH, WORDS, None, look).data) == 1


def test_the_background_is_the_page() -> None:
    figure = bars.share_bars(shares.shares(MEMBERS, "channel"), COLOURS, ZH, WORDS, look=DARK)
    assert figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    # A saved picture has the ground of the page it was on.
    assert figure.layout.paper_bgcolor == palette.DARK.edge
    assert "PingFang SC" in figure.layout.font.family


def test_a_sparkline_says_its_months() -> None:
    figure = sparkline.sparkline([202401, 202402], [D("0.5"), None], ZH, "rate")
    assert list(figure.data[0].hovertext) == ["2024年1月  50.0%", "2024年2月  —"]
    assert figure.layout.height < 60


def test_others_longer_than_the_members_are_cut_off() -> None:
    """Twelve members of 100 and others of 900: drawn at 112, told as 900."""
    rows = [(f"m{at:02}", 100, None) for at in range(12)] + [
        (f"z{at}", 90, None) for at in range(10)
    ]
    shown = shares.folded(shares.shares(compared(*rows), "channel"))
    figure = bars.share_bars(shown, COLOURS, ZH, WORDS)
    assert list(figure.data[0].x) == [100.0] * 12 + [112.0]
    assert len(figure.layout.shapes) == 1 and figure.layout.shapes[0].fillcolor == LIGHT.edge
    assert "900" in [note.text for note in figure.layout.annotations if note.y == 12]


def test_others_no_longer_than_a_member_are_whole() -> None:
    rows = [(f"m{at:02}", 100, None) for at in range(14)]
    figure = bars.share_bars(
        shares.folded(shares.shares(compared(*rows), "channel"), 13), {}, ZH, WORDS
    )
    assert not figure.layout.shapes


def test_others_keep_their_own_unit_and_zero_has_none() -> None:
    read = [
        {"is_others": False, "value": D(50_000)},
        {"is_others": False, "value": D(0)},
        {"is_others": True, "value": D(900_000_000)},
    ]
    assert bars.amounts(read, "value", ZH) == ["5.0万", "0", "9.00亿"]


def test_a_single_month_is_a_slim_column() -> None:
    one = over_time.by_month(monthly((202403, "京东", 5)), "channel")
    low, high = trend.columns(one, COLOURS, ZH, WORDS).layout.xaxis.range
    assert high - low == trend.FEWEST_MONTHS
    assert low < trend.columns(one, COLOURS, ZH, WORDS).data[0].x[0] < high


def test_bars_of_very_many_members_have_one_hue() -> None:
    few, many = [f"m{at}" for at in range(24)], [f"m{at}" for at in range(25)]
    assert palette.in_bars(few) == palette.colours(few)
    assert set(palette.in_bars(many).values()) == {palette.HUES[0], palette.MISSING}
