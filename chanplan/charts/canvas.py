"""What all figures share: font, margins, thin lines, no background, and hover boxes."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from chanplan.charts.palette import Look
from chanplan.charts.words import wrapped

FONT = "'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',sans-serif"
FONT_SIZE = 12
TITLE_SIZE = 15
TITLE_LINE = 21
# Half-width columns of a title line that a phone 390 px wide can show.
TITLE_COLUMNS = 44

LEGEND_ROW = 20
LEGEND_COLUMNS = 3

# A picture to put into a report: twice the pixels of the screen.
PICTURE_SCALE = 2
# Plotly's own words for what its tool bar does; it looks a reader's words up under them.
_SAVE, _SAVING, _SAVED, _FAILED = (
    "Download plot as a PNG",
    "Preparing image - this may take a few seconds",
    "Image download succeeded",
    "Sorry, there was a problem downloading your image!",
)


def config(file_name: str, save: str, saving: str, saved: str, failed: str) -> dict[str, Any]:
    """What Plotly is told beside a figure: a tool bar that saves a picture and nothing else.

    `save` … `failed` are the reader's words for it. No zoom by wheel or double click.
    """
    words = dict(zip((_SAVE, _SAVING, _SAVED, _FAILED), (save, saving, saved, failed), strict=True))
    return {
        "displayModeBar": "hover",
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": "png",
            "filename": file_name,
            "scale": PICTURE_SCALE,
        },
        "displaylogo": False,
        "scrollZoom": False,
        "doubleClick": False,
        "responsive": True,
        "locale": "reader",
        "locales": {"reader": {"dictionary": words}},
    }


def canvas(title: str | None, height: int, look: Look) -> go.Figure:
    """An empty figure of our look. The title is a finding, passed from outside; None for none.

    `height` is that of everything below the title, in pixels.
    """
    lines = wrapped(title, TITLE_COLUMNS).split("<br>") if title else []
    above = TITLE_LINE * len(lines) + 20 if lines else 10
    layout = {
        "template": "none",
        "height": height + above,
        "margin": {"l": 4, "r": 8, "t": above, "b": 4, "autoexpand": True},
        # The page's own colour: a saved picture needs a ground.
        "paper_bgcolor": look.edge,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": FONT_SIZE, "color": look.ink},
        "hoverlabel": _hover_box(look),
        "hovermode": "closest",
        "dragmode": False,
        "separators": ".,",
        "showlegend": False,
        "bargap": 0.28,
        "uniformtext": {"mode": "show", "minsize": 9},
        **({"title": _title(lines)} if lines else {}),
    }
    # Given at once: to update a figure's layout afterwards takes Plotly ten times as long.
    return go.Figure(layout=layout)


def add_all(figure: go.Figure, **more: list[dict[str, Any]]) -> None:
    """Annotations, shapes, all at once: Plotly looks at every one again when another is added."""
    for kind, ones in more.items():
        figure.layout[kind] = [*figure.layout[kind], *ones]


def legend_height(entries: int) -> int:
    """The pixels a legend of so many entries takes on a phone."""
    return LEGEND_ROW * -(-entries // LEGEND_COLUMNS) + 8


def legend(look: Look) -> dict[str, Any]:
    """A legend below the figure, in as many rows as a narrow page needs."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": -0.16,
        "yanchor": "top",
        "traceorder": "normal",
        "font": {"size": FONT_SIZE, "color": look.ink},
        "itemsizing": "constant",
        "itemclick": "toggle",
        "itemdoubleclick": "toggleothers",
        "bgcolor": "rgba(0,0,0,0)",
    }


def quiet_axis(look: Look, **more: Any) -> dict[str, Any]:
    """An axis without line, ticks or zoom, its labels faint."""
    return {
        "showline": False,
        "zeroline": False,
        "showgrid": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"size": FONT_SIZE, "color": look.faint},
        **more,
    }


def _title(lines: list[str]) -> dict[str, Any]:
    # Plotly anchors a title by its first line: every further line needs its own room below.
    below = 16 + 13 * (len(lines) - 1)
    return {
        "text": "<br>".join(lines),
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "pad": {"b": below, "l": 4},
        "font": {"size": TITLE_SIZE, "weight": 600},
    }


def _hover_box(look: Look) -> dict[str, Any]:
    return {
        "bgcolor": look.hover,
        "bordercolor": look.grid,
        "align": "left",
        "namelength": -1,
        "font": {"family": FONT, "size": FONT_SIZE + 1, "color": look.ink},
    }
