"""What is still to come, worked by hand where the past leaves no doubt."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from chanplan.analysis.landing import Course, Outlook, outlooks
from chanplan.domain.period import from_ordinal

START = 2022 * 12


def course(values: list[float] | np.ndarray, covered: float = 1.0) -> Course:
    """Months from January 2022 on."""
    months = tuple(
        date(from_ordinal(START + at) // 100, from_ordinal(START + at) % 100, 1)
        for at in range(len(values))
    )
    return Course(months, np.array(values, dtype=float), covered)


def ahead(values: list[float] | np.ndarray, until: date, covered: float = 1.0) -> Outlook:
    """The outlook of one course."""
    return outlooks({"one": course(values, covered)}, until)["one"]


def test_a_constant_goes_on() -> None:
    found = ahead([5.0] * 36, date(2025, 6, 1))
    assert found.state == "ok"
    assert found.by_month == pytest.approx([5.0] * 6)
    assert found.expected == pytest.approx(30.0)
