"""The page of the organisation in both languages: told, typed, tried, saved, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chanplan.workspace import Workspace
from tests.pages.conftest import Open
from tests.store.test_attributes import bring
from tests.store.test_moving import PARTNERS, SALES

# Another channel, to move to.
DIRECT = "2024-12-15,直营,D4,华南,茶,饮料,客D4,D4,1,5\n"
# 2023 is as 2024: D1 moved to 华中 in July 2024, so it stands there with its whole base.
MOVED = PARTNERS + "D1,一号,,华东,\nD1,一号,,华中,2024-07-01\n"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store in which nobody has moved, and one where D1 has."""
    still, moved = tmp_path_factory.mktemp("still"), tmp_path_factory.mktemp("moved")
    for home in (still, moved):
        with Workspace.open(home) as space:
            bring(space, "今年.csv", SALES + DIRECT)
            bring(space, "去年.csv", SALES.replace("2024-", "2023-"))
            if home is moved:
                bring(space, "经销商.csv", MOVED)
                bring(space, "人员.csv", "业务员,主管,部门\n张,王,一部\n")
    return still, moved


def told(app: Any) -> str:
    parts = (app.header, app.subheader, app.markdown, app.caption, app.info, app.success)
    return "\n".join(str(one.value) for part in parts for one in part)


@pytest.mark.parametrize(
    ("lang", "first", "title"),
    [
        ("zh", "没有成员换过归属", "D1"),
        ("en", "No member has ever changed", "D1"),
    ],
)
@pytest.mark.parametrize("part", ["tree", "edit", "moved"])
def test_where_nobody_has_moved(
    homes: tuple[Path, Path], open_page: Open, lang: str, first: str, title: str, part: str
) -> None:
    app = open_page(homes[0], "organisation", lang, org_part=part)
    assert not app.exception
    assert not app.error
    assert first in told(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_moving_gave_is_told(homes: tuple[Path, Path], open_page: Open, lang: str) -> None:
    """华东 as of then 1,500 + 480, as of now 480 and 480 once more: D1 left with 1,500."""
    app = open_page(homes[1], "organisation", lang, org_part="moved")
    assert not app.exception
    assert not app.error
    said = told(app)
    assert "华东" in app.header[0].value
    assert "-75.8%" in said
    assert "-75.8 pp" in said
    tables = [table.value for table in app.dataframe]
    groups = next(table for table in tables if "moved_in" in table)
    by = dict(zip(groups["name"], groups["moved_in"], strict=True))
    assert by["华中"] == pytest.approx(1500)


def test_a_typed_change_is_tried_saved_and_taken_back(
    homes: tuple[Path, Path], open_page: Open, tmp_path: Path
) -> None:
    from tests.stores import copy_of

    home = copy_of(homes[0], tmp_path / "own")
    app = open_page(home, "organisation", org_part="tree", org_tree="channel")
    # The picture's editor: D3 below another channel.
    below = next(one for one in app.multiselect if one.key.startswith("org_whom_partner"))
    below.set_value(["D3"]).run()
    parent = next(one for one in app.selectbox if one.key.startswith("org_parent_partner"))
    assert parent.options == ["直营", "经销"]
    parent.set_value("直营").run()
    app.button("org_put").click().run()
    assert not app.exception
    said = told(app)
    assert "D3 · 渠道：经销 → 直营" in said
    assert "经销 → 直营，1 个成员，840" in said
    app.button("org_save").click().run()
    assert not app.exception
    assert "已保存 1 项改动" in told(app)
    assert "按现行口径" in told(app)
    app = open_page(home, "organisation", org_part="edit")
    undo = next(one for one in app.button if str(one.key).startswith("org_undo_"))
    undo.click().run()
    assert "没有成员换过归属" in told(app)
    assert "~~" in told(app)


@pytest.mark.parametrize("kind", ["channels", "products", "partners"])
def test_every_kind_of_member_is_a_grid(
    homes: tuple[Path, Path], open_page: Open, kind: str
) -> None:
    app = open_page(homes[1], "organisation", "en", org_part="edit", org_kind=kind)
    assert not app.exception
    assert not app.error


def test_salespeople_stand_in_a_tree_of_departments(tmp_path: Path, open_page: Open) -> None:
    """张 has a manager and has left; 李 has none, and is listed with its money."""
    people = SALES.replace("客户,", "业务员,").replace("客D1", "张").replace("客D2", "李")
    with Workspace.open(tmp_path) as space:
        bring(space, "销售.csv", people)
        bring(space, "人员.csv", "业务员,主管,部门,离职日期\n张,王,一部,2024-11-30\n")
    app = open_page(tmp_path, "organisation", org_part="tree", org_tree="sales")
    assert not app.exception
    assert "没有上级的成员（2 个）" in told(app)
    app = open_page(tmp_path, "organisation", org_part="edit", org_kind="salespeople")
    assert not app.exception
    assert not app.error
