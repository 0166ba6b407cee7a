"""Members as horizontal bars, largest on top, with share and growth written beside them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.charts import canvas, cuts, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.charts.words import Words, width
from chanplan.language.numbers import Formatter

ROW = 30
BAR_WIDTH = 0.62
# A half-width character of the font takes about this many pixels; a Chinese one twice that.
COLUMN_PIXELS = 6.6
GAP = 9


def share_bars(
    shown: pd.DataFrame,
    colours: Mapping[Member, str],
    formatter: Formatter,
    words: Words,
    title: str | None = None,
    look: Look = LIGHT,
) -> go.Figure:
    """Bars of `shares.folded(shares.shares(…))`, each with its share, and growth if compared.

    The axis is scaled by the members: a longer bar of others is drawn cut off.
    Selected points carry the member in `customdata[0]` and whether it is others in
    `customdata[1]`.
    """
    values = [value or ZERO for value in arithmetic.numbers(shown, "value")]
    figure = rows_canvas(shown, words, title, look)
    marks = [palette.colour_of(row["member"], row["is_others"], colours) for row in rows(shown)]
    drawn, cut = cuts.cut_others(shown, values)
    figure.add_bar(**bar(shown, drawn, marks, formatter, words))
    figure.update_layout(xaxis=canvas.quiet_axis(look, showticklabels=False))
    figure.update_xaxes(**_zero(values, look))
    cuts.mark_cuts(figure, drawn, cut, BAR_WIDTH, look)
    write_beside(figure, _beside(shown, formatter, look))
    return figure


def rows(shown: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a shares frame as dictionaries, unknown as None."""
    names = ("value", "base", "change", "share", "share_change", "growth", "contribution")
    cells = {name: arithmetic.numbers(shown, name) for name in names}
    heads = zip(shown["member"], shown["is_others"], shown["count"], strict=True)
    return [
        {"member": member, "is_others": bool(others), "count": int(count)}
        | {name: cells[name][at] for name in names}
        for at, (member, others, count) in enumerate(heads)
    ]


def rows_canvas(shown: pd.DataFrame, words: Words, title: str | None, look: Look) -> go.Figure:
    """A figure with one row per member, named on the left.

    Rows stand at numbers, not at names: two members may carry the same name.
    """
    figure = canvas.canvas(title, ROW * max(len(shown), 1) + 12, look)
    names = [words.short_name(row["member"], row["is_others"], row["count"]) for row in rows(shown)]
    axis = canvas.quiet_axis(
        look,
        tickmode="array",
        tickvals=list(range(len(shown))),
        ticktext=names,
        range=[len(shown) - 0.45, -0.55],
        ticklabelstandoff=6,
    )
    figure.update_layout(yaxis=axis | {"tickfont": {"color": look.ink, "size": canvas.FONT_SIZE}})
    return figure


def bar(
    shown: pd.DataFrame,
    values: list[Decimal],
    marks: list[str],
    formatter: Formatter,
    words: Words,
) -> dict[str, Any]:
    """One horizontal bar trace with hover texts that explain."""
    return {
        "orientation": "h",
        "width": BAR_WIDTH,
        "x": [float(value) for value in values],
        "y": list(range(len(shown))),
        "customdata": [[row["member"], row["is_others"]] for row in rows(shown)],
        "hovertext": [hover(row, formatter, words) for row in rows(shown)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": marks, "line": {"width": 0}, "cornerradius": 2},
    }


def hover(row: Mapping[str, Any], formatter: Formatter, words: Words) -> str:
    """Everything known of one member, a line each."""
    lines = [
        f"<b>{words.name(row['member'], row['is_others'], row['count'])}</b>",
        f"{words.measure} {formatter.exact(row['value'])}",
        f"{words.share} {formatter.percent(row['share'])}",
    ]
    if row["base"] is not None:
        lines += [
            f"{words.base} {formatter.exact(row['base'])}",
            f"{words.change} {formatter.signed_money(row['change'])}",
            f"{words.growth} {formatter.change(row['growth'])}",
            f"{words.share_change} {formatter.points(row['share_change'])}",
            f"{words.contribution} {formatter.points(row['contribution'])}",
        ]
    return "<br>".join(lines)


Cell = tuple[str, str]


def write_beside(figure: go.Figure, columns: list[list[Cell]]) -> None:
    """Columns of (text, colour), one cell a row, right-aligned in a margin right of the bars.

    A margin in pixels leaves the bars all the rest of the page, however wide it is.
    """
    widths = [max(map(width, (text for text, _ in cells)), default=0) for cells in columns]
    right, notes = 0.0, []
    for cells, widest in zip(columns, widths, strict=True):
        right += widest * COLUMN_PIXELS + GAP
        for at, (text, colour) in enumerate(cells):
            notes.append({
                "text": text, "font": {"color": colour}, "x": 1, "xref": "paper",
                "xanchor": "right", "xshift": right, "y": at, "yanchor": "middle",
                "showarrow": False, "align": "right",
            })  # fmt: skip
    canvas.add_all(figure, annotations=notes)
    figure.update_layout(margin={"r": right + 4})


def _beside(shown: pd.DataFrame, formatter: Formatter, look: Look) -> list[list[Cell]]:
    """Columns value, share and, when compared, growth in colour; its sign says the same."""
    read = rows(shown)
    columns = [
        [(text, look.ink) for text in amounts(read, "value", formatter)],
        [(formatter.percent(row["share"]), look.faint) for row in read],
    ]
    if any(row["base"] is not None for row in read):
        columns.append([(formatter.change(row["growth"]), _judged(row, look)) for row in read])
    return columns


def amounts(
    read: list[dict[str, Any]], name: str, formatter: Formatter, signed: bool = False
) -> list[str]:
    """Members in one unit, so that they can be compared; others in their own; zero in none."""
    own = formatter.signed_money if signed else formatter.money
    members = [row[name] for row in read if not row["is_others"]]
    texts = iter(formatter.moneys(members, signed))
    each = [own(row[name]) if row["is_others"] else next(texts) for row in read]
    return ["0" if row[name] == 0 else text for row, text in zip(read, each, strict=True)]


def _judged(row: Mapping[str, Any], look: Look) -> str:
    growth = row["growth"]
    if not growth:
        return look.faint
    return look.good if growth > 0 else look.bad


def _zero(values: list[Decimal], look: Look) -> dict[str, Any]:
    """A zero line only where bars go both ways."""
    if all(value >= 0 for value in values):
        return {}
    return {"zeroline": True, "zerolinecolor": look.zero, "zerolinewidth": 1}
