"""Tables said in the app come in like files, and what they would move is seen before."""

from decimal import Decimal as D

import pytest

from chanplan.domain.errors import BadSettingError, MonthClosedError
from chanplan.workspace import Workspace, by_hand
from tests.workspace.test_returns import bring

BOXES = (
    "日期,渠道,产品,数量,单位,金额\n"
    "2024-01-05,天猫,水,2,箱,48\n2024-01-06,天猫,水,3,瓶,3\n2024-02-05,京东,水,1,箱,24\n"
)
# A 箱 holds 24 瓶: January has 48 + 3 pieces, February 24.
UNITS = [{"product": "水", "unit": "瓶", "case_unit": "箱", "units_per_case": "24"}]


@pytest.fixture
def space(tmp_path):
    with Workspace.open(tmp_path) as opened:
        bring(opened, "店铺.csv", BOXES)
        yield opened


def test_rows_come_in_as_a_file_with_its_reason(space):
    made = by_hand.save(space, "products", UNITS, "换算来自产品手册")
    kept = space.imports.all().set_index("batch").loc[made.batch]
    assert kept["source"] == "手工录入"
    newest = space.history()[0]
    assert (newest.code, newest.values["note"]) == ("import_noted", "换算来自产品手册")


def test_what_would_move_is_told_and_nothing_is_kept(space):
    before = space.checksums()
    found = by_hand.moves(space, "products", UNITS)
    told = found[["month", "channel", "quantity_before", "quantity_after", "closed"]]
    assert told.to_numpy().tolist() == [
        [202401, "天猫", D(5), D(51), False],
        [202402, "京东", D(1), D(24), False],
    ]
    assert (found["with_tax_before"] == found["with_tax_after"]).all()
    assert space.checksums() == before


def test_rows_said_again_count_again(space):
    first = by_hand.save(space, "products", UNITS)
    by_hand.save(space, "products", [{**UNITS[0], "units_per_case": "12"}])
    again = by_hand.save(space, "products", UNITS)
    assert again.already is None
    assert again.batch > first.batch


def test_a_closed_month_is_told_before_and_refuses_after(space):
    space.closings.mark([202401], True)
    found = by_hand.moves(space, "products", UNITS)
    assert found.set_index("month")["closed"].to_dict() == {202401: True, 202402: False}
    with pytest.raises(MonthClosedError):
        by_hand.save(space, "products", UNITS)


def test_what_the_company_says_is_kept_and_taken_back(space, tmp_path):
    space.company.say("tax", "without_tax", "财务口径")
    assert (space.company.said.tax, space.company.said.cut_off_day) == ("without_tax", None)
    assert space.history()[0].values == {
        "key": "tax", "value": "without_tax", "reason": "财务口径",
    }  # fmt: skip
    space.company.say("tax", None)
    assert space.company.said.tax is None


@pytest.mark.parametrize(
    ("key", "value"), [("tax", "both"), ("cut_off_day", "32"), ("colour", "1")]
)
def test_what_cannot_be_said_is_refused(space, key, value):
    with pytest.raises(BadSettingError):
        space.company.say(key, value)


def test_what_was_said_is_there_after_a_start(tmp_path):
    with Workspace.open(tmp_path) as space:
        space.company.say("fiscal_year_start_month", "4")
    with Workspace.open(tmp_path) as space:
        assert space.company.said.fiscal_year_start_month == 4
