"""The findings that stand as titles of charts, worked by hand."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis import over_time, shares, titles

D = Decimal


def monthly(*rows: tuple[int, str | None, str]) -> pd.DataFrame:
    columns = {"month": [row[0] for row in rows], "channel": [row[1] for row in rows]}
    sales = pd.Series([D(row[2]) for row in rows], dtype=object)
    return over_time.by_month(pd.DataFrame({**columns, "net_sales": sales}), "channel")


def members(**sides: tuple[str, str]) -> pd.DataFrame:
    now = pd.Series([D(side[0]) for side in sides.values()], dtype=object)
    base = pd.Series([D(side[1]) for side in sides.values()], dtype=object)
    frame = pd.DataFrame({"channel": list(sides), "net_sales": now, "net_sales__base": base})
    return shares.shares(frame, "channel")


# January 80 + 20, February 30 + 30, March 45 + 15: a has 80 %, 50 %, 75 %.
THREE = monthly(
    (202401, "a", "80"), (202401, "b", "20"), (202402, "a", "30"),
    (202402, "b", "30"), (202403, "a", "45"), (202403, "b", "15"),
)  # fmt: skip


def test_the_best_and_the_poorest_month() -> None:
    found = titles.high_and_low(THREE)
    assert found is not None
    assert found.values == {"high": 202401, "value": D(100), "low": 202402, "base": D(60)}
    assert titles.high_and_low(monthly((202401, "a", "5"))) is None
    assert titles.high_and_low(monthly((202401, "a", "5"), (202402, "a", "5"))) is None


def test_whose_share_moved_most_from_the_first_month_to_the_last() -> None:
    found = titles.share_moved(THREE, "channel")
    assert found is not None
    assert (found.code, found.values["member"]) == ("share_fell", "a")
    assert (found.values["before_share"], found.values["share"]) == (D("0.8"), D("0.75"))
    assert (found.values["first"], found.values["last"]) == (202401, 202403)


def test_a_member_that_comes_had_nothing_before() -> None:
    found = titles.share_moved(
        monthly((202401, "a", "10"), (202402, "a", "6"), (202402, "n", "4")), "channel"
    )
    assert found is not None  # a loses 0.4, n gains 0.4: the first named of equals
    assert (found.code, found.values["before_share"], found.values["share"]) == (
        "share_fell", D(1), D("0.6"),
    )  # fmt: skip


def test_no_share_moved_is_no_title() -> None:
    still = monthly((202401, "a", "1"), (202401, "b", "3"), (202402, "a", "2"), (202402, "b", "6"))
    assert titles.share_moved(still, "channel") is None
    assert titles.share_moved(monthly((202401, "a", "1")), "channel") is None
    unnamed = monthly((202401, None, "1"), (202402, None, "3"))
    assert titles.share_moved(unnamed, "channel") is None


def test_rises_and_falls_make_the_change_of_the_total() -> None:
    found = titles.ups_and_downs(members(a=("9", "5"), b=("1", "4"), c=("3", "1")), "channel")
    assert found is not None
    assert found.code == "ups_and_downs"
    assert (found.values["rose"], found.values["up"]) == (2, D(6))
    assert (found.values["fell"], found.values["down"]) == (1, D(-3))
    only = titles.ups_and_downs(members(a=("9", "5")), "channel")
    assert only is not None and only.code == "only_ups"
    assert titles.ups_and_downs(members(a=("5", "5")), "channel") is None


def test_how_much_the_three_largest_hold() -> None:
    found = titles.concentration(
        members(a=("40", "1"), b=("30", "1"), c=("20", "1"), d=("10", "1")), "channel"
    )
    assert found is not None
    assert (found.values["share"], found.values["count"], found.values["of"]) == (D("0.9"), 3, 4)
    assert (
        titles.concentration(members(a=("1", "1"), b=("1", "1"), c=("1", "1")), "channel") is None
    )
    back = members(a=("40", "1"), b=("30", "1"), c=("20", "1"), d=("-10", "1"))
    assert titles.concentration(back, "channel") is None
