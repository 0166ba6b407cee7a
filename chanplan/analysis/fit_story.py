"""What the page of fit opens with: the best and the worst cell, and the largest white space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from chanplan.analysis import arithmetic, cells, fit
from chanplan.analysis.story import Finding


def fit_story(table: pd.DataFrame, spaces: pd.DataFrame, level: fit.Level) -> tuple[Finding, ...]:
    """Findings as in `story`, most important first; never empty.

    In: `fit_judging.judged` and `white_space.white_space`. Out: `no_sales`; or
    `fit_one_channel`; or `negative_total` (no shares then); or `fit_short` (no cell has months
    enough); or `fit_ordinary` (none is surely above or below); or `fit_best` and `fit_worst`,
    the one of more money first. Then `fit_space` where there is one.
    """
    rows = cells.records(table)
    channels = {row["channel"] for row in rows}
    if not rows:
        return (Finding("no_sales", {}),)
    if len(channels) == 1:
        return (
            Finding("fit_one_channel", {"dimension": fit.CHANNEL, "member": rows[0]["channel"]}),
        )
    known = [row for row in rows if row["verdict"] != "unknown"]
    if not known:
        whole = arithmetic.total(row["value"] for row in rows)
        return (Finding("negative_total", {"value": whole}),)
    return (*_deviations(table, known, level), *_space(spaces, level))


def _deviations(
    table: pd.DataFrame, known: list[dict[str, Any]], level: fit.Level
) -> list[Finding]:
    sides = [("fit_best", fit.best(table, 1)), ("fit_worst", fit.worst(table, 1))]
    found = [(code, row) for code, frame in sides for row in cells.records(frame)]
    found.sort(key=lambda pair: -abs(pair[1]["gap"]))
    if found:
        return [Finding(code, _values(row, level)) for code, row in found]
    asked = [row for row in known if row["verdict"] in ("short", "ordinary", "seldom")]
    if asked and all(row["verdict"] == "short" for row in asked):
        return [Finding("fit_short", {"level": level})]
    return [Finding("fit_ordinary", {"level": level})]


def _space(spaces: pd.DataFrame, level: fit.Level) -> list[Finding]:
    told = cells.records(spaces)
    if not told:
        return []
    values = {name: told[0][name] for name in ("size", "share", "value")}
    values |= {"overall": told[0]["peer_share"], "count": len(told[0]["peers"]), "of": len(told)}
    code = "fit_space_unsold" if told[0]["value"] <= 0 else "fit_space"
    return [Finding(code, {**_named(told[0], level), **values})]


def _values(row: Mapping[str, Any], level: fit.Level) -> dict[str, object]:
    figures = {name: row[name] for name in ("share", "overall", "index")}
    return {**_named(row, level), **figures, "size": abs(row["gap"])}


def _named(row: Mapping[str, Any], level: fit.Level) -> dict[str, object]:
    names = {"member": row["channel"], "item": row["item"]}
    return {"dimension": fit.CHANNEL, "level": level, **names}
