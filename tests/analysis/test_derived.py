"""Shares and contributions of an answer, worked out by hand."""

from decimal import Decimal

import pandas as pd
import pytest

from chanplan.analysis import derived
from chanplan.domain.errors import BadQueryError

D = Decimal
#   A 150 of 200 now, 60 of 100 before; B 50, 40
FRAME = pd.DataFrame(
    {"channel": ["A", "B"], "net_sales": [D(150), D(50)], "net_sales__base": [D(60), D(40)]},
    dtype=object,
)
ALL = ("share", "share_change", "contribution")


def test_shares_their_change_and_contributions() -> None:
    found = derived.derived(FRAME, ("channel",), ALL)
    assert list(found.columns) == ["channel", *ALL, "share__base"]
    assert found["share"].tolist() == [D("0.75"), D("0.25")]
    assert found["share_change"].tolist() == [D("0.15"), D("-0.15")]
    # (150 − 60) / 100 and (50 − 40) / 100: together the growth of 100 %
    assert found["contribution"].tolist() == [D("0.9"), D("0.1")]


def test_they_are_of_the_first_measure_that_adds_up() -> None:
    assert derived.needed(("share", "orders"), "none") == ("orders", "net_sales")
    assert derived.needed(("orders", "quantity", "share"), "none") == ("orders", "quantity")
    assert derived.needed(("orders",), "none") == ("orders",)
    frame = pd.DataFrame({"product": ["p", "q"], "quantity": [D(1), D(3)]}, dtype=object)
    found = derived.derived(frame, ("product",), ("quantity", "share"))
    assert list(found.columns) == ["product", "quantity", "share"]
    assert found["share"].tolist() == [D("0.25"), D("0.75")]


def test_without_a_positive_whole_there_is_no_share() -> None:
    frame = pd.DataFrame({"net_sales": [D(5), D(-5), None]}, dtype=object)
    assert derived.derived(frame, (), ("share",))["share"].tolist() == [None, None, None]


@pytest.mark.parametrize("name", ["share_change", "contribution"])
def test_a_change_needs_a_base(name: str) -> None:
    with pytest.raises(BadQueryError) as told:
        derived.needed((name,), "none")
    assert told.value.code == "needs_comparison"
    assert derived.needed((name,), "previous") == ("net_sales",)
