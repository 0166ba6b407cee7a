"""A company's levels as areas within areas, sized by what they sold; a click opens one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import plotly.graph_objects as go

from chanplan.analysis.arithmetic import Member
from chanplan.analysis.hierarchy import Path, Tree
from chanplan.charts import canvas, palette
from chanplan.charts.palette import LIGHT, Look
from chanplan.language.numbers import Formatter

HEIGHT = 460
# Levels in sight at once; a click shows those below.
DEPTH = 3
# How much paler each level below the first is.
PALER = 0.22
# Areas of a node in the picture; the table has all.
MOST_PARTS = 14


def tree(
    found: Tree,
    names: Mapping[tuple[int, Member], str],
    total: str,
    others: Callable[[int], str],
    formatter: Formatter,
    look: Look = LIGHT,
) -> go.Figure:
    """Areas by `size`, each with its money and its part of the one it lies in.

    `names` tells what a member of a level is called (None: nobody has told one), `others` what
    several small ones are.
    """
    figure = canvas.canvas(None, HEIGHT, look)
    nodes = [node for node in found.nodes.values() if node.size > 0]
    hues = _hues(found)

    def named(path: Path) -> str:
        if not path:
            return total
        count = found.nodes[path].others
        return others(count) if count else names[len(path) - 1, path[-1]]

    def told(path: Path) -> str:
        above = found.nodes[path[:-1]].size if path else None
        part = formatter.percent(found.nodes[path].size / above) if above else ""
        money = formatter.money(found.nodes[path].money)
        return f"{money} · {part}" if part else money

    labels = [escape(named(node.path), quote=False) for node in nodes]
    texts = [told(node.path) for node in nodes]
    colours = [_colour(node.path, hues, look) for node in nodes]
    figure.add_treemap(
        ids=[_id(node.path) for node in nodes],
        parents=[_id(node.path[:-1]) if node.path else "" for node in nodes],
        labels=labels,
        values=[float(node.size) for node in nodes],
        branchvalues="total",
        text=texts,
        textinfo="label+text",
        hovertext=[f"<b>{label}</b><br>{text}" for label, text in zip(labels, texts, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "colors": colours,
            "line": {"width": 1, "color": look.edge},
            "cornerradius": 2,
            "pad": {"t": 22, "l": 2, "r": 2, "b": 2},
        },
        textfont={"color": [palette.on(colour) for colour in colours], "size": canvas.FONT_SIZE},
        maxdepth=DEPTH,
        tiling={"pad": 2},
        pathbar={"visible": True, "thickness": 22, "textfont": {"color": look.ink}},
        root={"color": look.edge},
    )
    figure.update_layout(uniformtext={"mode": "hide", "minsize": 9})
    return figure


def _id(path: Path) -> str:
    return "/".join(["•", *("∅" if one is None else one for one in path)])


def _hues(found: Tree) -> dict[Member, str]:
    """Those of the highest level keep theirs below them."""
    tops = [path[0] for path in found.nodes if len(path) == 1]
    return palette.colours([one for one in tops if one])


def _colour(path: Path, hues: Mapping[Member, str], look: Look) -> str:
    if not path:
        return palette.quiet(look)
    hue = palette.MISSING if path[0] is None else hues.get(path[0], palette.OTHERS)
    return palette.mixed(hue, look.edge, PALER * (len(path) - 1))
