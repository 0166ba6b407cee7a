"""A small company's month, step by step: what is late, unlike, waits, and is ticked off."""

from datetime import date
from decimal import Decimal as D

import pytest

from chanplan.domain.errors import BadQueryError
from chanplan.workspace import Workspace
from chanplan.workspace.month_status import Status, status
from tests.workspace.test_returns import bring

APRIL = "日期,渠道,产品,金额\n2025-04-05,天猫,水,100\n2025-04-28,天猫,茶,200\n"
MAY = APRIL.replace("2025-04", "2025-05")
# June knows a channel that nobody has seen, and has a row without an amount that reads.
JUNE = "日期,渠道,产品,金额\n2025-06-05,天猫,水,110\n" + (
    "2025-06-28,小红书,茶,220\n2025-06-29,天猫,茶,约三百\n"
)
SHOP = "日期,渠道,产品,金额\n2025-04-15,京东,水,50\n2025-05-30,京东,水,60\n"


@pytest.fixture
def space(tmp_path):
    with Workspace.open(tmp_path) as opened:
        bring(opened, "天猫4月.csv", APRIL, source="天猫")
        bring(opened, "天猫5月.csv", MAY, source="天猫")
        bring(opened, "京东.csv", SHOP, source="京东")
        yield opened


def states(found: Status) -> dict[str, str]:
    return {one.code: one.state for one in found.steps}


def test_a_month_of_which_nothing_has_come_waits_then_misses_its_files(space):
    waiting = status(space, 202506, date(2025, 7, 2))
    assert states(waiting)["files"] == "waiting"
    assert {one for code, one in states(waiting).items() if code != "files"} == {"none"}
    late = status(space, 202506, date(2025, 7, 20)).steps[0]
    assert (late.state, late.count) == ("open", 2)
    assert set(late.values["sources"]) == {"天猫", "京东"}


def test_what_is_unlike_and_what_was_set_aside_is_left_to_settle(space):
    bring(space, "天猫6月.csv", JUNE, source="天猫")
    found = status(space, 202506, date(2025, 7, 2))
    steps = {one.code: one for one in found.steps}
    assert (steps["files"].state, steps["files"].values["came"]) == ("waiting", 1)
    told = [(file, one.code, one.values["names"]) for _, file, _, one in found.drift]
    assert told == [("天猫6月.csv", "channels_new", ("小红书",))]
    assert steps["drift"].count == 1
    assert (steps["aside"].count, steps["aside"].values["files"]) == (1, 1)
    assert (steps["close"].state, steps["send"].state) == ("open", "open")


def test_a_tick_stands_with_who_and_why_until_new_data_comes(space):
    bring(space, "天猫6月.csv", JUNE, source="天猫")
    space.closings.tick(202506, "drift", True, "新渠道，已确认")
    ticked = {one.code: one for one in status(space, 202506, date(2025, 7, 2)).steps}["drift"]
    assert (ticked.state, ticked.tick.note) == ("ticked", "新渠道，已确认")
    assert space.history()[0].code == "month_ticked"
    bring(space, "京东6月.csv", "日期,渠道,产品,金额\n2025-06-30,京东,水,60\n", source="京东")
    again = {one.code: one for one in status(space, 202506, date(2025, 7, 2)).steps}["drift"]
    assert (again.state, again.stale) == ("open", True)


def test_a_tick_is_taken_back_and_a_start_knows_it(space, tmp_path):
    space.closings.tick(202505, "send", True, None)
    space.closings.tick(202504, "send", True, None)
    space.closings.tick(202505, "send", False)
    space.close()
    with Workspace.open(tmp_path) as again:
        sent = {m: states(status(again, m, date(2025, 7, 2)))["send"] for m in (202504, 202505)}
    assert sent == {202504: "ticked", 202505: "open"}


def test_no_step_of_that_name(space):
    with pytest.raises(BadQueryError):
        space.closings.tick(202505, "coffee", True)


def test_a_closed_month_has_its_step_done(space):
    space.closings.mark([202505], True)
    assert states(status(space, 202505, date(2025, 7, 2)))["close"] == "done"


def test_money_of_rows_that_wait_is_told(space):
    text = "日期,渠道,产品,金额\n2025-06-05,天猫,水,110\n2062-06-06,天猫,水,40\n"
    bring(space, "天猫6月.csv", text, source="天猫")
    aside = {one.code: one for one in status(space, 202506, date(2025, 7, 2)).steps}["aside"]
    assert aside.values["money"] == D(40)
