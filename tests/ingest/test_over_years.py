"""Months without a year that run into the next one, and tables below each other by their titles."""

from __future__ import annotations

from datetime import date

import pytest

from chanplan.ingest.over_years import beginning, carried_on, over_year
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from tests.fakes import sheet

TODAY = date(2026, 11, 23)
APRIL_TO_MARCH = [*range(4, 13), 1, 2, 3]
CELLS = "|".join(["5"] * 12)


def proposed(*rows: str, name: str = "sales.xlsx", hints: Hints | None = None) -> Proposal:
    return recognise(Book((sheet(*rows),)), name, hints or Hints(table="sales"), today=TODAY)


def fiscal(title: str, hints: Hints | None = None) -> Proposal:
    heads = "|".join(f"{month}月" for month in APRIL_TO_MARCH)
    return proposed(title, f"渠道|{heads}", f"天猫|{CELLS}", f"京东|{CELLS}", hints=hints)


@pytest.mark.parametrize(
    ("told", "come_to"),
    [
        (["04", "12", "2025-01", "02"], ["04", "12", "2025-01", "02"]),
        (["11", "12", "2025-01", "02"], ["2024-11", "2024-12", "2025-01", "2025-02"]),
        (["2023-12", "01"], ["2023-12", "2024-01"]),
        (["2024-12", "11", "10"], ["2024-12", "11", "10"]),
        (["01", "02"], ["01", "02"]),
    ],
)
def test_a_month_beside_one_with_a_year_is_of_the_year_it_comes_to(
    told: list[str], come_to: list[str]
) -> None:
    assert list(carried_on(dict(enumerate(told))).values()) == come_to


@pytest.mark.parametrize(
    ("months", "over"),
    [
        (APRIL_TO_MARCH, True),
        (range(1, 13), False),
        (range(12, 0, -1), False),
        ([1, 2, 3, 1, 2, 3], False),
    ],
)
def test_one_turn_and_upwards_on_both_sides_is_another_year(months: list[int], over: bool) -> None:
    assert over_year([(at, f"{month:02d}") for at, month in enumerate(months)]) is over


def test_the_year_of_such_a_row_is_asked_though_a_title_names_one() -> None:
    asked = fiscal("FY2024 渠道销售")
    assert [(one.kind, one.options) for one in asked.questions if one.kind == "year"] == [
        ("year", ("2024", "2023"))
    ]
    assert "months_over_year" in [note.code for note in asked.notes]
    wide = fiscal("FY2024 渠道销售", Hints(table="sales", year="2024")).recipe.wide
    assert wide is not None
    assert [month for _, month in wide.months][::11] == ["2024-04", "2025-03"]
    assert beginning(wide, None) == wide


def test_a_title_with_both_years_needs_no_question() -> None:
    wide = fiscal("2024年4月至2025年3月").recipe.wide
    assert wide is not None
    assert [month for _, month in wide.months][8:10] == ["2024-12", "2025-01"]


@pytest.mark.parametrize("titles", [("2023年", "2024年"), ("销售额", "销量")])
def test_titles_of_other_years_or_measures_make_other_tables(titles: tuple[str, str]) -> None:
    heads, line = "渠道|产品|1月|2月|3月", "天猫|水|5|6|7"
    found = proposed(titles[0], heads, line, line, "", titles[1], heads, line)
    assert "rows" in [question.kind for question in found.questions]


def test_a_page_that_begins_anew_is_the_same_table() -> None:
    heads, line = "渠道|产品|1月|2月|3月", "天猫|水|5|6|7"
    found = proposed("2024年", heads, line, line, "第2页", heads, line)
    assert "rows" not in [question.kind for question in found.questions]


def test_two_tables_without_a_gap_are_two() -> None:
    heads, line = "日期|渠道|金额", "2024-01-01|天猫|5"
    found = proposed(f"{heads}|{heads}", f"{line}|2024-02-01|京东|7", f"{line}|2024-02-02|京东|8")
    asked = {question.kind: question.options for question in found.questions}
    assert asked["rows"] == ("A1:C", "D1:F")
