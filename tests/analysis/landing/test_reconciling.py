"""Parts sum to the whole, draw by draw."""

from __future__ import annotations

import numpy as np
import pytest

from chanplan.analysis.landing import Outlook, outlooks, reconciled
from tests.analysis.landing.courses import course, day


def test_parts_sum_to_the_whole_draw_by_draw() -> None:
    random = np.random.default_rng(5)
    parts = {
        name: random.gamma(4, scale, 36) for name, scale in zip("abc", (1, 10, 30), strict=True)
    }
    parts["never"] = np.zeros(36)
    whole = course(sum(parts.values()))
    seen = outlooks({name: course(part) for name, part in parts.items()}, day(2025, 9))
    parent = outlooks({"whole": whole}, day(2025, 9))["whole"]
    found = reconciled(parent, seen)
    assert sum(each.draws for each in found.values()) == pytest.approx(parent.draws)
    assert sum(each.by_month for each in found.values()) == pytest.approx(parent.by_month)
    assert sum(each.expected for each in found.values()) == pytest.approx(parent.expected)
    assert not found["never"].draws.any()
    assert list(found) == list(seen) and found["a"].state == seen["a"].state


def test_what_is_missing_is_shared_out_by_how_uncertain_each_is() -> None:
    # Draws 0 and 2 (variance 1), 0 and 4 (variance 4); the whole expects 10 more in each.
    one = Outlook("ok", "flat", 1.0, np.array([0.0, 2.0]), np.array([1.0]))
    two = Outlook("ok", "flat", 2.0, np.array([4.0, 0.0]), np.array([2.0]))
    whole = Outlook("ok", "flat", 13.0, np.array([16.0, 10.0]), np.array([13.0]))
    found = reconciled(whole, {"one": one, "two": two})
    # Sums 4 and 2, rising as the whole does already: 12 and 8 are missing.
    assert found["one"].draws == pytest.approx([0 + 12 / 5, 2 + 8 / 5])
    assert found["two"].draws == pytest.approx([4 + 48 / 5, 0 + 32 / 5])
    assert (found["one"].expected, found["two"].expected) == pytest.approx((3.0, 10.0))


def test_parts_that_never_differ_share_by_size() -> None:
    sure = [Outlook("ok", "flat", size, np.full(2, size), np.array([size])) for size in (1.0, 3.0)]
    whole = Outlook("ok", "flat", 8.0, np.array([8.0, 8.0]), np.array([8.0]))
    found = reconciled(whole, dict(enumerate(sure)))
    assert [each.expected for each in found.values()] == pytest.approx([2.0, 6.0])


def test_no_parts_and_unlike_ways() -> None:
    one = Outlook("ok", "flat", 1.0, np.ones(2), np.array([1.0]))
    assert reconciled(one, {}) == {}
    with pytest.raises(ValueError, match="unlike months"):
        reconciled(one, {"longer": Outlook("ok", "flat", 1.0, np.ones(2), np.ones(2))})
