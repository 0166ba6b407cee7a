"""New and mature members, worked by hand."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis import maturity

D = Decimal


def answer(*rows: tuple[object, int, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["channel", "month", "net_sales"], dtype=object)


# 天猫 sells since the data begins; 抖音 since March 2023, so it is new up to February 2024.
BOOK = answer(
    ("天猫", 202301, D(100)),
    ("抖音", 202301, D(0)),
    ("抖音", 202303, D(10)),
    ("天猫", 202402, D(120)),
    ("抖音", 202402, D(40)),
    ("抖音", 202403, D(50)),
    (None, 202403, D(5)),
)


def test_the_first_sale() -> None:
    assert maturity.first_months(BOOK, "channel") == {"天猫": 202301, "抖音": 202303, None: 202403}


def test_a_year_after_its_first_sale_a_member_is_mature() -> None:
    firsts = {"天猫": 202301, "抖音": 202303}
    found = maturity.grouped(BOOK, "channel", firsts, beginning=202301)
    assert found["maturity"].tolist() == [
        "mature", "new", "new", "mature", "new", "mature", "mature",
    ]  # fmt: skip
    assert "channel" not in found and found["net_sales"].tolist() == BOOK["net_sales"].tolist()


def test_who_is_new_in_a_month() -> None:
    firsts = {"old": 202201, "young": 202306, "later": 202405}
    told = [maturity.members_of(group, firsts, 202405, 202201) for group in ("mature", "new")]
    assert told == [["old"], ["young", "later"]]
    assert maturity.members_of("new", firsts, 202404, 202201) == ["young"]
