"""Which measures a question needs: those asked for, ratios opened into what they are made of."""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery


def needed_measures(query: MetricQuery) -> tuple[str, ...]:
    """The measures the SQL must give: asked ones, with ratios opened into their two sums, less
    those that are told beside the lines."""
    known = catalogue().measures
    return tuple(name for name in _opened(query.measures) if not known[name].beside)


def beside_measures(names: Iterable[str]) -> tuple[str, ...]:
    """Those told beside the lines that these measures are, or are made of."""
    known = catalogue().measures
    return tuple(name for name in _opened(names) if known[name].beside)


def _opened(names: Iterable[str]) -> dict[str, None]:
    known = catalogue().measures
    return dict.fromkeys(part for name in names for part in known[name].over or (name,))
