"""What the page opens with, and what a deed would move: worked by hand."""

from __future__ import annotations

from decimal import Decimal as D

import pandas as pd

from chanplan.analysis.cells import records, table
from chanplan.analysis.reconcile import moving, ruling, story
from chanplan.analysis.reconcile.tying import Tied

HEADS = ("source", "channel", "month", "counts", "said", "lines", "with_tax", "without_tax")


def _told(*rows: tuple[object, ...]) -> pd.DataFrame:
    return ruling.ruled(table(HEADS, rows), "with_tax")


def _row(source: str, month: int, money: int, counts: int = 1, said: int = 0) -> tuple[object, ...]:
    return source, "天猫", month, counts, said, 1, D(money), None


NOTHING = Tied(0, 0, None)


def test_conflicts_of_months_in_a_row_are_one():
    told = _told(
        *(_row("店铺", month, 100) for month in (202312, 202401, 202403)),
        *(_row("ERP", month, 90) for month in (202312, 202401, 202403)),
        _row("店铺", 202402, 5),
    )
    found = ruling.conflicts(told)
    assert [(one.first, one.last, one.stake) for one in found] == [
        (202312, 202401, D(180)),
        (202403, 202403, D(90)),
    ]
    assert found[0].amounts == {"店铺": D(200), "ERP": D(180)}
    first, second = story.story(told, found, NOTHING)
    assert (first.code, first.values["stake"], first.values["count"]) == ("unsaid", D(180), 2)
    assert second.code == "no_book"


def test_what_is_said_is_no_conflict_and_an_adjustment_is_no_source():
    ruled = _told(_row("店铺", 202401, 100, said=1), _row("ERP", 202401, 90, counts=0))
    both = _told(_row("店铺", 202401, 100, said=1), _row("ERP", 202401, 90, said=1))
    alone = _told(_row("店铺", 202401, 100), _row("手工调整", 202401, -5))
    states = [records(told)[0]["state"] for told in (ruled, both, alone)]
    assert states == ["ruled", "both", "one"]
    assert [story.story(told, [], NOTHING)[0].code for told in (ruled, both, alone)] == [
        "said", "said", "one_source",
    ]  # fmt: skip
    cell = records(ruled)[0]
    assert (cell["counted"], cell["told"]) == (D(100), D(90))


def test_finance_in_a_sentence():
    far = {"source": "店铺", "channel": None, "month": 202401, "difference": D(-5)}
    told = _told(_row("店铺", 202401, 100))
    for tied, code in (
        (Tied(2, 2, None), "all_tie"),
        (Tied(2, 1, far), "some_off"),
        (Tied(2, 1, None), "some_missing"),
    ):
        assert story.story(told, [], tied)[1].code == code


def test_one_side_of_the_tax_is_taken_for_all_sources_of_a_cell():
    rows = [
        ("店铺", "天猫", 202401, 1, 0, 1, D(113), D(100)),
        ("ERP", "天猫", 202401, 1, 0, 1, None, D(90)),
    ]
    cell = records(ruling.ruled(table(HEADS, rows), "with_tax"))[0]
    assert cell["amounts"] == {"店铺": D(100), "ERP": D(90)}


def test_what_would_move_most_comes_first():
    heads = ["basis", "month", "channel", "with_tax_before", "with_tax_after"]
    heads += ["lines_before", "lines_after", "closed"]
    rows = [
        ("order", 202401, "天猫", D(10), D(8), 2, 1, False),
        ("order", 202402, "天猫", D(10), None, 1, None, True),
    ]
    found = table(heads, rows)
    moved = moving.moved(found, "with_tax")
    assert moved["moved"].tolist() == [D(-10), D(-2)]
    assert moving.closed(found) == [202402]
