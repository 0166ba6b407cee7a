"""Days without their year, and months that bare numbers head."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest.bare_days import is_bare
from chanplan.ingest.load import load
from chanplan.ingest.month_words import month_headings
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.wide import rows
from tests.fakes import FakeWriter, sheet

HEAD = "日期|渠道|销售额"


def proposed(*lines: str, name: str = "销售.csv", **hints: Any) -> Proposal:
    return recognise(Book((sheet(*lines),)), name, Hints(**hints), today=date(2026, 11, 23))


def days(found: Proposal) -> list[date]:
    writer = FakeWriter()
    load(writer, rows(found.sheet, found.recipe), found.recipe, 1)
    return [day for (day,) in writer.rows("select date from sales_line order by line, date")]


def asked(found: Proposal) -> list[str]:
    return [question.kind for question in found.questions]


@pytest.mark.parametrize(
    "written", ["3月5日", "03-05", "3/5", "3.5", "三月5日", "5-Mar", "5 March", "Mar 5", "５-Mar"]
)
def test_the_year_is_that_of_the_title(written: str) -> None:
    found = proposed("2025年销售", HEAD, f"{written}|天猫|1", f"{written}|京东|2")
    assert not found.questions
    assert days(found) == [date(2025, 3, 5)] * 2
    assert "year_from_around" in {note.code for note in found.notes}


def test_the_year_is_that_of_the_file() -> None:
    for name in ("销售2025.csv", "sales_202503.csv", "2025年3月销售.xlsx"):
        assert days(proposed(HEAD, "3月5日|天猫|1", name=name)) == [date(2025, 3, 5)]


def test_where_nothing_tells_the_year_it_is_asked() -> None:
    lines = (HEAD, "3月5日|天猫|1", "12月31日|天猫|1")
    assert asked(proposed(*lines)) == ["year"]
    assert days(proposed(*lines, year="2024")) == [date(2024, 3, 5), date(2024, 12, 31)]
    two = proposed("2024-2025销售", *lines)
    assert [question.options for question in two.questions] == [("2024", "2025")]
    # When a file was made says nothing of when it tells.
    assert asked(proposed("导出时间：2026-01-05", *lines)) == ["year"]


def test_a_remembered_year_is_not_that_of_the_next_file() -> None:
    first = proposed(HEAD, "3月5日|天猫|1", year="2024").recipe
    again = recognise(
        Book((sheet(HEAD, "3月5日|天猫|1"),)), "销售.csv", Hints(), lambda key: first,
        today=date(2026, 11, 23),
    )  # fmt: skip
    assert asked(again) == ["year"]


def test_which_number_is_the_month_the_rows_tell_or_a_person() -> None:
    head = "Date|Channel|Amount"
    assert days(proposed(head, "5/3|a|1", "25/3|a|1", name="2025.csv")) == [
        date(2025, 3, 5), date(2025, 3, 25),
    ]  # fmt: skip
    found = proposed(head, "5/3|a|1", "4/3|a|1", name="2025.csv")
    assert asked(found) == ["date_order"]
    assert days(proposed(head, "5/3|a|1", name="2025.csv", date_order="mdy")) == [date(2025, 5, 3)]


def test_days_that_are_none_are_not_bare() -> None:
    assert not any(map(is_bare, ("2025-03", "3月", "12", "3-2025", "mar-25", "a-b")))


@pytest.mark.parametrize(
    "lines",
    [
        ("2025年销售额", "渠道|{}", "天猫|{}"),
        ("渠道|2025" + "|" * 11, "|{}", "天猫|{}"),
        ("年份|渠道|{}", "2025|天猫|{}"),
    ],
)
def test_bare_numbers_from_1_to_12_are_months(lines: tuple[str, ...]) -> None:
    heads, cells = ("|".join(str(at * by) for at in range(1, 13)) for by in (1, 10))
    made = [one.format(cells if "天猫" in one else heads) for one in lines]
    assert days(proposed(*made)) == [date(2025, at, 1) for at in range(1, 13)]


def test_days_of_a_month_and_shorter_runs_are_no_months() -> None:
    assert not month_headings(["渠道", *map(str, range(1, 32))])
    assert not month_headings(["渠道", *map(str, range(1, 6))])
    assert len(month_headings(["渠道", *(f"{at:02d}" for at in range(1, 13))])) == 12


def test_what_follows_an_of_which_is_refused() -> None:
    lines = (HEAD, "2025-01-01|线上|30", "|其中：|", "2025-01-01|天猫|20", "2025-01-01|京东|10")
    with pytest.raises(UnrecognisedTableError) as fault:
        proposed(*lines)
    assert (fault.value.code, fault.value.values["labels"]) == ("sums_in_rows", ["线上"])


@pytest.mark.parametrize(
    ("written", "day"),
    [("Mon 03/02/2025", date(2025, 2, 3)), ("周日 03/02/2025", date(2025, 3, 2))],
)
def test_a_weekday_tells_which_number_is_the_month(written: str, day: date) -> None:
    assert days(proposed(HEAD, f"{written}|天猫|1")) == [day]


def test_weekdays_that_fit_neither_decide_nothing() -> None:
    assert asked(proposed(HEAD, "Fri 03/02/2025|天猫|1")) == ["date_order"]
