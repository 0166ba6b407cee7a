"""Targets beside sales on books that a reader can add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.analysis.tracked import Tracked, tracked
from chanplan.analysis.tracking import Asked, Progress, sold
from chanplan.analysis.tracking_changed import changed
from chanplan.analysis.tracking_course import by_month, curve
from chanplan.analysis.tracking_milestones import on_curve
from chanplan.analysis.tracking_rows import COLUMNS, steps
from chanplan.analysis.tracking_targets import Key, chosen
from chanplan.domain.period import Period

D = Decimal
YEAR = Period(202401, 202412)
MONTHS = tuple(YEAR)


def targets(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """(channel, period, month, grain, value) …"""
    names = ("channel", "period", "month", "grain", "value")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows], columns=names)


def of_months(channel: str, value: int, grain: str = "channel,") -> list[tuple[Any, ...]]:
    return [(channel, "month", month, grain, D(value)) for month in MONTHS]


def sales(rows: dict[tuple[str | None, int], int]) -> pd.DataFrame:
    cells = [(channel, month, D(value)) for (channel, month), value in rows.items()]
    return pd.DataFrame(cells, columns=["channel", "month", "net_sales"])


def two_years(channel: str, before: int, now: int, until: int) -> dict[tuple[str | None, int], int]:
    old = {(channel, month - 100): before for month in MONTHS}
    return old | {(channel, month): now for month in MONTHS if month <= until}


def track(
    set_: pd.DataFrame,
    sold_: dict[tuple[str | None, int], int],
    as_of: date = date(2024, 6, 30),
    reach: dict[Key, date] | None = None,
    progress: Progress = "calendar",
    by: tuple[str, ...] = ("channel",),
) -> Tracked:
    asked = Asked(by, YEAR, as_of, "order", 31, reach or {}, progress)
    known = sold(sales(sold_), by, "net_sales", YEAR)
    return tracked(asked, chosen(set_, by, YEAR), known)


def row(found: Tracked, channel: str | None, total: bool = False) -> dict[str, Any]:
    rows = [
        each for each in found.frame.to_dict("records")
        if each["channel"] == channel and each["is_total"] == total
    ]  # fmt: skip
    [one] = rows
    return one


def test_one_channel_half_way() -> None:
    """1,200 for the year, 90 a month for six months: 540 of 1,200, where 182 of 366 days went."""
    found = track(targets(*of_months("A", 100)), two_years("A", 80, 90, 202406))
    one = row(found, "A")
    assert (one["target"], one["actual"], one["attainment"]) == (D(1200), D(540), D("0.45"))
    assert one["time_progress"] == D(182) / 366
    assert one["season_progress"] == D("0.5")
    assert one["target_to_date"] == D(600)
    assert one["gap"] == pytest.approx(D("-56.721311"), abs=D("0.000001"))
    assert one["pace"] == pytest.approx(D("0.904945"), abs=D("0.000001"))
    assert one["band"] == "near"
    assert one["needed_daily"] == D(660) / 184 and one["current_daily"] == D(540) / 182
    assert one["state"] == "open" and not one["late"] and one["covered_to"] == date(2024, 6, 30)
    assert one["low80"] <= one["landing"] <= one["high80"] and 0 <= one["p_hit"] <= 1


def test_the_progress_picked_is_the_one_judged_by() -> None:
    by_season = row(
        track(targets(*of_months("A", 100)), two_years("A", 80, 90, 202406), progress="season"), "A"
    )
    assert by_season["progress"] == D("0.5") and by_season["gap"] == D(-60)
    assert by_season["pace"] == D("0.9") and by_season["band"] == "near"


def test_the_total_is_the_sum_of_its_members() -> None:
    set_ = targets(*of_months("A", 100), *of_months("B", 50))
    found = track(set_, two_years("A", 80, 90, 202406) | two_years("B", 40, 60, 202406))
    a, b, total = row(found, "A"), row(found, "B"), row(found, None, total=True)
    assert (total["target"], total["actual"]) == (D(1800), D(900))
    assert total["attainment"] == D("0.5")
    assert total["gap"] == pytest.approx(a["gap"] + b["gap"], abs=D("1e-9"))
    assert float(total["landing"]) == pytest.approx(float(a["landing"] + b["landing"]), abs=0.05)


def test_late_data_is_marked_and_not_blamed() -> None:
    """B's source ends with May: 5 × 50 of 600 beside 152 of 366 days, not 182."""
    reach: dict[Key, date] = {("B",): date(2024, 5, 31)}
    set_ = targets(*of_months("A", 100), *of_months("B", 50))
    known = two_years("A", 80, 100, 202406) | two_years("B", 40, 50, 202405)
    found = track(set_, known, reach=reach)
    late, total = row(found, "B"), row(found, None, total=True)
    assert late["late"] and total["late"] and late["covered_to"] == date(2024, 5, 31)
    assert late["time_progress"] == D(152) / 366
    assert total["gap"] == pytest.approx(row(found, "A")["gap"] + late["gap"], abs=D("1e-9"))


