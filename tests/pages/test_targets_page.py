"""The page of targets in every state: nothing set, nothing sold, one month, under way, over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from chanplan.language import text
from chanplan.workspace import Workspace
from tests.pages import states
from tests.pages.conftest import Open

_UNSAID = re.compile(r"\bnan\b|\bNone\b(?!:)|\{")
LANGUAGES = ("zh", "en")


def set_targets(home: Path, rows: list[tuple[str, str, int]]) -> Path:
    """Targets by month and channel."""
    lines = ["目标月份,渠道,目标金额", *(f"{m},{channel},{value}" for m, channel, value in rows)]
    with Workspace.open(home) as workspace:
        original = workspace.receive("目标.csv", "\n".join(lines).encode())
        assert workspace.load(original, workspace.inspect(original)).counts.loaded == len(rows)
    return home


def of_2024(values: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(f"2024-{m:02d}", c, value) for c, value in values.items() for m in range(1, 13)]


@pytest.fixture(scope="module")
def under_way(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years to 20 August 2024: 天猫 far behind, 京东 ahead, 抖音 without a target, 线下
    without a sale."""
    home = states.laid(tmp_path_factory.mktemp("under_way"), states.years(until="2024-08-20"))
    return set_targets(home, of_2024({"天猫": 400, "京东": 200, "线下": 50}))


