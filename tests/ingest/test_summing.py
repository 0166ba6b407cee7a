"""Sheets that sum up the others are known by what they come to, whatever they are called."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from chanplan.ingest.alike import family
from chanplan.ingest.fitting import best_fit
from chanplan.ingest.read import Sheet
from chanplan.ingest.recognise import Hints
from chanplan.ingest.summing import Told, summing
from tests.fakes import sheet

HEAD = "日期|渠道|产品名称|数量|金额"
LINES = ("2024-01-03|天猫|水|2|20.10", "2024-01-09|天猫|水|1|9.90", "2024-01-20|京东|茶|4|7.75",
         "2024-02-03|京东|茶|3|30.05")  # fmt: skip
OTHERS = ("2024-01-05|天猫|糖|2|3.10", "2024-02-09|京东|水|5|4.90", "2024-02-20|京东|糖|6|7.70")
SUMS = ("2024-01-01|天猫|水|3|30.00", "2024-01-01|京东|茶|4|7.75", "2024-02-01|京东|茶|3|30.05")


def told(rows: int, **months: str) -> Told:
    return Told({month: D(money) for month, money in months.items()}, rows)


def test_the_shorter_of_two_that_are_equal_goes() -> None:
    assert summing({0: told(5, a="1.5", b="2"), 1: told(9, a="1.5", b="2")}) == {0}


def test_one_that_comes_to_all_others_together_goes() -> None:
    parts = {0: told(9, a="1", b="2"), 1: told(7, a="3"), 2: told(5, a="4", b="2")}
    assert summing(parts) == {2}


def test_months_beside_each_other_stay() -> None:
    assert summing({0: told(9, a="1"), 1: told(9, b="1")}) == frozenset()
    assert summing({0: told(9, a="1", b="3"), 1: told(9, a="1", b="4")}) == frozenset()


def test_few_rows_and_no_money_prove_nothing() -> None:
    assert summing({0: told(2, a="1"), 1: told(2, a="1")}) == frozenset()
    assert summing({0: told(9, a="0"), 1: told(9, a="0")}) == frozenset()


def taken(*sheets: tuple[str, ...]) -> tuple[int, ...]:
    found = [sheet(HEAD, *rows, name=name) for name, *rows in sheets]
    fits = {at: best_fit(one, Hints()) for at, one in enumerate(found)}
    kin = family(found, fits, 0, Hints())
    return (kin.at, *kin.along)


def test_a_sheet_of_sums_stays_out_wherever_it_stands() -> None:
    assert taken(("明细", *LINES), ("Sheet2", *SUMS)) == (0,)
    assert taken(("Sheet2", *SUMS), ("明细", *LINES)) == (1,)


def test_lines_told_again_with_other_money_stay_out() -> None:
    lines = [f"2024-01-{day:02d}|天猫|水|{day}|{day}.10" for day in range(1, 12)]
    again = [f"2024-01-{day:02d}|天猫|水|{day}|{day}.30" for day in range(1, 12)]
    assert taken(("1月", *lines), ("1月修订", *again)) == (0,)
    other = [f"2024-02-{day:02d}|天猫|水|{day}|{day}.30" for day in range(1, 12)]
    assert taken(("1月", *lines), ("2月", *other)) == (0, 1)


@pytest.mark.parametrize(
    "other", ["退货", "Returns", "赠品", "作废单", "预算", "上年", "Forecast", "美元", "未税"]
)
def test_a_sheet_whose_name_says_that_it_is_something_else_stays_out(other: str) -> None:
    first = {"美元": "人民币", "未税": "含税"}.get(other, "销售")
    assert taken((first, *LINES), (other, *OTHERS)) == (0,)
    if first == "销售":
        assert taken((other, *OTHERS), (first, *LINES)) == (1,)


def test_sheets_whose_names_say_nothing_of_their_numbers_come_together() -> None:
    assert taken(("天猫", *LINES), ("京东", *OTHERS)) == (0, 1)
    assert taken(("2023年", *LINES), ("2024年", *OTHERS)) == (0, 1)
    assert taken(("销售退货单", *LINES), ("销售出库单", *OTHERS)) == (0, 1)


def test_a_title_says_it_where_the_name_says_nothing() -> None:
    found = [
        sheet("销售额", HEAD, *LINES, name="Sheet1"),
        sheet("成本", HEAD, *OTHERS, name="Sheet2"),
    ]
    fits = {at: best_fit(one, Hints()) for at, one in enumerate(found)}
    kin = family(found, fits, 0, Hints())
    assert (kin.at, kin.along, kin.left) == (0, (), {1: "other_meaning"})


BAD = "2024-01-21|京东|茶|4|12,5万元"


def test_a_sheet_of_sums_is_known_though_some_money_of_the_lines_cannot_be_read() -> None:
    sums = [*SUMS[:1], "2024-01-01|京东|茶|8|125007.75", SUMS[2]]
    for lines in ((*LINES, BAD), (BAD, *LINES)):
        assert taken(("明细", *lines), ("Sheet2", *sums)) == (0,)
        assert taken(("Sheet2", *sums), ("明细", *lines)) == (1,)


def test_what_agrees_in_one_part_by_chance_stays() -> None:
    other = [SUMS[0], "2024-01-01|京东|茶|8|11.00", "2024-02-01|京东|茶|3|31.05"]
    assert taken(("明细", *LINES, BAD), ("Sheet2", *other)) == (0, 1)


def test_a_long_wide_sheet_is_added_up() -> None:
    head = "渠道|产品|2024-01|2024-02|2024-03"
    lines = [f"渠道{at % 3}|品{at}|{at}.5|{at}|{at}.25" for at in range(1, 700)]
    months = [sum(D(line.split("|")[at]) for line in lines) for at in (2, 3, 4)]
    small = [f"渠道0|全|{months[0]}|0|0", f"渠道1|全|0|{months[1]}|0", f"渠道2|全|0|0|{months[2]}"]
    found = [sheet(head, *lines, name="明细"), sheet(head, *small, name="Sheet2")]
    fits = {at: best_fit(one, Hints()) for at, one in enumerate(found)}

    def added(
        one: Sheet, line: int, by: int, at: int
    ) -> list[tuple[str | None, D | None, int, int]]:
        rows = [row.split("|") for row in lines]
        return [(row[by], D(row[at]), 1, 0) for row in rows]

    kin = family(found, fits, 0, Hints(), added)
    assert (kin.at, kin.along, kin.left) == (0, (), {1: "summary"})
