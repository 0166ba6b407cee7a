"""The pivot on its page: totals are the product's own answers, a link and a view show the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from chanplan.analysis import pivot
from chanplan.analysis.pivot import TOTAL, Head, Layout
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.language import text
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.ui.pivot import page as pivot_page
from chanplan.workspace import Workspace
from tests.pages.conftest import HOSTILE, Open

SCOPE = Scope(Period(202401, 202412))
# One order and one customer stand in two channels and in two months.
LINES = """销售日期,渠道,产品名称,客户,订单编号,数量,单位,销售额,成本
2024-01-05,天猫,茶,甲,o1,1,盒,10,4
2024-01-05,京东,茶,甲,o1,2,盒,20,5
2024-02-06,天猫,水,甲,o2,3,瓶,30,6
2024-02-07,京东,水,乙,o3,1,瓶,-5,1
2023-01-08,天猫,茶,甲,o4,1,盒,8,4
"""


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("pivot")) as opened:
        original = opened.receive("销售.csv", LINES.encode())
        opened.load(original, opened.inspect(original))
        yield opened


def says(app: AppTest, name: str, value: str) -> bool:
    """Whether the address names this one value."""
    found = app.query_params[name]
    return ([found] if isinstance(found, str) else list(found)) == [value]


@pytest.mark.parametrize(
    ("rows", "column"),
    [(("channel",), "month"), (("channel", "product"), None), (("product", "month"), "channel")],
)
def test_totals_are_the_answers_without_the_dimensions(
    space: Workspace, rows: tuple[str, ...], column: str | None
) -> None:
    measures = tuple(measure.name for measure in catalogue().shown())
    layout = Layout(rows, measures, column)
    asked = pivot.queries(layout, SCOPE, "last_year")
    found = pivot.pivot(layout, [space.ask(one).frame for one in asked])
    whole = space.ask(MetricQuery(measures, SCOPE, (), "last_year")).frame.iloc[0]
    for name in measures:
        assert found.cell(TOTAL, Head(TOTAL, name, "value")) == whole[name]
        if catalogue().measures[name].additive and whole[name] is not None:
            for beside in (TOTAL, *found.across):
                cells = [found.cell(key, Head(beside, name, "value")) for key in found.keys]
                total = found.cell(TOTAL, Head(beside, name, "value"))
                assert sum((cell for cell in cells if cell is not None), Decimal(0)) == total
    buyers = [found.cell(key, Head(TOTAL, "active_customers", "value")) for key in found.keys]
    # 甲 buys in every row but the last, which is a return, and counts once in the total.
    assert sum(filter(None, buyers)) > whole["active_customers"] == 1
    assert whole["orders"] == 3


def test_the_first_look_is_channels_by_month(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "pivot")
    assert "天猫" in app.header[0].value and "62.5%" in app.header[0].value
    shown = app.dataframe[0].value
    assert shown["r0"].tolist() == ["合计", "天猫", "京东", HOSTILE]
    # 150, 80 and 10 in each of twelve months
    assert [round(each, 4) for each in shown["c0"]] == [2880, 1800, 960, 120]
    assert says(app, "pivot_rows", "channel") and app.get("plotly_chart")


def test_a_link_shows_the_same(open_page: Open, loaded_home: Path) -> None:
    link = {
        "pivot_rows": "product", "pivot_column": "channel", "pivot_measures": "active_customers",
        "pivot_heat": "heat", "pivot_totals": "bare", "pivot_chart": "stacked", "compare": "none",
    }  # fmt: skip
    app = open_page(loaded_home, "pivot", "en", **link)
    assert not app.exception and not app.error
    shown = app.dataframe[0].value
    assert len(shown) == 3 and shown.shape[1] == 4
    measure = text("en", "pivot.not_stacked", measure="Active customers")
    assert measure in [each.value for each in app.caption]
    for name, value in link.items():
        assert says(app, name, value)


def test_nothing_chosen_says_what_to_do(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "pivot")
    app.multiselect(key="pivot_rows").set_value([]).run()
    assert app.info[0].value == text("zh", "pivot.begin")
    app.button(key="pivot_product_channel").click().run()
    assert app.multiselect(key="pivot_rows").value == ["product"] and not app.info


def test_a_view_is_kept_opened_and_brought_back(
    open_page: Open, loaded_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(loaded_home, home)
    link = {"pivot_rows": "region", "pivot_measures": "orders", "channel": "天猫"}
    app = open_page(home, "pivot", **link)
    app.text_input(key="view_new").set_value("**例会**")
    next(one for one in app.button if one.label == text("zh", "views.save")).click().run()
    app.button(key="pivot_channel_month").click().run()
    assert app.multiselect(key="pivot_measures").value == ["net_sales"]
    app.button(key="view_0").click().run()
    assert app.button(key="view_0").label == r"\*\*例会\*\*"
    assert app.multiselect(key="pivot_rows").value == ["region"]
    assert app.multiselect(key="pivot_measures").value == ["orders"]
    assert app.sidebar.multiselect(key="channel").value == ["天猫"]
    assert all(says(app, name, value) for name, value in link.items())
    app.button(key="view_drop_0").click().run()
    assert not [one for one in app.button if one.key == "view_0"]
    app.button(key="view_back").click().run()
    assert app.button(key="view_0").label == r"\*\*例会\*\*"


def test_too_many_cells_are_refused_in_a_sentence(
    open_page: Open, loaded_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pivot, "MOST_CELLS", 5)
    app = open_page(loaded_home, "pivot")
    assert app.error[0].value.startswith("这个组合超过")


def test_subtotals_are_the_answers_by_the_first_dimension(
    open_page: Open, loaded_home: Path
) -> None:
    """In 2024 华东 sells 12 × (150 + 10), to 客户0 and 客户2; 华南 12 × 80 to 客户1."""
    asked = {"pivot_totals": "groups", "pivot_measures": "active_customers", "compare": "none"}
    app = open_page(loaded_home, "pivot", pivot_rows=["region", "channel"], **asked)
    table = app.dataframe[-1].value
    assert not app.exception
    rows = list(table[["r0", "r1", "c0"]].itertuples(index=False, name=None))
    assert rows[:2] == [("合计", "", 3), ("华东", "小计", 2)] and rows[2][0] == "华东"
    assert ("华南", "小计", 1) in rows and len(rows) == 6
    # Of one dimension down every row is its own group.
    alone = open_page(loaded_home, "pivot", pivot_rows="region", **asked)
    assert not alone.exception and len(alone.dataframe[-1].value) == 3


@pytest.mark.parametrize("column", [None, "month"])
def test_the_workbooks_chart_leaves_subtotals_out(space: Workspace, column: str | None) -> None:
    layout = Layout(("channel", "product"), ("net_sales",), column, grouped=True)
    asked = pivot.queries(layout, SCOPE, "none")
    found = pivot.pivot(layout, [space.ask(one).frame for one in asked])
    chosen = SimpleNamespace(chart="bars")
    drawn = pivot_page._native(chosen, found, found.heads(True), "t")  # type: ignore[arg-type]
    rows = found.rows()
    assert len(rows) == 6 and drawn.left_out == (0, 3)
    shown = [rows[at] for first, last in drawn.runs for at in range(first, last + 1)]
    assert shown == list(found.keys)
