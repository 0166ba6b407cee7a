"""Months side by side: told one per month, with the year from wherever it stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from chanplan.domain.recipe import Recipe
from chanplan.ingest.load import load
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.wide import months_of, rows
from tests.fakes import FakeWriter, sheet

TODAY = date(2026, 11, 24)


def proposed(*lines: str, name: str = "2024年目标.csv", hints: Hints | None = None) -> Proposal:
    return recognise(Book((sheet(*lines),)), name, hints or Hints(), today=TODAY)


def asked(found: Proposal) -> dict[str, tuple[str, ...]]:
    return {question.kind: question.options for question in found.questions}


@pytest.mark.parametrize(
    ("headers", "months"),
    [
        ("1月 2月 12月", {0: "01", 1: "02", 2: "12"}),
        ("2024年1月 2024年02月 2024年3月份", {0: "2024-01", 1: "2024-02", 2: "2024-03"}),
        ("2024-01 2024.02 202403", {0: "2024-01", 1: "2024-02", 2: "2024-03"}),
        ("M01 M02 M03", {0: "01", 1: "02", 2: "03"}),
        ("Jan Feb March", {0: "01", 1: "02", 2: "03"}),
        ("1 2 3", {}),  # bare numbers may be anything
        ("1月 2月 金额", {}),  # two are no row of months
    ],
)
def test_months_are_known_by_their_headings(headers: str, months: dict[int, str]) -> None:
    assert months_of(headers.split()) == months


def test_targets_by_channel_and_month_come_in_one_per_filled_cell() -> None:
    found = proposed(
        "2025年销售目标（单位：万元）||||",
        "渠道|1月|2月|3月|合计",
        "天猫|10|-|12.5|22.5",
        "京东|7|8|9|24",
        "合计|17|8|21.5|46.5",
    )
    assert (found.recipe.table, asked(found)) == ("targets", {})
    writer = FakeWriter()
    counts = load(writer, rows(found.sheet, found.recipe), found.recipe, 1)
    kept = writer.rows("select line, month, channel, amount from targets order by line, month")
    assert kept == [
        (3, date(2025, 1, 1), "天猫", D(100_000)),
        (3, date(2025, 3, 1), "天猫", D(125_000)),
        (4, date(2025, 1, 1), "京东", D(70_000)),
        (4, date(2025, 2, 1), "京东", D(80_000)),
        (4, date(2025, 3, 1), "京东", D(90_000)),
    ]
    # The row of sums has three filled cells, which are no data; nothing is set aside.
    assert (counts.file, counts.loaded, counts.skipped, counts.set_aside) == (8, 5, 3, 0)


def test_a_column_tells_the_year_of_each_row() -> None:
    found = proposed("Year|EmployeeID|M01|M02|M03", "2017|7|-|-|-", "2018|7|1|2|3", name="t.csv",
                     hints=Hints(table="targets"))  # fmt: skip
    assert asked(found) == {}
    writer = FakeWriter()
    counts = load(writer, rows(found.sheet, found.recipe), found.recipe, 1)
    assert writer.rows("select month, amount, salesperson from targets order by month") == [
        (date(2018, month, 1), D(month), "7") for month in (1, 2, 3)
    ]
    assert (counts.file, counts.skipped) == (4, 1)  # the year without any is one row of no data


def test_what_the_sheet_does_not_say_is_asked_and_can_be_answered() -> None:
    table = ("渠道|1月|2月|3月", "天猫|1|2|3")
    found = proposed(*table, name="汇总.csv")
    assert asked(found)["table"] == ("sales", "targets")
    assert "2026" in asked(found)["year"]
    told = proposed(*table, name="汇总.csv", hints=Hints(year="2023", table="sales"))
    assert asked(told) == {} and told.recipe.grain == "month"
    writer = FakeWriter()
    load(writer, rows(told.sheet, told.recipe), told.recipe, 1)
    assert writer.rows("select month, grain, channel, amount_with_tax from sales_line") == [
        (202301, "month", "天猫", D(1)),
        (202302, "month", "天猫", D(2)),
        (202303, "month", "天猫", D(3)),
    ]


def test_two_years_in_the_title_are_asked() -> None:
    found = proposed("2023—2024年目标|||", "渠道|1月|2月|3月", "天猫|1|2|3", name="x.csv")
    assert asked(found) == {"year": ("2023", "2024")}


def test_a_total_that_is_not_the_sum_is_told() -> None:
    found = proposed("渠道|1月|2月|3月|合计", "天猫|1|2|3|7", "京东|1|1|1|3")
    told = {note.code: note.values for note in found.notes}
    assert told["wide_totals_differ"] == {"rows": 1, "header": "合计"}


def test_the_journal_keeps_which_columns_are_months() -> None:
    recipe = proposed("渠道|2024-01|2024-02|2024-03", "天猫|1|2|3").recipe
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert recipe.file_headers() == ("渠道", "2024-01", "2024-02", "2024-03")
