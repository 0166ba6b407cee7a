"""What happened and what drove it, in codes and values."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis import story
from chanplan.domain.period import Period
from chanplan.domain.scope import Comparison

D = Decimal
MAY = Period(202405, 202405)
Sides = tuple[str | None, str | None]


def total(now: str | None, base: str | None) -> pd.DataFrame:
    cells = {"net_sales": now, "net_sales__base": base}
    return pd.DataFrame(
        {name: pd.Series([None if c is None else D(c)], dtype=object) for name, c in cells.items()}
    )


def members(dimension: str, **sides: Sides) -> tuple[str, pd.DataFrame]:
    frame = pd.concat([total(*side) for side in sides.values()], ignore_index=True)
    return dimension, frame.assign(**{dimension: list(sides)})


def told(
    now: str | None,
    base: str | None,
    *by_dimension: tuple[str, pd.DataFrame],
    period: Period = MAY,
    compare: Comparison = "last_year",
) -> list[tuple[str, object]]:
    """(code, member or growth) of each finding."""
    found = story.story(total(now, base), by_dimension, period, compare)
    return [(f.code, f.values.get("member", f.values.get("growth"))) for f in found]


def test_growth_and_its_drivers_in_order() -> None:
    channels = members("channel", 天猫=("150", "100"), 京东=("60", "80"), 抖音=("10", "20"))
    products = members("product", A=("220", "200"), B=("0", "0"))
    assert told("220", "200", channels, products) == [
        ("grew", D("0.1")), ("driver_up", "天猫"), ("lost_most", "京东"), ("driver_up", "A"),
    ]  # fmt: skip


def test_a_fall_names_its_cause_first() -> None:
    channels = members("channel", a=("10", "100"), b=("30", "20"))
    found = story.story(total("40", "120"), [channels], MAY)
    assert [finding.code for finding in found] == ["fell", "driver_down", "added_most"]
    down = found[1].values
    assert (down["member"], down["change"], down["size"]) == ("a", D(-90), D(90))
    assert down["contribution"] == D("-0.75")
    assert down["dimension"] == "channel"


def test_hardly_any_change_is_flat() -> None:
    assert told("10001", "10000") == [("flat", D("0.0001"))]


def test_no_base() -> None:
    channels = members("channel", a=("10", None), b=("30", None))
    assert told("40", None, channels) == [("sales", None), ("largest", "b")]


def test_a_base_of_zero_has_no_rate_but_a_change() -> None:
    found = story.story(total("40", "0"), [members("channel", a=("40", "0"))], MAY)
    assert [finding.code for finding in found] == ["no_growth_rate", "only_member"]
    assert (found[0].values["growth"], found[0].values["change"]) == (None, D(40))


def test_one_channel() -> None:
    assert told("40", "20", members("channel", a=("40", "20"))) == [
        ("grew", D(1)), ("only_member", "a"),
    ]  # fmt: skip


def test_all_returns() -> None:
    channels = members("channel", a=("-10", None), b=("-3", None))
    assert told("-13", None, channels) == [("sales", None), ("negative_total", None)]


def test_nothing_sold() -> None:
    assert told(None, None) == [("no_sales", None)]
    assert told(None, "5") == [("fell", D(-1))]
    nothing = total("1", "1").iloc[0:0]
    assert story.story(nothing, [], MAY)[0].code == "no_sales"


def test_not_stated_can_drive() -> None:
    dimension, frame = members("channel", a=("1", "1"), b=("9", "1"))
    frame["channel"] = pd.Series(["a", None], dtype=object)
    assert told("10", "2", (dimension, frame))[1] == ("driver_up", None)


def test_new_year_in_only_one_of_the_periods() -> None:
    """2024: 10 February; 2023: 22 January."""
    january, both = Period(202401, 202401), Period(202401, 202402)
    assert told("1", "2", period=january)[-1][0] == "new_year_base"
    assert told("1", "2", period=Period(202402, 202402))[-1][0] == "new_year_now"
    assert told("1", "2", period=both)[-1][0] == "fell"
    assert (
        told("1", "2", period=Period(202403, 202403), compare="previous")[-1][0] == "new_year_base"
    )
    assert told("1", None, period=january) == [("sales", None)]
    assert told("1", "2", period=Period(200901, 200901))[-1][0] == "fell"
    found = story.story(total("1", "2"), [], january)
    assert found[-1].values == {"month": 202301}


def test_every_value_has_a_way_to_be_written() -> None:
    found = story.story(total("40", "120"), [members("channel", a=("1", "9"), b=("3", "2"))], MAY)
    named = {name for finding in found for name in finding.values}
    assert named - set(story.UNITS) == {"dimension", "member"}


def test_new_year_lies_in_the_companys_month() -> None:
    january = Period(202501, 202501)
    # 29 January 2025 is in January, with cut-off 25 in February, as 10 February 2024 is.
    assert [one.code for one in story.new_year(january, "last_year")] == ["new_year_now"]
    assert story.new_year(january, "last_year", 25) == []
