"""What is still to come until the end of a period, for many series at once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date

import numpy as np

from chanplan.analysis.landing import seldom
from chanplan.analysis.landing.choosing import chosen
from chanplan.analysis.landing.course import (
    DRAWS,
    Batch,
    Course,
    Numbers,
    Outlook,
    batches,
    ordinal_of,
)
from chanplan.analysis.landing.levels import levelled
from chanplan.analysis.landing.shifting import Draft, shifted, strays
from chanplan.analysis.landing.spread import draws, spread
from chanplan.analysis.landing.states import states
from chanplan.analysis.landing.unforeseen import unforeseen


def outlooks(
    courses: Mapping[Hashable, Course], until: date, *, seed: int = 0
) -> dict[Hashable, Outlook]:
    """Key → what is to come after the last month of its course, up to the month of `until`.

    A partial last month adds its own rest. The same course and seed give the same outlook,
    whatever else is asked for. Where nothing is left, draws and months are zero and empty.
    """
    from threadpoolctl import threadpool_limits

    found: dict[Hashable, Outlook] = {}
    # Thousands of small products of matrices: threads would wait for each other ten times as long
    # as they multiply.
    with threadpool_limits(1, user_api="blas"):
        for batch in batches(courses, ordinal_of(until)):
            found.update(zip(batch.keys, _of(batch, seed), strict=True))
    return {key: found[key] for key in courses}


def _of(batch: Batch, seed: int) -> list[Outlook]:
    kinds = states(batch.past, batch.earlier)
    if batch.ahead == 0 or batch.past.shape[1] == 0:
        return [_nothing(kind, batch.ahead) for kind in kinds]
    bounded = np.asarray((batch.past >= 0).all(axis=1))
    levels = levelled(batch.past, batch.so_far, batch.covered)
    usual = chosen(levels.past, batch.first, batch.ahead)
    deviation = spread(usual.errors, usual.said, usual.months, bounded, 1 - batch.covered)
    months = to_come(batch, usual.months)
    months = np.where(bounded[:, None], np.maximum(months, 0.0), months)
    breaks = unforeseen(batch.past.shape[1], batch.ahead - batch.covered)
    drawn = draws(batch.keys, months.sum(axis=1), deviation, bounded, seed, breaks)
    new = np.maximum(to_come(batch, usual.months * levels.times[:, None]), 0.0)
    draft = Draft(new, strays(usual, deviation, levels, batch.covered))
    months, drawn = shifted(batch, levels, months, drawn, draft, seed)
    again = seldom.meant(kinds, levels.since > 0, months)
    return [
        seldom.outlook(kind, batch, row, seed)
        if again[row]
        else Outlook(kind, usual.methods[row], float(months[row].sum()), drawn[row], months[row])
        for row, kind in enumerate(kinds)
    ]


def to_come(batch: Batch, months: Numbers) -> Numbers:
    """Expected months less what a partial one has already shown.

    What it has shown counts by how much of it is over: a share c of the month over, the month is
    thought to be (1 − c) of what was expected and c of what it has shown, carried on.
    """
    if not batch.covered:
        return months
    rest = 1 - batch.covered
    result = months.copy()
    result[:, 0] = rest * (rest * months[:, 0] + batch.so_far)
    return result


def _nothing(kind: str, ahead: int) -> Outlook:
    return Outlook(kind, "none", 0.0, np.zeros(DRAWS), np.zeros(ahead))
