"""The page of segments: figures one can count, and states in which little can be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.language import text
from tests.pages.conftest import Open
from tests.pages.test_fit_page import store

HEAD = "销售日期 渠道 品类 客户 订单编号 销售额"


def shown(app) -> str:
    kinds = (app.header, app.subheader, app.markdown, app.caption, app.info, app.warning)
    return "\n".join(each.value for kind in kinds for each in kind)


def rows(who: int, orders: int, amount: int = 100) -> list[str]:
    """Customers who buy every 60 days in 2023 and 2024, each later than the one before."""
    made = []
    for at in range(who):
        for order in range(orders):
            day = 600 - 60 * order - 3 * at
            when = f"{2023 + day // 360}-{day % 360 // 30 + 1:02d}-{day % 30 % 28 + 1:02d}"
            made.append(f"{when} 天猫 饮料 客{at} {at}-{order} {amount + at}")
    return made


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("segments")
    giant = [*rows(20, 3), "2024-08-01 天猫 饮料 巨头 G1 999999", "2024-07-01 天猫 饮料 巨头 G2 9"]
    return {
        "three": store(folder / "three", HEAD, *rows(3, 3)),
        "once": store(folder / "once", HEAD, *rows(20, 1)),
        "giant": store(folder / "giant", HEAD, *giant),
        "some": store(folder / "some", HEAD, *rows(20, 4)),
        "both": store(folder / "both", HEAD, *rows(4, 2), "2024-01-01 门店 饮料 店甲 S1 50"),
        "plain": store(folder / "plain", "销售日期 渠道 销售额", "2024-01-01 天猫 5"),
    }


@pytest.mark.parametrize(
    ("home", "state"), [("three", "tiny"), ("once", "one_time"), ("giant", "dominant")]
)
def test_states_are_told(open_page: Open, homes: dict[str, Path], home: str, state: str) -> None:
    for lang in ("zh", "en"):
        app = open_page(homes[home], "segments", lang)
        assert not app.exception and not app.error
        said = text(lang, f"segments.state_{state}", member="巨头", share="…")
        assert said.split("…")[0].split("：")[0] in shown(app)


def test_it_opens_with_who_carries_the_sales(open_page: Open, homes: dict[str, Path]) -> None:
    for lang in ("zh", "en"):
        app = open_page(homes["some"], "segments", lang)
        assert not app.exception and not app.error
        counts = app.dataframe[0].value["customers"]
        assert counts.sum() == 20
        assert app.header[0].value.startswith({"zh": "四类重要客户共", "en": ""}[lang])
        assert text(lang, "segments.moves") in shown(app)


def test_a_population_is_asked_for_first(open_page: Open, homes: dict[str, Path]) -> None:
    for lang in ("zh", "en"):
        app = open_page(homes["both"], "segments", lang)
        assert text(lang, "populations.choose") in shown(app) and not app.dataframe
        chosen = open_page(homes["both"], "segments", lang, population="consumer")
        assert chosen.dataframe[0].value["customers"].sum() == 4


def test_without_customers_it_says_what_to_do(open_page: Open, homes: dict[str, Path]) -> None:
    app = open_page(homes["plain"], "segments")
    assert not app.exception and text("zh", "populations.none") in shown(app)


def test_a_threshold_moves_the_types(open_page: Open, homes: dict[str, Path]) -> None:
    app = open_page(homes["once"], "segments")
    assert text("zh", "segments.few_orders") in shown(app)
    app.number_input(key="segments_least").set_value(1).run()
    assert not app.exception
    assert text("zh", "segments.state_one_time") not in shown(app)


def test_an_earlier_day_knows_only_what_was_then(open_page: Open, homes: dict[str, Path]) -> None:
    app = open_page(homes["some"], "segments", at="2024-03-31")
    assert not app.exception and not app.error
    assert "2024年3月31日" in shown(app)
