"""Rows of any columns → groups: scaled, what lies apart set apart, searched on a sample, fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from chanplan.analysis.customers.clusters import choosing, fitting, scaling
from chanplan.analysis.customers.clusters.choosing import MEANINGFUL, Tried
from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.fitting import Labels
from chanplan.analysis.customers.clusters.scaling import Scaling
from chanplan.analysis.customers.clusters.stability import STABLE

# The label of rows that lie apart from all groups.
OUTLIER = -1
# Whoever alone has more than this part of everything stands apart, however wide the others lie.
DOMINANT = 0.5
# Fewer rows are looked at one by one.
LEAST_ROWS = 20
# One group with more of the rows than this tells nobody anything.
ALL_IN_ONE = 0.95

Verdict = Literal["sound", "unstable", "weak", "one", "few", "alike"]


@dataclass(frozen=True)
class Groups:
    """What was found among rows.

    labels    0…k−1, the group with the highest middle of `order` first; OUTLIER
    units     the rows in robust units, far values not drawn in
    tried     every number of groups that was tried, and `chosen` of them; None where none could
              be: `verdict` says why
    proposed  the number of groups that the search proposes
    left_out  columns that tell nobody apart, and why
    """

    labels: Labels
    units: Numbers
    scaling: Scaling
    tried: tuple[Tried, ...]
    chosen: Tried | None
    proposed: int | None
    left_out: tuple[tuple[str, str], ...]
    verdict: Verdict


def group(
    frame: pd.DataFrame, skewed: Mapping[str, bool], order: Numbers, k: int | None = None
) -> Groups:
    """Find k groups (None: as many as proposed) of the rows of a frame of floats.

    The search looks at a seeded sample; the fit of all rows begins at its centres.
    """
    scaled, left_out = scaling.fitted(frame, skewed)
    units = scaled.units(frame)
    apart = scaling.apart(units, scaled.logged) | (order > DOMINANT * order[order > 0].sum())
    within = scaling.drawn_in(units[~apart] if apart.any() else units)
    labels = np.full(len(frame), OUTLIER, dtype=np.int64)
    drawn = choosing.sample(within)
    tried = choosing.search(drawn) if scaled.names and len(within) >= LEAST_ROWS else []
    if not tried:
        few = len(within) < LEAST_ROWS
        why: Verdict = "few" if few else "alike"
        return Groups(labels, units, scaled, (), None, None, left_out, why)
    best = choosing.proposed(tried)
    chosen = next((one for one in tried if one.k == k), best)
    fit = fitting.kmeans_from(within, chosen.fit.centres) if drawn is not within else chosen.fit
    labels[~apart] = _in_order(fit.labels(within), order[~apart])
    return Groups(
        labels, units, scaled, tuple(tried), chosen, best.k, left_out, _verdict(chosen, labels)
    )


def _verdict(chosen: Tried, labels: Labels) -> Verdict:
    grouped = labels[labels != OUTLIER]
    if chosen.silhouette < MEANINGFUL:
        return "weak"
    if np.bincount(grouped).max() > ALL_IN_ONE * len(grouped):
        return "one"
    return "sound" if chosen.stability >= STABLE else "unstable"


def _in_order(labels: Labels, order: Numbers) -> Labels:
    """Groups numbered by the middle of a column, the highest first."""
    known = np.unique(labels)
    middles = [float(np.median(order[labels == label])) for label in known]
    ranked = sorted(range(len(known)), key=lambda at: (-middles[at], at))
    places = np.zeros(int(known.max()) + 1, dtype=np.int64)
    places[known[ranked]] = np.arange(len(known))
    return np.asarray(places[labels])
