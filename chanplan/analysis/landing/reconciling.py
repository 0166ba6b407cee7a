"""Parts whose remainders sum to the whole's, draw by draw."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace

import numpy as np

from chanplan.analysis.landing.course import Numbers, Outlook


def reconciled(parent: Outlook, children: Mapping[Hashable, Outlook]) -> dict[Hashable, Outlook]:
    """The children moved so that draws, months and expected values sum to the parent's.

    First the children's draws are put in such an order, the same for all of them, that their
    sum rises where the parent's does; what is still missing in a draw is shared out by how
    uncertain each child is (Wickramasuriya, Athanasopoulos and Hyndman 2019, with a diagonal
    covariance and a parent that stands). Raises ValueError if they look unlike far ahead.
    """
    if not children:
        return {}
    outlooks = list(children.values())
    if any(len(each.by_month) != len(parent.by_month) for each in outlooks):
        raise ValueError("parts and whole end in unlike months")
    drawn = np.array([each.draws for each in outlooks])
    order = np.empty(drawn.shape[1], dtype=int)
    order[np.argsort(parent.draws, kind="stable")] = np.argsort(drawn.sum(axis=0), kind="stable")
    drawn = drawn[:, order]
    shares = _shares(drawn, outlooks)
    moved = drawn + shares[:, None] * (parent.draws - drawn.sum(axis=0))
    months = np.array([each.by_month for each in outlooks])
    months = months + shares[:, None] * (parent.by_month - months.sum(axis=0))
    return {
        key: replace(each, expected=float(month.sum()), draws=draw, by_month=month)
        for key, each, draw, month in zip(children, outlooks, moved, months, strict=True)
    }


def _shares(drawn: Numbers, outlooks: list[Outlook]) -> Numbers:
    """Each child's share of what is missing: by variance, else by size, else even."""
    for weights in (drawn.var(axis=1), np.abs([each.expected for each in outlooks])):
        if weights.sum() > 0:
            return np.asarray(weights / weights.sum())
    return np.full(len(outlooks), 1 / len(outlooks))
