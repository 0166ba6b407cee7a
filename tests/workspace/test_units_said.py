"""A unit that no product table knows is told as a person says, or stays apart."""

from __future__ import annotations

from decimal import Decimal

from chanplan.ingest.told import Hints, UnitAsked
from chanplan.settings import Settings
from chanplan.workspace import Workspace, rebuild
from tests.commands.shell import chanplan
from tests.workspace.test_surviving import TOTAL, bring

PRODUCTS = "产品编码,基本单位,装箱单位,箱规\n水,瓶,箱,24\n"
HEAD = "日期,渠道,产品名称,数量,单位,金额\n"
# 2 cases of 24 and 3 pallets; the product 茶 is in no table.
JANUARY = (
    HEAD + "2024-01-05,天猫,水,2,箱,100\n2024-01-06,天猫,水,3,托,900\n2024-01-07,天猫,茶,1,托,9\n"
)
FEBRUARY = HEAD + "2024-02-05,天猫,水,1,托,300\n"


def quantities(workspace: Workspace) -> list[tuple[str, Decimal, str | None]]:
    lines = workspace.lines(TOTAL.scope, 10)
    told = zip(lines["product"], lines["base_quantity"], lines["base_unit"], strict=True)
    return [
        (product, number, unit if isinstance(unit, str) else None) for product, number, unit in told
    ]


def test_a_unit_is_asked_answered_and_remembered(tmp_path):
    settings = Settings(home=tmp_path)
    with Workspace(settings) as workspace:
        bring(workspace, "产品.csv", PRODUCTS)
        kept = workspace.receive("店铺1月.csv", JANUARY.encode())
        asked = workspace.inspect(kept)
        assert asked.units == (UnitAsked("托", ("瓶",)),) and not asked.questions
        said = workspace.inspect(kept, Hints(units={"托": "480"}))
        assert said.units == () and said.recipe.units == {"托": "480"}
        assert workspace.load(kept, said).drift[0].values["count"] == 1  # 茶 has no base unit
        assert quantities(workspace) == [
            ("水", Decimal(48), "瓶"), ("水", Decimal(1440), "瓶"), ("茶", Decimal(1), None),
        ]  # fmt: skip
        kept = workspace.receive("店铺2月.csv", FEBRUARY.encode())
        again = workspace.inspect(kept)
        assert again.units == () and again.recipe.units == {"托": "480"}
        workspace.load(kept, again)
        # The table's own word stands above what was said, once it has one.
        bring(workspace, "产品2.csv", PRODUCTS.replace("箱,24", "托,500"))
        assert [n for _, n, _ in quantities(workspace)][1] == Decimal(1500)
    assert rebuild(settings).identical


def test_a_unit_left_apart_is_not_added(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "产品.csv", PRODUCTS)
        kept = workspace.receive("店铺1月.csv", JANUARY.encode())
        apart = workspace.inspect(kept, Hints(units={"托": ""}))
        assert apart.units == ()
        workspace.load(kept, apart)
        assert quantities(workspace)[1] == ("水", Decimal(3), None)


def test_the_command_line_says_it_too(tmp_path):
    (tmp_path / "产品.csv").write_text(PRODUCTS, "utf-8")
    (tmp_path / "店铺1月.csv").write_text(JANUARY, "utf-8")
    home = tmp_path / "home"
    chanplan("import", tmp_path / "产品.csv", "--home", home)
    said = chanplan("import", tmp_path / "店铺1月.csv", "--unit", "托=480", "--home", home)
    assert said.code == 0, said.err
    with Workspace.open(home) as workspace:
        assert quantities(workspace)[1] == ("水", Decimal(1440), "瓶")