def test_sales_without_a_target_and_a_target_without_sales_are_rows_of_their_own() -> None:
    known = two_years("A", 80, 90, 202406)
    found = track(targets(*of_months("B", 50)), known)
    assert row(found, "A")["state"] == "no_target" and row(found, "A")["actual"] == D(540)
    alone = row(found, "B")
    assert alone["state"] == "no_sales" and alone["attainment"] == 0 and alone["landing"] is None
    assert alone["at_risk"] == D(600)
    assert row(found, None, total=True)["target"] == D(600)


def test_a_target_above_the_level_asked_is_told_and_not_split() -> None:
    set_ = targets((None, "year", 202401, "region,", D(5000)), *of_months("A", 100))
    found = track(set_, two_years("A", 80, 90, 202406))
    assert row(found, None)["state"] == "coarser" and row(found, None)["target"] == D(5000)
    assert row(found, None, total=True)["target"] == D(1200)


def test_the_whole_has_its_own_target_where_one_is_set() -> None:
    set_ = targets((None, "year", 202401, "", D(2000)), *of_months("A", 100))
    known = two_years("A", 80, 90, 202406) | two_years("C", 10, 10, 202406)
    total = row(track(set_, known), None, total=True)
    assert total["target"] == D(2000) and total["actual"] == D(600)  # C's sales count, too
    assert total["landing"] > 600


def test_finer_targets_add_up_and_a_level_is_never_counted_twice() -> None:
    finer = [("A", "month", m, "channel,partner,", D(30)) for m in MONTHS for _ in range(2)]
    both = chosen(targets(*of_months("A", 100), *finer), ("channel",), YEAR)
    assert both.of["A",].value == D(1200)
    assert chosen(targets(*finer), ("channel",), YEAR).of["A",].value == D(720)


def test_a_year_s_own_row_is_the_target_and_its_months_the_way() -> None:
    set_ = targets(("A", "year", 202401, "channel,", D(1300)), *of_months("A", 100))
    made = chosen(set_, ("channel",), YEAR).of["A",]
    assert made.value == D(1300) and made.off == D(-100)
    assert row(track(set_, two_years("A", 80, 90, 202406)), "A")["target_to_date"] == D(600)


def test_a_year_is_spread_by_the_season_for_progress_only() -> None:
    set_ = targets(("A", "year", 202401, "channel,", D(1200)))
    found = track(set_, two_years("A", 80, 90, 202406))
    assert row(found, "A")["target_to_date"] == D(600)
    told = steps(
        found.asked, found.targets.of["A",], found.seasons.weights(("A",)), date(2024, 3, 31)
    )
    assert [gone for _, _, gone in told] == [1, 1, 1, *[0] * 9]
    assert found.targets.of["A",].off is None


def test_a_year_is_no_target_of_one_of_its_quarters() -> None:
    set_ = targets(
        ("A", "year", 202401, "channel,", D(1200)), ("A", "quarter", 202401, "channel,", D(250))
    )
    assert chosen(set_, ("channel",), Period(202401, 202403)).of["A",].value == D(250)
    assert chosen(set_, ("channel",), Period(202404, 202406)).of == {}


def test_only_the_months_with_a_target_are_judged() -> None:
    """A target for the first quarter alone: sales of April lie outside it."""
    set_ = targets(*of_months("A", 100)[:3])
    one = row(track(set_, two_years("A", 80, 90, 202404), date(2024, 4, 30)), "A")
    assert (one["actual"], one["outside"], one["state"]) == (D(270), D(90), "done")
    assert one["landing"] == D(270) and one["p_hit"] == 0.0 and one["time_progress"] == 1


def test_no_target_and_no_sale_at_all() -> None:
    for set_, known in ((targets(), {}), (targets(), two_years("A", 80, 90, 202406))):
        found = track(set_, known)
        assert row(found, None, total=True)["state"] == "no_target"
        assert list(found.frame.columns) == ["channel", *COLUMNS, "target_at_start"]


def test_a_target_that_is_not_positive_says_nothing() -> None:
    one = row(track(targets(*of_months("A", 0)), two_years("A", 80, 90, 202406)), "A")
    assert one["target"] == 0 and one["attainment"] is None and one["band"] is None


