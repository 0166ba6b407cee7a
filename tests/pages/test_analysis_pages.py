"""What the analysis pages say is what the file adds up to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chanplan.language import text
from chanplan.ui.plain import plain
from chanplan.workspace import Workspace
from tests.pages.conftest import HOSTILE, Open

EARLY_2024 = {"period": "custom", "from": "2024-01", "to": "2024-02"}


def kpi(app: Any, label: str) -> tuple[str, str]:
    """A key figure and its change."""
    found = next(metric for metric in app.metric if metric.label == label)
    return found.value, found.delta


def test_the_overview_says_what_happened_and_who_drove_it(
    open_page: Open, loaded_home: Path
) -> None:
    # 2024: 12 × (150 + 80 + 10) = 2,880; 2023: 12 × 190 = 2,280; +600 = +26.3 %, all 天猫's
    app = open_page(loaded_home, "overview")
    assert "2,880" in app.header[0].value and "26.3%" in app.header[0].value
    assert "天猫" in app.markdown[0].value and "+600" in app.markdown[0].value
    assert kpi(app, "净销售额") == ("2,880", "+26.3%")
    assert kpi(app, "订单数") == ("36", "0.0%")


def test_movers_add_up_to_the_change(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "overview")
    moved = app.dataframe[0].value
    assert moved["change"].sum() == 600
    assert moved["name"].tolist()[0] == "天猫"


def test_a_period_from_the_address(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "overview", period="month", month="2024-03")
    assert "2024年3月" in app.caption[0].value
    assert kpi(app, "净销售额") == ("240", "+26.3%")


def test_a_quarter_against_the_one_before(open_page: Open, loaded_home: Path) -> None:
    address = {"period": "quarter", "quarter": "2024-Q1", "compare": "previous"}
    app = open_page(loaded_home, "overview", **address)
    # January to March 2024: 720, against October to December 2023: 570
    assert kpi(app, "净销售额") == ("720", "+26.3%")


def test_the_span_before_a_year_to_date_is_no_comparison(
    open_page: Open, loaded_home: Path
) -> None:
    app = open_page(loaded_home, "overview", period="year_to_date", compare="previous")
    compare = app.selectbox(key="compare")
    assert "上一期" not in compare.options and compare.value == "last_year"


def test_choices_stay_from_page_to_page(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "overview")
    app.selectbox(key="period").select("month").run()
    app.selectbox(key="month").select("2023-05").run()
    app.switch_page("pages/channels.py").run()
    assert "2023年5月" in app.caption[0].value
    assert app.query_params["month"] == "2023-05"


def test_an_unknown_choice_in_the_address_is_ignored(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "overview", period="decade", month="1999-01", channel="没有的")
    assert not app.exception and kpi(app, "净销售额") == ("2,880", "+26.3%")


def test_a_base_without_data_is_told(open_page: Open, loaded_home: Path) -> None:
    address = {"period": "month", "month": "2023-03", "compare": "last_year"}
    app = open_page(loaded_home, "overview", **address)
    assert "没有数据" in app.warning[0].value
    assert kpi(app, "净销售额") == ("190", "—")


def test_a_filter_narrows_every_number(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "overview")
    app.multiselect(key="channel").select("京东").run()
    assert kpi(app, "净销售额") == ("960", "0.0%")
    assert app.query_params["channel"] == "京东"


def test_channels_open_with_who_leads_and_who_moved(open_page: Open, loaded_home: Path) -> None:
    # 天猫 1,800 of 2,880 = 62.5 %, before 1,200 of 2,280 = 52.6 %; 京东 960: 42.1 % → 33.3 %
    app = open_page(loaded_home, "channels")
    headline = app.header[0].value
    assert "天猫最大，占 62.5%" in headline
    assert "+9.9 pp" in headline and "京东降得最多（-8.8 pp）" in headline
    assert "天猫增加最多：+600，增长贡献 +26.3 pp" in app.markdown[0].value
    assert "3 个渠道里 1 个增加、0 个减少" in app.markdown[0].value


def test_products_open_with_both_levels(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "products", lang="en")
    assert app.header[0].value.startswith("饮料 is the largest category with 62.5%")
    assert "气泡水 is the largest product" in app.markdown[0].value


def test_lines_behind_a_channel_are_fetched_when_opened(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "channels", channel_opened="京东")
    closed = len(app.dataframe)
    app.session_state["channel_behind_lines"] = True
    app.run()
    assert len(app.dataframe) == closed + 1
    lines = app.dataframe[-1].value
    assert len(lines) == 12 and set(lines["channel"]) == {"京东"}
    assert lines["amount_with_tax"].sum() == 960 and set(lines["file"]) == {"两年.csv"}
    assert "共 12 行" in app.caption[-1].value
    assert "共 12 行，逐行相加 960.00。" in [caption.value for caption in app.caption]


def test_lines_are_found_by_what_a_channel_is(open_page: Open, loaded_home: Path) -> None:
    """线上 is no column of a line: 天猫 sold 12 × 150, 京东 12 × 80."""
    app = open_page(loaded_home, "products", channel_kind="online", category_opened="饮料")
    app.session_state["product_behind_lines"] = True
    app.run()
    assert "共 12 行，逐行相加 1,800.00。" in [caption.value for caption in app.caption]


def test_a_source_without_files_for_the_period_is_told(
    open_page: Open, two_sources_home: Path
) -> None:
    # 乙 sold 70 in 2023-01 and 2023-02; its files end there
    app = open_page(two_sources_home, "channels", compare="last_year", **EARLY_2024)
    assert "来源 乙 缺 2024年1月–2月，去年同期 70" in app.warning[0].value
    app.selectbox(key="compare").select("none").run()
    assert "来源 乙" not in app.warning[0].value


def test_a_month_that_is_not_whole_is_told(open_page: Open, two_sources_home: Path) -> None:
    app = open_page(two_sources_home, "overview", lang="en", **EARLY_2024, days="whole")
    assert "Data ends on 10 Feb 2024: Feb 2024 is not a whole month yet" in app.warning[0].value
    assert "whole months" in app.warning[0].value or "whole month" in app.warning[0].value


def test_a_month_that_has_only_begun_is_compared_with_as_many_days(
    open_page: Open, two_sources_home: Path
) -> None:
    """To 10 February: 120 + 60 = 180 in 2024; in 2023 100 + 30, as the 28th is no 10th."""
    app = open_page(two_sources_home, "overview", **EARLY_2024)
    assert "2023年1月1日–2023年2月10日" in app.caption[0].value
    assert "180" in app.header[0].value and "增加 50" in app.header[0].value
    app.selectbox(key="days").select("whole").run()
    assert "减少 70" in app.header[0].value  # 250 in the whole months of 2023


def test_an_event_is_compared_with_itself_wherever_it_lay(open_page: Open, tmp_path: Path) -> None:
    """春节: to 24 February 2024, to 5 February 2023. What lies beyond does not count."""
    lines = [
        "日期,渠道,金额",
        "2022-12-20,甲,500",
        "2023-01-10,甲,10",
        "2023-02-20,甲,1000",
        "2024-02-20,甲,30",
    ]
    lines += ["2023-03-31,甲,5", "2024-03-31,甲,5"]
    with Workspace.open(tmp_path) as space:
        kept = space.receive("两年.csv", "\n".join(lines).encode())
        space.load(kept, space.inspect(kept))
    app = open_page(tmp_path, "overview", period="event", event="new_year-2024")
    assert not app.exception
    assert "30" in app.header[0].value and "增加 20" in app.header[0].value
    assert "2024年1月13日–2024年2月24日" in app.caption[0].value


def test_quantities_in_unlike_units_are_not_added(open_page: Open, two_sources_home: Path) -> None:
    app = open_page(two_sources_home, "overview", days="whole", **EARLY_2024)
    assert "数量" not in [metric.label for metric in app.metric]
    assert text("zh", "reach.unlike_units") in [caption.value for caption in app.caption]


def test_a_click_on_a_channel_opens_it(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "channels", channel_opened="天猫")
    assert app.header[-1].value.startswith("天猫")
    behind = app.dataframe[-1].value
    assert behind["name"].tolist() == ["气泡水"] and behind["value"].tolist() == [1800]
    app.selectbox(key="channel_opened").select("").run()
    assert not app.header[-1].value.startswith("天猫")


def test_a_hostile_name_is_shown_as_it_is(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "channels", channel_opened=HOSTILE)
    assert not app.exception
    assert app.header[-1].value.startswith(plain(HOSTILE))


def test_products_lead_from_category_to_product_to_channel(
    open_page: Open, loaded_home: Path
) -> None:
    app = open_page(loaded_home, "products", category_opened="零食", product_opened="坚果")
    tables = [table.value["name"].tolist() for table in app.dataframe if "name" in table.value]
    assert tables == [["饮料", "零食"], ["薯片", "坚果"], [HOSTILE]]


def test_the_glossary_finds_by_either_language(open_page: Open, loaded_home: Path) -> None:
    app = open_page(loaded_home, "glossary")
    app.text_input(key="glossary_search").input("gross margin").run()
    said = " ".join(each.value for each in app.markdown)
    assert "毛利率" in said and "活跃客户" not in said


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("overview", "overview_trend"),
        ("channels", "channel_trend"),
        ("concentration", "concentration_channel_course"),
    ],
)
def test_a_chart_over_time_has_its_figures_and_downloads(
    open_page: Open, loaded_home: Path, page: str, key: str
) -> None:
    app = open_page(loaded_home, page)
    told = len(app.dataframe)
    app.session_state[f"{key}_figures"] = True
    app.run()
    assert not app.exception and len(app.dataframe) == told + 1
    if page != "concentration":
        # 13 months; 天猫 100 in December 2023, 150 from 2024 on; all together 190 and 240.
        table = next(one.value for one in app.dataframe if "total" in one.value)
        assert len(table) == 13
        assert sorted(table["total"]) == [190] + [240] * 12
        assert table["m0"].tolist() == [100] + [150] * 12
