"""The company's calendar said in the app: months told anew, undone to the byte, replayed alike."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from chanplan.domain.errors import BadSettingError, MonthClosedError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.settings import Settings
from chanplan.workspace import Workspace, company_moves, saying
from tests.workspace.test_returns import bring

WHOLE = Scope(Period(202311, 202403))
LINES = (
    "订单号,日期,渠道,产品,客户,金额\n"
    "A1,2023-12-31,天猫,水,张,1\nA2,2024-01-25,天猫,水,张,10\nA3,2024-01-26,京东,水,李,100\n"
    "A4,2024-02-05,天猫,茶,王,1000\nA4,2024-02-27,天猫,茶,王,-400\n"
)
# Told by months: nobody knows on which days.
MONTHS = "月份,渠道,产品,金额\n2024-01,商超,水,7\n2024-02,商超,水,70\n"


@pytest.fixture
def space(tmp_path):
    with Workspace.open(tmp_path) as opened:
        bring(opened, "订单.csv", LINES)
        bring(opened, "商超.csv", MONTHS)
        yield opened


def months(space: Workspace) -> dict[str, D]:
    frame = space.ask(MetricQuery(("net_sales",), WHOLE, ("month",))).frame
    return {
        str(month): value for month, value in zip(frame["month"], frame["net_sales"], strict=True)
    }


def same(one, other) -> bool:
    return {**one, "position": ""} == {**other, "position": ""}


def test_a_cut_off_moves_days_forward_and_leaves_what_is_told_by_months(space):
    before = space.checksums()
    assert months(space) == {"202312": D(1), "202401": D(117), "202402": D(670)}
    space.company.say("cut_off_day", "25", "集团口径 26–25")
    # 31 December and 25 January are in January; the 26th is in February, 27 February in March.
    assert months(space) == {"202401": D(18), "202402": D(1170), "202403": D(-400)}
    assert space.settings.cut_off_day == 25
    assert space.counting.cut == 25
    space.company.say("cut_off_day", None)
    assert same(space.checksums(), before)


def test_saying_what_the_settings_say_moves_nothing(space):
    before = space.checksums()
    space.company.say("cut_off_day", "31")
    after = dict(space.checksums())
    assert {name for name in after if after[name] != before[name]} == {"company_word", "position"}


def test_weeks_of_4_4_and_5(space):
    before = space.checksums()
    # Mondays near the first of January: 2024 begins on the 1st; January ends on the 28th,
    # February on 25 February.
    space.company.say("week", "445:2024-01-01")
    assert months(space) == {"202312": D(1), "202401": D(117), "202402": D(1070), "202403": D(-400)}
    first = space.store.fetch("select first_day, last_day from calendar where month = 202402")
    assert first.iloc[0].tolist() == [date(2024, 1, 29), date(2024, 2, 25)]
    space.company.say("week", "none")
    assert months(space) == {"202312": D(1), "202401": D(117), "202402": D(670)}
    space.company.say("week", None)
    assert same(space.checksums(), before)


def test_a_retail_year_begins_the_fiscal_year(space):
    space.company.say("week", "445:2024-02-04")
    assert (space.settings.fiscal_year_start_month, space.counting.week) == (2, "445:2024-02-04")
    # The year 2023 has 53 weeks; its last month, named January 2024, has six of them, from
    # 24 December on.
    assert months(space)["202401"] == D(118)
    told = space.store.fetch("select fiscal_year, last_day from calendar where month = 202401")
    assert told.iloc[0].tolist() == [2024, date(2024, 2, 3)]


def test_the_fiscal_year_moves_no_month_but_names_years(space):
    before = space.checksums()
    space.company.say("fiscal_year_start_month", "4")
    after = dict(space.checksums())
    moved = {name for name in after if after[name] != before[name]}
    assert moved == {"calendar", "company_word", "position"}
    told = space.store.fetch("select fiscal_year from calendar where month = 202403")
    assert told.iloc[0].tolist() == [2024]
    asked = MetricQuery(("net_sales",), WHOLE, ("fiscal_quarter",))
    assert space.ask(asked).frame.to_numpy().tolist() == [[20243, D(1)], [20244, D(787)]]
    assert space.settings.fiscal_year_start_month == 4


def test_files_that_come_later_are_cut_alike_and_the_journal_makes_the_same(space, tmp_path):
    space.company.say("cut_off_day", "25")
    bring(space, "三月.csv", "日期,渠道,产品,金额\n2024-03-26,天猫,水,5\n", source="另")
    space.company.say("cut_off_day", None)
    space.company.say_all({"cut_off_day": "20", "fiscal_year_start_month": "7"}, "换口径")
    before, counting = space.checksums(), space.counting
    space.close()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as again:
        assert again.checksums() == before
        assert again.counting == counting
    with Workspace.open(tmp_path) as once_more:
        assert once_more.checksums() == before


def test_the_companys_word_stands_above_the_environment(space, tmp_path):
    space.company.say("cut_off_day", "25")
    said = space.checksums()
    space.close()
    with Workspace(replace(Settings(), home=tmp_path, cut_off_day=20)) as again:
        assert again.settings.cut_off_day == 25
        assert again.checksums() == said
        again.company.say("cut_off_day", None)
        assert again.settings.cut_off_day == 20
        assert months(again)["202402"] == D(1180)  # with the 25th and the 26th of January


def test_closed_months_refuse_what_would_move_them_and_pass_the_rest(space):
    space.closings.mark([202401], True)
    before = space.checksums()
    with pytest.raises(MonthClosedError) as fault:
        space.company.say("cut_off_day", "25")
    assert "2024-01" in str(fault.value.values["months"])
    assert space.checksums() == before
    assert space.settings.cut_off_day is None
    space.company.say("fiscal_year_start_month", "4")


def test_what_would_move_is_seen_before_and_nothing_is_kept(space):
    space.closings.mark([202402], True)
    before = space.checksums()
    found = company_moves.moves(space, {"cut_off_day": "25"})
    told = found[["month", "channel", "with_tax_before", "with_tax_after", "closed"]]
    assert told.to_numpy().tolist() == [
        [202312, "天猫", D(1), None, False],
        [202401, "京东", D(100), None, False],
        [202401, "天猫", D(10), D(11), False],
        [202402, "京东", None, D(100), True],
        [202402, "天猫", D(600), D(1000), True],
        [202403, "天猫", None, D(-400), False],
    ]
    assert space.checksums() == before
    assert company_moves.moves(space, {"fiscal_year_start_month": "4"}).empty


def test_years_that_are_named_otherwise(space):
    told = company_moves.renamed(space, {"fiscal_year_start_month": "4"})
    assert told.to_numpy().tolist() == [
        [202312, 2023, 2024, 20234, 20243],
        [202401, 2024, 2024, 20241, 20244],
        [202402, 2024, 2024, 20241, 20244],
    ]
    assert company_moves.renamed(space, {"cut_off_day": "25"}).empty


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("week", "445"),
        ("week", "445:2024-06-15"),
        ("week", "445:2024-13-01"),
        ("fx", "constant:202413"),
    ],
)
def test_what_is_no_calendar_is_refused(space, key, value):
    with pytest.raises(BadSettingError):
        space.company.say(key, value)


def test_the_newest_deed_is_taken_back_by_saying_what_was(space):
    keys = ("cut_off_day", "week", "fiscal_year_start_month")
    assert saying.before(space.store, keys) == {}
    space.company.say("cut_off_day", "20", "旧口径")
    space.company.say_all({"cut_off_day": "25", "fiscal_year_start_month": "7"}, "换口径")
    space.company.say("tax", "with_tax")
    before = saying.before(space.store, keys)
    assert before in (
        {"cut_off_day": "20", "fiscal_year_start_month": None},
        {"fiscal_year_start_month": None, "cut_off_day": "20"},
    )
    told = {one.key: (one.value, one.reason) for one in saying.words(space.store, keys)}
    assert told == {"cut_off_day": ("25", "换口径"), "fiscal_year_start_month": ("7", "换口径")}
    space.company.say_all(before, "撤销")
    assert space.counting.cut == 20
    assert [one.key for one in saying.words(space.store, keys)] == ["cut_off_day"]
