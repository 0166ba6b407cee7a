"""What the page opens with: whether several sources count for one thing, and finance agrees.

Findings as codes with values, read out by the page in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from chanplan.analysis import cells
from chanplan.analysis.reconcile.ruling import Conflict
from chanplan.analysis.reconcile.tying import Tied
from chanplan.analysis.story import Finding


def story(told: pd.DataFrame, open_ones: Sequence[Conflict], tied: Tied) -> tuple[Finding, ...]:
    """The findings, most important first; never empty.

    told  of `ruling.ruled`. First of the sources: `unsaid` (conflicts, the one with most money at
    stake), `said` (someone has said which counts wherever several tell it), `apart` (no two tell
    the same) or `one_source`. Then of finance: `no_book`, `all_tie`, `some_off` with the figure
    that is furthest off, `some_missing` where a figure has none of ours beside it.
    """
    return (_sources(told, open_ones), _finance(tied))


def _sources(told: pd.DataFrame, open_ones: Sequence[Conflict]) -> Finding:
    if open_ones:
        most = open_ones[0]
        values = {
            "count": len(open_ones),
            "channel": most.channel,
            "sources": tuple(most.amounts),
            "first": most.first,
            "last": most.last,
            "stake": most.stake,
        }
        return Finding("unsaid", values)
    rows = cells.records(told)
    several = [row for row in rows if row["state"] != "one"]
    if several:
        return Finding("said", {"count": len({row["channel"] for row in several})})
    sources = {name for row in rows for name in (*row["counting"], *row["aside"])}
    if len(sources) == 1:
        return Finding("one_source", {"source": next(iter(sources))})
    return Finding("apart", {"count": len(sources)})


def _finance(tied: Tied) -> Finding:
    if not tied.booked:
        return Finding("no_book", {})
    if tied.tied == tied.booked:
        return Finding("all_tie", {"count": tied.booked})
    values = {"count": tied.booked, "tied": tied.tied}
    if tied.furthest is None:
        return Finding("some_missing", values)
    row = tied.furthest
    more = {name: row[name] for name in ("source", "channel", "month", "difference")}
    return Finding("some_off", {**values, **more})