def told(app: AppTest) -> str:
    shown = [*app.header, *app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join(str(each.value) for each in shown)


def well(app: AppTest, lang: str) -> str:
    said = told(app)
    assert not app.exception and not app.error, said
    assert app.title[0].value == text(lang, "targets.title")
    assert not _UNSAID.search(said), said
    return said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_store(open_page: Open, tmp_path: Path, lang: str) -> None:
    assert text(lang, "targets.empty") in well(open_page(tmp_path, "targets", lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sales_without_targets(open_page: Open, loaded_home: Path, lang: str) -> None:
    assert text(lang, "targets.none") in well(open_page(loaded_home, "targets", lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_targets_without_sales(open_page: Open, tmp_path: Path, lang: str) -> None:
    set_targets(tmp_path, of_2024({"天猫": 100}))
    said = well(open_page(tmp_path, "targets", lang), lang)
    assert text(lang, "targets.no_sales_at_all", count="12") in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_month_of_history(open_page: Open, tmp_path: Path, lang: str) -> None:
    set_targets(states.one_month(tmp_path), of_2024({"天猫": 100}))
    app = open_page(tmp_path, "targets", lang)
    well(app, lang)
    assert app.get("plotly_chart")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_under_way(open_page: Open, under_way: Path, lang: str) -> None:
    app = open_page(under_way, "targets", lang)
    said = well(app, lang)
    # 天猫 of 7,200 together with 京东 and 线下: behind, and told so first.
    assert text(lang, "targets.by_calendar").lower() in app.header[0].value
    for apart in ("apart_no_target", "apart_no_sales"):
        begins = text(lang, f"targets.{apart}", count="1", amount="|").partition("|")[0]
        assert begins in said
    assert len(app.get("plotly_chart")) == 4
    table = app.dataframe[0].value
    assert table["name"].tolist()[:2] == [text(lang, "targets.whole"), "天猫"]


def test_a_member_opened_by_the_address(open_page: Open, under_way: Path) -> None:
    app = open_page(under_way, "targets", target_opened="京东")
    said = well(app, "zh")
    assert text("zh", "targets.curve", name="京东") in said
    assert text("zh", "targets.back_test", name="京东") in said
    assert text("zh", "targets.what_if") in said


def test_more_sales_from_here_on_land_higher(open_page: Open, under_way: Path) -> None:
    app = open_page(under_way, "targets")
    before = [m.value for m in app.markdown if "**合计**" in m.value]
    app.slider(key="target_change").set_value(50).run()
    after = [m.value for m in app.markdown if "**合计**" in m.value]
    assert before and after and before != after


@pytest.mark.parametrize("kind", ["quarter", "month"])
def test_a_quarter_and_a_month(open_page: Open, under_way: Path, kind: str) -> None:
    well(open_page(under_way, "targets", target_kind=kind), "zh")


def test_the_sample_company(open_page: Open, sample_home: Path) -> None:
    app = open_page(sample_home, "targets")
    well(app, "zh")
    assert app.get("plotly_chart")


def test_targets_of_a_rate(open_page: Open, tmp_path: Path) -> None:
    """They have no pace: each stands beside its own actual, and is met or not."""
    home = states.laid(tmp_path, states.years(until="2024-08-20"))
    lines = ["目标月份,渠道,目标项目,目标值"]
    lines += [f"2024-{m:02d},天猫,毛利率,{rate}%" for m, rate in ((1, 10), (2, 90), (12, 50))]
    with Workspace.open(home) as workspace:
        original = workspace.receive("目标.csv", "\n".join(lines).encode())
        workspace.load(original, workspace.inspect(original))
    app = open_page(home, "targets")
    said = well(app, "zh")
    assert "2 个目标中 1 个达到" in said
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_day_judged_to_is_part_of_the_address(
    open_page: Open, under_way: Path, lang: str
) -> None:
    """Up to 31 March the year's targets are judged by what was sold until then."""
    now = open_page(under_way, "targets", lang)
    then = open_page(under_way, "targets", lang, target_as_of="2024-03-31")
    well(then, lang)
    assert then.date_input(key="target_as_of").value == date(2024, 3, 31)
    tables_ = [app.dataframe[0].value for app in (now, then)]
    assert tables_[0]["actual"].iloc[0] > tables_[1]["actual"].iloc[0] > 0
    now.date_input(key="target_as_of").set_value(date(2024, 3, 31)).run()
    assert "2024-03-31" in now.query_params["target_as_of"]
    assert now.header[0].value == then.header[0].value


def test_a_day_outside_the_data_is_its_last(open_page: Open, under_way: Path) -> None:
    app = open_page(under_way, "targets", target_as_of="2031-01-01")
    well(app, "zh")
    assert app.date_input(key="target_as_of").value == date(2024, 8, 20)


@pytest.fixture(scope="module")
def three_levels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Targets by channel, by channel and region, and by channel, region and product."""
    home = states.laid(tmp_path_factory.mktemp("levels"), states.years(until="2024-08-20"))
    rows = ["目标月份,渠道,大区,产品名称,目标金额"]
    for month in range(1, 13):
        rows.append(f"2024-{month:02d},天猫,,,400")
        rows += [f"2024-{month:02d},天猫,{region},,130" for region in ("华东", "华南", "西南")]
        rows += [f"2024-{month:02d},天猫,西南,{name},30" for name in ("果汁", "薯片")]
    with Workspace.open(home) as workspace:
        original = workspace.receive("目标.csv", "\n".join(rows).encode())
        workspace.load(original, workspace.inspect(original))
    return home


@pytest.mark.parametrize("lang", LANGUAGES)
def test_channel_then_region_then_product(open_page: Open, three_levels: Path, lang: str) -> None:
    """Each level opens the next; the crumbs lead back."""
    path = {"target_by": "channel", "target_opened": "天猫", "target_opened_1": "西南",
            "target_opened_2": "果汁"}  # fmt: skip
    app = open_page(three_levels, "targets", lang, **path)
    said = well(app, lang)
    assert text(lang, "targets.curve", name="果汁") in said
    crumbs = [app.button(key=f"target_crumb_{at}").label for at in range(3)]
    assert crumbs == [f"{text(lang, 'targets.whole')} ›", "天猫 ›", "西南 ›"]
    app.button(key="target_crumb_1").click().run()
    said = well(app, lang)
    assert text(lang, "targets.curve", name="天猫") in said
    assert app.selectbox(key="target_opened_1").value == ""


def test_amounts_beside_each_other_have_one_unit(open_page: Open, under_way: Path) -> None:
    from chanplan.language.numbers import Formatter
    from chanplan.ui import tables

    assert Formatter("en").axis([5_000_000]).divisor > Formatter("en").axis([5_000]).divisor
    frame = pd.DataFrame({"a": [5_000_000], "b": [5_000], "c": [0]}, dtype=object)
    one = tables.one_scale(frame, ("a", "b", "c"))
    assert one is not None and one.divisor in (1, 1000)
    assert tables.one_scale(frame, ("c",)) is None
