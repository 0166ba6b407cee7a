"""年 and 月 in two columns, a month alone, and quarters, which no month can hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Recipe
from chanplan.ingest import split_dates
from chanplan.ingest.load import Counts, load
from chanplan.ingest.quarters import names_quarter
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.wide import rows
from tests.fakes import FakeWriter, sheet

TODAY = date(2026, 11, 24)


def proposed(*lines: str, name: str = "销售.csv", **hints: Any) -> Proposal:
    return recognise(Book((sheet(*lines),)), name, Hints(**hints), today=TODAY)


def loaded(found: Proposal) -> tuple[list[tuple[Any, ...]], Counts]:
    assert not found.questions
    # What the journal keeps is enough.
    recipe = Recipe.from_json(found.recipe.to_json())
    writer = FakeWriter()
    counts = load(writer, rows(found.sheet, recipe), recipe, 1)
    kept = "select line, date, grain, channel, amount_with_tax from sales_line order by line"
    return writer.rows(kept), counts


@pytest.mark.parametrize(
    ("year", "month"),
    [("2024", "3"), ("2024年", "3月"), ("２０２４", "０３"), ("24年", "三月"), ("2024", "March"),
     ("2024.0", "3.0"), ("2024年度", "M03"), ("2024", "3月份"), ('="2024"', "Mar.")],
)  # fmt: skip
def test_year_and_month_are_one_date_however_they_are_written(year: str, month: str) -> None:
    found = proposed("年度|月份|渠道|销售额", f"{year}|{month}|天猫|5", f"{year}|{month}|京东|7")
    kept, counts = loaded(found)
    assert kept == [
        (2, date(2024, 3, 1), "month", "天猫", D(5)),
        (3, date(2024, 3, 1), "month", "京东", D(7)),
    ]
    assert (found.recipe.grain, counts.covered_to) == ("month", date(2024, 3, 31))
    assert {"headers": ["年度", "月份"]} in [note.values for note in found.notes]


def test_rows_that_make_no_date_are_set_aside_and_totals_are_skipped() -> None:
    kept, counts = loaded(
        proposed(
            "年份|月份|渠道|产品|销售额",
            "2024|3|天猫|水|5",
            "2024|13|天猫|水|7",
            "|3|京东|水|9",
            "年份|月份|渠道|产品|销售额",
            "合计||||21",
        )
    )
    assert [row[0] for row in kept] == [2]
    assert (counts.set_aside, counts.skipped, counts.stated) == (2, 2, D(21))
    assert counts.reasons == {"unreadable_date:date": 2}


def test_year_month_and_day_make_a_day() -> None:
    kept, _ = loaded(proposed("Year|Month|Day|Channel|Sales", "2024|2|29|A|5", "2024|12|1|B|7"))
    assert [row[1:3] for row in kept] == [(date(2024, 2, 29), "day"), (date(2024, 12, 1), "day")]


def test_a_date_that_stands_whole_needs_no_parts() -> None:
    found = proposed("年份|月份|下单日期|渠道|销售额", "2024|3|2024-03-05|天猫|5")
    assert found.recipe.split is None
    assert loaded(found)[0][0][1] == date(2024, 3, 5)


def test_months_without_a_year_take_it_from_the_files_name_and_say_so() -> None:
    lines = ("月份|渠道|销售额", "3月|天猫|5", "4月|京东|7")
    found = proposed(*lines, name="2023年渠道销售.csv")
    assert [row[1] for row in loaded(found)[0]] == [date(2023, 3, 1), date(2023, 4, 1)]
    assert {"year": "2023"} in [note.values for note in found.notes]
    said = proposed(*lines, name="2023年渠道销售.csv", year="2024")
    assert loaded(said)[0][0][1] == date(2024, 3, 1)


@pytest.mark.parametrize("name", ["渠道销售.csv", "2023-2024对比.csv"])
def test_a_year_that_nothing_tells_is_asked(name: str) -> None:
    (question,) = proposed("月份|渠道|销售额", "3|天猫|5", "4|京东|7", name=name).questions
    assert question.kind == "year" and "2024" in question.options
    assert question.proposal is None


def test_the_twins_read_the_same() -> None:
    """`together` in Python and `laid` in SQL, over every way to write the parts."""
    years = ["2024", "2024年", "24年", "2024.0", "24", "FY24", "", "二〇二四"]
    months = ["1", "01", "12", "13", "0", "3月", "十二月", "M7", "Sept", "may", "Q1", "", "3.5"]
    days = ["1", "31", "32", "5日", "", "x"]
    lines = [f"{y}|{m}|{d}" for y in years for m in months for d in days]
    split = split_dates.SplitDate(1, 0, None, 2)
    made = sheet("年|月|日", *lines)
    below = split_dates.laid(made.below(1), split, 4)
    writer = FakeWriter()
    for name, table in below.lent.items():
        writer.lend(name, table)
    found = writer.rows(f"select c3 from {below.sql} order by line")
    expected = [split_dates.together(split, line.split("|")) for line in lines]
    assert [text for (text,) in found] == expected
    assert "2024-12-31" in expected and "24 1 1" in expected


@pytest.mark.parametrize(
    ("text", "quarter"),
    [("2024Q1", True), ("2024年一季度", True), ("第1季度", True), ("Q1 2024", True), ("1季", True),
     ("FY24Q1", True), ("2024-Q4", True), ("四季度", True), ("四季", True), ("Q5", False),
     ("四季青", False), ("2024-01", False), ("一月", False), ("SKU-Q1-2", False)],
)  # fmt: skip
def test_a_quarter_is_known(text: str, quarter: bool) -> None:
    assert names_quarter(text) is quarter


@pytest.mark.parametrize(
    "lines",
    [
        ("季度|渠道|销售额", "2024Q1|天猫|5", "2024Q2|天猫|7"),
        ("年份|季度|渠道|销售额", "2024|1|天猫|5", "2024|2|天猫|7"),
        ("期间|渠道|销售额", "2024年一季度|天猫|5", "2024年二季度|天猫|7"),
        ("渠道|产品|Q1|Q2|Q3|Q4", "天猫|水|1|2|3|4"),
        ("渠道|2024年一季度|2024年二季度|合计", "天猫|1|2|3"),
    ],
)
def test_quarters_are_refused_by_their_own_sentence(lines: tuple[str, ...]) -> None:
    with pytest.raises(UnrecognisedTableError) as fault:
        proposed(*lines, name="2024年季度销售.csv")
    assert fault.value.code == "quarters"


def test_quarters_beside_months_are_no_hindrance() -> None:
    long = proposed("月份|季度|渠道|销售额", "2024-03|Q1|天猫|5")
    assert loaded(long)[0][0][1] == date(2024, 3, 1)
    wide = proposed("渠道|1月|2月|3月|一季度", "天猫|1|2|3|6", name="2024年销售.csv")
    assert [row[4] for row in loaded(wide)[0]] == [D(1), D(2), D(3)]