def test_members_stand_by_money_at_risk() -> None:
    set_ = targets(*of_months("A", 100), *of_months("B", 900), *of_months("C", 1))
    known = {}
    for channel, now in (("A", 90), ("B", 500), ("C", 5)):
        known |= two_years(channel, now, now, 202406)
    found = track(set_, known)
    assert list(found.frame["channel"]) == [None, "B", "A", "C"]


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.integers(1, 500), st.integers(0, 500), st.integers(1, 12)),
        min_size=1,
        max_size=4,
    )
)
def test_parts_and_whole_agree(books: list[tuple[int, int, int]]) -> None:
    """Whatever is set and sold: target, actual and gap of the parts make those of the whole."""
    set_, known = [], {}
    for at, (target, now, until) in enumerate(books):
        set_ += of_months(str(at), target)
        known |= two_years(str(at), 100, now, 202400 + until)
    found = track(targets(*set_), known).frame
    members, total = found[~found["is_total"].astype(bool)], found[found["is_total"].astype(bool)]
    for name in ("target", "actual", "gap"):
        assert total[name].iloc[0] == pytest.approx(sum(members[name]), abs=D("1e-9"))
    whole = sum(m["attainment"] * m["target"] for m in members.to_dict("records"))
    assert total["attainment"].iloc[0] == pytest.approx(
        whole / sum(members["target"]), abs=D("1e-9")
    )


def test_the_curve_ends_at_the_target_and_the_fan_at_the_landing() -> None:
    found = track(targets(*of_months("A", 100)), two_years("A", 80, 90, 202406))
    made = curve(found, ("A",))
    assert made is not None and made.set_by_month
    assert [point.value for point in made.target][-1] == 1200
    assert [point.value for point in made.actual] == [0, 90, 180, 270, 360, 450, 540]
    landing = found.landings["A",]
    assert made.expected[0] == made.actual[-1]
    assert made.expected[-1].value == pytest.approx(float(landing.landing))
    assert made.ends["low80"][-1].value == pytest.approx(float(landing.ends["low80"]))
    assert made.target[-1].at == made.expected[-1].at == 2024 * 12 + 11


def test_months_without_a_target_of_their_own_have_none() -> None:
    year = track(
        targets(("A", "year", 202401, "channel,", D(1200))), two_years("A", 80, 90, 202406)
    )
    assert {month.target for month in by_month(year, ("A",))} == {None}
    made = curve(year, ("A",))
    assert made is not None and not made.set_by_month and made.target[-1].value == 1200
    months = by_month(track(targets(*of_months("A", 100)), two_years("A", 80, 90, 202406)), ("A",))
    assert (months[0].target, months[0].actual, months[0].gone) == (D(100), D(90), 1)
    assert months[6].gone == 0


def test_what_if_moves_the_part_and_the_whole_by_the_same_money() -> None:
    set_ = targets(*of_months("A", 100), *of_months("B", 100))
    found = track(set_, two_years("A", 80, 90, 202406) | two_years("B", 95, 95, 202406))
    part, whole = found.landings["A",], found.landings[None]
    assert part.outlook is not None
    more = D(repr(round(part.outlook.expected * 0.5, 2)))
    for before, target in ((part, D(1200)), (whole, D(2400))):
        after = changed(before, part, target, 0.5)
        assert after.landing == pytest.approx(before.landing + more, abs=D("0.02"))
        assert after.p_hit >= before.p_hit
        assert changed(before, part, target, 0.0).landing == pytest.approx(
            before.landing, abs=D("0.02")
        )


def test_milestones_stand_on_the_curve() -> None:
    """300 by the end of March where 270 was sold is not reached; 250 is; others are not its own."""
    made = curve(track(targets(*of_months("A", 100)), two_years("A", 80, 90, 202406)), ("A",))
    assert made is not None
    rows = [
        ("三月", date(2024, 3, 31), "net_sales", D(300), "A", None),
        ("春季", date(2024, 3, 31), "net_sales", D(250), "A", None),
        ("说了算", date(2024, 5, 31), "net_sales", D(999), "A", "已完成"),
        ("公司", date(2024, 5, 31), "net_sales", D(999), None, None),
        ("铺货", date(2024, 5, 31), "numeric_distribution", D(1), "A", None),
    ]
    names = ["milestone", "due", "measure", "value", "channel", "state"]
    found = on_curve(pd.DataFrame(rows, columns=names), made, "net_sales", "A", 31)
    assert [(one.name, one.reached) for one in found] == [
        ("三月", False), ("春季", True), ("说了算", True),
    ]  # fmt: skip
    assert found[0].at == 2024 * 12 + 2
