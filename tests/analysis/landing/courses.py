"""Courses for the tests of landing: months from January 2022 on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from chanplan.analysis.landing import Course, Outlook, outlooks
from chanplan.domain.period import from_ordinal

START = 2022 * 12


def day(year: int, month: int) -> date:
    """The first day of a month."""
    return date(year, month, 1)


def course(values: Sequence[float] | np.ndarray, covered: float = 1.0) -> Course:
    """One value a month from January 2022 on."""
    months = [from_ordinal(START + at) for at in range(len(values))]
    days = tuple(day(month // 100, month % 100) for month in months)
    return Course(days, np.array(values, dtype=float), covered)


def ahead(
    values: Sequence[float] | np.ndarray, until: date, covered: float = 1.0, seed: int = 0
) -> Outlook:
    """The outlook of one course."""
    return outlooks({"one": course(values, covered)}, until, seed=seed)["one"]
