"""The company's word on its members: what stands, what a change moves, saved, heard, taken back.

The books of tests/store/test_moving.py: D1 sells 1,500 a year in 华东, D2 480 there and 120 in
华南, D3 840 in 华南.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.analysis.reorganising import Move
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.plans.organisation import KINDS, Change, changes, first_open, rows
from chanplan.workspace import Workspace, organising
from tests.store.test_attributes import bring
from tests.store.test_moving import SALES, YEAR, by

SCOPE = Scope(YEAR)
PARTNERS, PRODUCTS = KINDS["partners"], KINDS["products"]


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path) as opened:
        bring(opened, "销售.csv", SALES)
        yield opened


def told(space: Workspace, name: str) -> dict[str, str]:
    frame = organising.members(space, PARTNERS, SCOPE)
    return dict(zip(frame["member"], frame[name], strict=True))


def test_a_change_is_seen_saved_heard_and_taken_back(space: Workspace) -> None:
    assert told(space, "region") == {"D1": "华东", "D2": "华东", "D3": "华南"}
    today = {("D2", "region"): "华东"}
    changed = changes({("D2", "region"): " 华中 ", ("D3", "level"): ""}, today)
    assert changed == [Change("D2", "region", "华东", "华中")]
    opening = organising.opening(space, PARTNERS, changed)
    said = rows(PARTNERS, changed, 202407, opening)
    assert said == [
        {"partner": "D2", "region": "华东"},
        {"partner": "D2", "region": "华中", "valid_from": "2024-07-01"},
    ]
    before = by(space, "current", "region")
    moves = organising.preview(space, PARTNERS, changed, said, SCOPE)
    assert moves == {
        "region": (
            Move("D2", "华东", "华中", Decimal(480)),
            Move("D2", "华南", "华中", Decimal(120)),
        )
    }
    assert by(space, "current", "region") == before
    outcome = organising.save(space, PARTNERS, said, "七月划转")
    assert by(space, "current", "region")[("华中",)] == 600
    assert by(space, "then", "region")[("华中",)] == 300
    assert by(space, "then", "region")[("华南",)] == 840 + 60
    assert told(space, "region")["D2"] == "华中"
    heard = organising.history(space, PARTNERS, "D2")
    assert list(heard[["month", "value"]].itertuples(index=False, name=None)) == [
        (0, "华东"),
        (202407, "华中"),
    ]
    assert set(heard["note"]) == {"七月划转"}
    (mine,) = organising.said(space, PARTNERS).to_dict("records")
    assert (mine["batch"], mine["members"], mine["counts"]) == (outcome.batch, 1, True)
    space.switch(outcome.batch, False)
    assert by(space, "current", "region") == before


def test_changes_of_unlike_members_stand_in_one_file(space: Workspace) -> None:
    """What one row leaves empty is not what the row above says."""
    changed = [Change("D1", "region", "华东", "华中"), Change("D3", "level", "", "一级")]
    said = rows(PARTNERS, changed, 202407, organising.opening(space, PARTNERS, changed))
    organising.preview(space, PARTNERS, changed, said, SCOPE)
    organising.save(space, PARTNERS, said, None)
    assert told(space, "region") == {"D1": "华中", "D2": "华东", "D3": "华南"}
    assert told(space, "level") == {"D1": "", "D2": "", "D3": "一级"}


def test_a_closed_month_stands_while_a_partner_moves_after_it(space: Workspace) -> None:
    """What was closed stays where it was told then; only the view of today moves."""
    space.closings.mark([202401, 202402], True)
    changed = [Change("D1", "region", "华东", "华中")]
    said = rows(PARTNERS, changed, 202403, organising.opening(space, PARTNERS, changed))
    before = by(space, "then", "region", period=Period(202401, 202402))
    organising.save(space, PARTNERS, said, "三月划转")
    assert by(space, "then", "region", period=Period(202401, 202402)) == before
    assert by(space, "then", "region")[("华中",)] == 1500 - 200
    assert by(space, "current", "region")[("华中",)] == 1500


def test_products_join_another_category_from_a_month_on(space: Workspace) -> None:
    changed = [Change("枣", "category", "饮料", "零食")]
    said = rows(PRODUCTS, changed, 202410, organising.opening(space, PRODUCTS, changed))
    assert organising.preview(space, PRODUCTS, changed, said, SCOPE) == {
        "category": (Move("枣", "饮料", "零食", Decimal(120)),)
    }
    organising.save(space, PRODUCTS, said, None)
    assert by(space, "current", "category") == {("饮料",): 2820, ("零食",): 120}
    assert by(space, "then", "category") == {("饮料",): 2910, ("零食",): 30}
    frame = organising.members(space, PRODUCTS, SCOPE)
    assert dict(zip(frame["member"], frame["category"], strict=True))["枣"] == "零食"


def test_a_department_is_asked_by_its_salespeople(space: Workspace) -> None:
    bring(space, "人员.csv", "业务员,主管,部门\n张,王,一部\n")
    text = SALES.replace("客户,", "业务员,").replace("客D1", "张").replace("客D2", "李")
    bring(space, "业务员销售.csv", text.replace("2024-", "2023-"))
    kind = KINDS["salespeople"]
    frame = organising.members(space, kind, SCOPE.at(SCOPE.period.last_year()))
    assert dict(zip(frame["member"], frame["manager"], strict=True))["张"] == "王"
    changed = [Change("张", "left", "", "2023-06-30")]
    organising.save(space, kind, rows(kind, changed, 202307, {}), "离职")
    frame = organising.members(space, kind, SCOPE.at(SCOPE.period.last_year()))
    told = {row["member"]: (row["manager"], row["left"]) for row in frame.to_dict("records")}
    assert told["张"] == ("王", "2023-06-30")
    assert "2023-06-30" in set(organising.history(space, kind, "张")["value"])


def test_a_change_holds_from_the_first_open_month() -> None:
    assert first_open([202411, 202412], 202506) == 202501
    assert first_open([], 202506) == 202506
    assert rows(KINDS["regions"], [Change("安徽", "region", "华东", "华中")], 202501, {}) == [
        {"province": "安徽", "region": "华中"}
    ]
