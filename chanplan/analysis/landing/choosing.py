"""What each method would have said at earlier months, and how far the methods are believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from chanplan.analysis.landing.course import Numbers
from chanplan.analysis.landing.methods import METHODS, Method
from chanplan.domain.period import MONTHS_A_YEAR

# Earlier months from which the way on is rehearsed.
ORIGINS: Final = 18
# A method's weight falls with this power of its error: half the error, four times the weight.
_TRUST: Final = 2
# Rehearsals' worth of doubt: few of them leave the methods nearly equal.
_EQUAL: Final = 3
# An error below this part of what is said is none.
_EXACT: Final = 1e-6


@dataclass(frozen=True, eq=False)
class Chosen:
    """The way on for each series.

    methods  the heaviest method's name per series; months: series × ahead
    errors   origins × series × ahead: what came less what the same mixture would have said,
             NaN where it has not come yet; newest origin last
    said     the same shape: what it would have said
    """

    methods: tuple[str, ...]
    months: Numbers
    errors: Numbers
    said: Numbers


def chosen(
    past: Numbers, first: int, ahead: int, methods: Mapping[str, Method] = METHODS
) -> Chosen:
    """Rehearse every method by rolling origin and mix them by how they did.

    past: series × months of one length (at least one), the first of ordinal `first`.
    """
    said = np.array([method(past, first, ahead) for method in methods.values()])
    errors = _rehearsed(past, first, ahead, methods)
    weights = _weights(errors, said)
    names = tuple(methods)
    return Chosen(
        methods=tuple(names[at] for at in weights.argmax(axis=0)),
        months=np.einsum("ms,msa->sa", weights, np.nan_to_num(said)),
        errors=(mixed := _mixed(errors, weights)),
        said=_came(past, errors.shape[1], ahead) - mixed,
    )


def _came(past: Numbers, origins: int, ahead: int) -> Numbers:
    """origins × series × ahead: the months that came after each origin, NaN beyond the last."""
    series, months = past.shape
    came = np.full((origins, series, ahead), np.nan)
    for row, origin in enumerate(range(months - origins, months)):
        seen = min(ahead, months - origin)
        came[row, :, :seen] = past[:, origin : origin + seen]
    return came


def _rehearsed(past: Numbers, first: int, ahead: int, methods: Mapping[str, Method]) -> Numbers:
    """methods × origins × series × ahead: what came less what was said, NaN if neither is."""
    months = past.shape[1]
    least = min(MONTHS_A_YEAR, (months + 1) // 2)
    came = _came(past, months - max(least, months - ORIGINS), ahead)
    errors = np.repeat(came[None], len(methods), axis=0)
    for row, origin in enumerate(range(months - len(came), months)):
        seen = min(ahead, months - origin)
        for at, method in enumerate(methods.values()):
            errors[at, row, :, :seen] -= method(past[:, :origin], first, seen)
    return errors


def _weights(errors: Numbers, said: Numbers) -> Numbers:
    """methods × series, each series' sum 1, by the errors of sums of months to come."""
    usable = np.asarray(np.isfinite(said).all(axis=2))
    steps = np.arange(1, errors.shape[3] + 1)
    # A mean over what has come: of each origin's every sum so far, told per month.
    far = np.abs(np.cumsum(errors, axis=3)) / steps
    came = np.isfinite(far)
    count = came.sum(axis=(1, 3))
    mean = np.where(came, far, 0.0).sum(axis=(1, 3)) / np.maximum(count, 1)
    full = count.max(axis=0)
    mean = np.where(count * 2 >= full, mean, np.inf)
    best = np.where(usable, mean, np.inf).min(axis=0)
    floor = _EXACT * np.abs(said).max(axis=(0, 2), where=usable[..., None], initial=1e-300)
    best = np.maximum(np.where(np.isfinite(best), best, 0.0), floor)
    origins = np.isfinite(errors[..., 0]).any(axis=0).sum(axis=0)
    power = _TRUST * origins / (origins + _EQUAL)
    trust = (best / np.maximum(mean, best)) ** power
    weights = np.where(usable & (np.isfinite(mean) | (full == 0)), trust, 0.0)
    total = weights.sum(axis=0)
    weights[0] = np.where(total > 0, weights[0], 1.0)
    result: Numbers = weights / weights.sum(axis=0)
    return result


def _mixed(errors: Numbers, weights: Numbers) -> Numbers:
    """The mixture's errors; a method that could not speak yet leaves its weight to the others."""
    spoke = np.isfinite(errors)
    heavy = np.where(spoke, weights[:, None, :, None], 0.0)
    total = heavy.sum(axis=0)
    mixed = (heavy * np.where(spoke, errors, 0.0)).sum(axis=0)
    return np.where(total > 0, mixed / np.where(total > 0, total, 1.0), np.nan)
