"""Groups in words: a shallow tree of plain bounds, and how well its words fit each group."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from chanplan.analysis.customers.clusters.choosing import SAMPLE
from chanplan.analysis.customers.clusters.features import Numbers
from chanplan.analysis.customers.clusters.fitting import SEED, Labels

# More bounds than this nobody keeps in mind.
DEEPEST = 3
# A leaf holds at least this part of the customers.
LEAST_LEAF = 0.005
# Bounds are rounded to so many digits; the fit of the words is counted after that.
DIGITS = 2


@dataclass(frozen=True)
class Bound:
    """A trait lies above `low` (exclusive) and up to `high` (inclusive); None: no bound."""

    feature: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Rule:
    """The words of a group: all bounds hold. covers: the share of the group that fits them;
    right: the share of those who fit them that belong to the group."""

    cluster: int
    bounds: tuple[Bound, ...]
    covers: float
    right: float


def rules(frame: pd.DataFrame, labels: Labels) -> tuple[Rule, ...]:
    """Per group of at least one leaf its largest leaf, in the order of labels. A tree of Gini
    splits (Breiman et al. 1984) on the traits in their own units; unknown values are the middle's.
    """
    grouped = labels >= 0
    if not len(frame) or len(np.unique(labels[grouped])) < 2:
        return ()
    values = _filled(frame)
    found: dict[int, tuple[float, tuple[Bound, ...]]] = {}
    for bounds, cluster, weight in _leaves(values[grouped], labels[grouped], list(frame.columns)):
        if weight > found.get(cluster, (0.0, ()))[0]:
            found[cluster] = (weight, bounds)
    columns = {name: values[:, at] for at, name in enumerate(frame.columns)}
    return tuple(
        _judged(cluster, found[cluster][1], columns, labels)
        for cluster in sorted(found)
        if found[cluster][1]
    )


def _judged(
    cluster: int, bounds: tuple[Bound, ...], columns: dict[str, Numbers], labels: Labels
) -> Rule:
    fits = np.ones(len(labels), dtype=bool)
    for bound in bounds:
        values = columns[bound.feature]
        if bound.low is not None:
            fits &= values > bound.low
        if bound.high is not None:
            fits &= values <= bound.high
    ours = labels == cluster
    both = int(np.count_nonzero(fits & ours))
    covers, right = (both / max(int(np.count_nonzero(of)), 1) for of in (ours, fits))
    return Rule(cluster, bounds, covers, right)


def _leaves(
    values: Numbers, labels: Labels, names: list[str]
) -> list[tuple[tuple[Bound, ...], int, float]]:
    """Every leaf of the tree: its bounds, its group, how many of the group lie in it."""
    from sklearn.tree import DecisionTreeClassifier

    if len(values) > SAMPLE:
        rows = np.random.default_rng(SEED).choice(len(values), SAMPLE, replace=False)
        values, labels = values[rows], labels[rows]
    tree = DecisionTreeClassifier(
        max_depth=DEEPEST, min_samples_leaf=LEAST_LEAF, class_weight="balanced", random_state=SEED
    ).fit(values, labels)
    grown = tree.tree_
    found: list[tuple[tuple[Bound, ...], int, float]] = []

    def walk(node: int, bounds: dict[str, Bound]) -> None:
        if grown.children_left[node] < 0:
            weights = grown.value[node][0] * grown.weighted_n_node_samples[node]
            most = int(np.argmax(weights))
            leaf = (tuple(bounds.values()), int(tree.classes_[most]), float(weights[most]))
            found.append(leaf)
            return
        name, cut = names[grown.feature[node]], rounded(float(grown.threshold[node]))
        known = bounds.get(name, Bound(name, None, None))
        walk(grown.children_left[node], bounds | {name: Bound(name, known.low, cut)})
        walk(grown.children_right[node], bounds | {name: Bound(name, cut, known.high)})

    walk(0, {})
    return found


def rounded(value: float) -> float:
    """To DIGITS digits, whole numbers below 100 by half: 3.5 orders are "more than 3"."""
    if value == 0 or not math.isfinite(value):
        return value
    if 1 <= abs(value) < 100:
        return float(math.floor(value)) if value > 0 else float(math.ceil(value))
    return float(round(value, DIGITS - 1 - math.floor(math.log10(abs(value)))))


def _filled(frame: pd.DataFrame) -> Numbers:
    return np.asarray(frame.fillna(frame.median()).fillna(0.0).to_numpy(dtype=np.float64))
