"""Two lines of headings are one heading a column; merged cells speak for what they cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from chanplan.domain.recipe import Recipe
from chanplan.ingest.headings import headings, two_lines
from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import Book, reread
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.ingest.wide import rows
from chanplan.settings import Limits
from tests.fakes import FakeWriter, sheet
from tests.ingest.reading_room import read_bytes
from tests.ingest.test_read_workbook import workbook

TODAY = date(2026, 11, 23)


def test_the_word_above_is_said_again_where_the_word_below_does_not_suffice() -> None:
    one = sheet("日期|一月||二月|", "|数量|金额|数量|金额", "2024-01-01|1|2|3|4")
    assert headings(one, 2, 2) == ("日期", "一月 数量", "一月 金额", "二月 数量", "二月 金额")
    assert two_lines(one, 2)


@pytest.mark.parametrize(
    ("upper", "lower", "told"),
    [
        ("日期|信息|", "|渠道|产品", ("日期", "渠道", "产品")),
        ("日期|销售|", "|数量|金额", ("日期", "销售 数量", "销售 金额")),
        ("日期|去年|今年", "|金额|数量", ("日期", "去年 金额", "数量")),
        ("日期|渠道|金额", "日期||金额", ("日期", "渠道", "金额")),
    ],
)
def test_what_stands_above(upper: str, lower: str, told: tuple[str, ...]) -> None:
    assert headings(sheet(upper, lower, "1|2|3"), 2, 2) == told


def test_merged_cells_and_not_blanks_decide_how_far_a_word_reaches() -> None:
    one = sheet("日期|甲||乙", "|数量|金额|金额", "1|2|3|4")
    assert headings(one, 2, 2)[2] == "甲 金额"
    merged = replace(one, merges=((1, 1, 1, 1),))
    assert headings(merged, 2, 2)[2] == "金额"


def test_two_tables_side_by_side_are_asked_about_though_only_one_has_merged_cells() -> None:
    table = (
        "日期|名称||销售|",
        "|渠道|产品|数量|金额",
        "2024-03-01|天猫|水|1|5",
        "2024-03-02|京东|茶|2|7",
    )
    one = replace(sheet(*(f"{row}|{row}" for row in table)), merges=((1, 1, 1, 2), (1, 3, 1, 4)))
    found = recognise(Book((one,)), "x.xlsx", Hints(), today=TODAY)
    assert [question.kind for question in found.questions if question.options] == ["rows"]


def test_framed_headings_that_stand_again_without_their_frame_are_the_same_table() -> None:
    table = (
        "[日期]|[渠道]|[金额]|[备注]",
        "2024-03-01|天猫|1|",
        "日期|渠道|金额|备注",
        "2024-03-02|天猫|2|",
    )
    found = recognise(Book((sheet(*table),)), "x.csv", Hints(), today=TODAY)
    assert not found.questions


def test_a_title_above_is_no_heading() -> None:
    found = recognise(
        Book((sheet("三月|张三", "日期|渠道|金额", "2024-03-01|天猫|1"),)),
        "x.csv", Hints(), today=TODAY,
    )  # fmt: skip
    assert (found.recipe.header_rows, found.recipe.headers) == (1, ("日期", "渠道", "金额"))


def dealers(book: Any) -> None:
    """A merged title, headings in rows 2 and 3, a channel merged over rows 4 to 6, one total."""
    page = book.add_worksheet("流水")
    page.merge_range(0, 0, 0, 4, "三月经销商流水")
    for column, word in ((0, "日期"), (1, "渠道"), (2, "产品")):
        page.merge_range(1, column, 2, column, word)
    page.merge_range(1, 3, 1, 4, "销售")
    page.write_row(2, 3, ["数量", "金额"])
    page.merge_range(3, 1, 5, 1, "天猫")
    page.merge_range(4, 4, 5, 4, 70.5)
    page.merge_range(3, 0, 4, 0, "2024-03-01")
    for row, cells in enumerate((["水", 1, 10], ["茶", 2], ["奶", 3]), 3):
        page.write_row(row, 2, cells)
    page.write(5, 0, "2024-03-02")
    page.write_row(6, 0, ["合计", "", "", 6, 80.5])


def loaded(proposal: Proposal) -> tuple[FakeWriter, Counts]:
    writer = FakeWriter()
    return writer, load(writer, rows(proposal.sheet, proposal.recipe), proposal.recipe, 1)


LINES = [
    (4, date(2024, 3, 1), "天猫", "水", D(1), D(10)),
    (5, date(2024, 3, 1), "天猫", "茶", D(2), D("70.5")),
]


def test_merged_names_fill_down_and_merged_numbers_do_not(tmp_path: Path) -> None:
    found = recognise(read_bytes(tmp_path, workbook(dealers)), "x.xlsx", Hints(), today=TODAY)
    recipe = found.recipe
    # Column 2 has a merged heading only, which changes nothing below.
    assert (recipe.header_line, recipe.header_rows, recipe.filled) == (3, 2, (0, 1, 2))
    writer, counts = loaded(found)
    sql = "select line, date, channel, product, quantity, amount_with_tax from sales_line"
    assert writer.rows(sql) == LINES
    # Row 6 has no amount of its own: 70.5 belongs to rows 5 and 6 together.
    assert dict(counts.reasons) == {"missing_amount:amount": 1}
    assert (counts.file, counts.skipped) == (4, 1)
    journalled = Recipe.from_json(recipe.to_json())
    again = reread(tmp_path / "original", "x", tmp_path / "staging", journalled, Limits())
    assert journalled == recipe
    assert loaded(replace(found, sheet=again))[0].rows(sql) == LINES


def test_a_recipe_of_an_older_journal_has_one_header_row() -> None:
    written = Recipe("sales", "s", ("a",), 1, {"date": 0}).to_json()
    for later in ("header_rows", "filled", "carried"):
        del written[later]
    assert Recipe.from_json(written).header_rows == 1


GROUPS = (
    "日期|渠道|产品|金额",
    "2024-03-01|天猫|水|5",
    "2024-03-01||茶|6",
    "",
    "2024-03-02|京东|水|7",
    "2024-03-02||奶|8",
)


def test_names_told_once_for_a_group_are_asked_about() -> None:
    book = Book((sheet(*GROUPS),))
    (question,) = recognise(book, "x.csv", Hints(), today=TODAY).questions
    assert (question.kind, question.field, question.proposal) == ("fill_down", "渠道", "yes")
    for answer, channels in (
        ("yes", ["天猫", "天猫", "京东", "京东"]),
        ("no", ["天猫", None, "京东", None]),
    ):
        found = recognise(book, "x.csv", Hints(fill_down=answer), today=TODAY)
        writer, counts = loaded(found)
        assert (counts.loaded, counts.skipped) == (4, 1)
        told = writer.rows("select channel from sales_line order by line")
        assert [channel for (channel,) in told] == channels


@pytest.mark.parametrize(
    ("lines", "options", "proposal"),
    [
        (
            ("日期|渠道|金额", "2024-03-01|a|1", "", "日期|产品|数量", "2024-03-01|水|5"),
            ("1-2", "4-"),
            "1-2",
        ),
        (
            ("日期|渠道|金额||日期|渠道|金额", "2024-03-01|a|1||2024-04-01|a|2"),
            ("A1:C", "E1:G"),
            "A1:C",
        ),
        (("2024-02-01|a|7", "日期|渠道|金额", "2024-03-01|a|1"), ("1-1", "2-"), "2-"),
    ],
)
def test_of_two_tables_in_a_sheet_one_is_asked_for(
    lines: tuple[str, ...], options: tuple[str, ...], proposal: str
) -> None:
    found = recognise(Book((sheet(*lines),)), "x.csv", Hints(), today=TODAY)
    (asked,) = [question for question in found.questions if question.kind == "rows"]
    assert (asked.options, asked.proposal) == (options, proposal)
    assert len(asked.seems) == len(options)


def test_a_mark_of_sorting_alone_is_no_heading_between_two_tables() -> None:
    head, row = "日期 ▲|渠道 ▼|金额 ▼", "2024-03-01|天猫|5"
    one = sheet(f"{head}|▼|{head}", f"{row}||{row}", f"{row}||{row}")
    found = recognise(Book((one,)), "x.xlsx", Hints(), today=TODAY)
    assert [question.kind for question in found.questions] == ["rows"]
