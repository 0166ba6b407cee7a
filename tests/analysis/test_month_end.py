"""Which files are due, by each source's habit, and what is left of every step; worked by hand."""

from datetime import date

import pandas as pd
import pytest

from chanplan.analysis.month_end.expected import expected
from chanplan.analysis.month_end.steps import Tick, first_open, of_files, step

COLUMNS = ["source", "basis", "month", "lines", "covered_to", "arrived"]


def told(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def habit(source, days, *, months=(202503, 202504, 202505)):
    """Files that came so many days after the ends of March, April and May 2025."""
    ends = {202503: date(2025, 3, 31), 202504: date(2025, 4, 30), 202505: date(2025, 5, 31)}
    return [
        (source, "order", month, 10, ends[month], ends[month] + pd.Timedelta(days=day))
        for month, day in zip(months, days, strict=True)
    ]


def only(files):
    (found,) = files
    return found


def test_a_file_is_late_after_the_day_on_which_its_source_usually_comes():
    frame = told(*habit("天猫", (2, 3, 4)))
    awaited = only(expected(frame, {}, 202506, date(2025, 7, 3)))
    assert (awaited.usual, awaited.known) == (3, "habit")
    assert (awaited.earliest, awaited.latest) == (2, 4)
    assert (awaited.state, awaited.due) == ("awaited", date(2025, 7, 3))
    late = only(expected(frame, {}, 202506, date(2025, 7, 4)))
    assert (late.state, late.is_open) == ("late", True)


def test_what_the_company_says_stands_above_the_habit():
    found = only(expected(told(*habit("天猫", (2, 3, 4))), {"天猫": 8}, 202506, date(2025, 7, 4)))
    assert (found.usual, found.known, found.state) == (8, "said", "awaited")


def test_files_that_were_caught_up_on_years_later_show_no_habit():
    frame = told(*habit("天猫", (400, 370, 340)))
    found = only(expected(frame, {}, 202506, date(2025, 7, 4)))
    assert (found.usual, found.known) == (5, "default")


def test_a_file_that_stops_days_before_the_end_is_partial_and_one_with_a_quiet_end_is_not():
    came = ("天猫", "order", 202506, 7, date(2025, 6, 20), date(2025, 6, 21))
    quiet = ("京东", "order", 202506, 7, date(2025, 6, 27), date(2025, 7, 2))
    found = expected(told(came, quiet), {}, 202506, date(2025, 7, 4))
    assert {one.source: one.state for one in found} == {"天猫": "partial", "京东": "came"}


def test_a_source_that_fell_silent_months_ago_is_not_waited_for():
    frame = told(("老店", "order", 202502, 7, date(2025, 2, 28), date(2025, 3, 2)))
    assert only(expected(frame, {}, 202505, date(2025, 9, 1))).state == "late"
    assert only(expected(frame, {}, 202506, date(2025, 9, 1))).state == "stopped"


def test_a_source_that_began_later_is_not_expected_before():
    frame = told(*habit("新店", (2, 3, 4)))
    assert expected(frame, {}, 202502, date(2025, 7, 4)) == []


def test_with_the_cut_off_25_a_month_ends_on_its_25th():
    row = ("天猫", "order", 202506, 7, date(2025, 6, 25), date(2025, 6, 27))
    found = only(expected(told(row), {}, 202506, date(2025, 6, 28), 25))
    assert (found.state, found.due) == ("came", date(2025, 6, 30))


def test_the_step_of_files_counts_what_is_late_and_waits_for_what_is_not_due():
    frame = told(*habit("天猫", (2, 3, 4)), *habit("京东", (8, 8, 8)))
    late = of_files(expected(frame, {}, 202506, date(2025, 7, 5)), {}, 0)
    assert (late.state, late.count, late.values["sources"]) == ("open", 1, ("天猫",))
    waiting = of_files(expected(frame, {}, 202506, date(2025, 7, 1)), {}, 0)
    assert (waiting.state, waiting.values["expected"]) == ("waiting", 2)


TICK = Tick("li", "2025-07-03T09:00:00+00:00", "已看过", 7)


@pytest.mark.parametrize(
    ("count", "newest", "ticks", "state", "stale"),
    [
        (0, 5, {}, "done", False),
        (3, 5, {}, "open", False),
        (3, 5, {"aside": TICK}, "ticked", False),
        (3, 8, {"aside": TICK}, "open", True),
        (0, 8, {"aside": TICK}, "done", True),
    ],
)
def test_a_tick_holds_until_something_comes_after_it(count, newest, ticks, state, stale):
    found = step("aside", count, ticks, newest)
    assert (found.state, found.stale) == (state, stale)


def test_a_report_is_sent_by_a_person_and_nothing_is_sent_of_an_empty_month():
    assert step("send", 0, {}, 5).state == "open"
    assert step("send", 0, {"send": TICK}, 5).state == "ticked"
    assert step("send", 0, {}, 0, there=False).state == "none"


def test_one_goes_on_with_the_first_step_that_is_not_done():
    done, left = step("drift", 0, {}, 5), step("names", 2, {}, 5)
    assert first_open([done, left]) is left
    assert first_open([done]) is None
