"""The page of who stays: its first sentence, and stores of which little can be said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chanplan.language import text
from tests.pages.conftest import Open
from tests.pages.test_fit_page import store

HEADINGS = "销售日期 渠道 客户 销售额"


def said(app: object) -> list[str]:
    kinds = ("header", "markdown", "caption", "info")
    return [str(one.value) for kind in kinds for one in getattr(app, kind)]


def day(number: int) -> str:
    return str(np.datetime64("2023-01-01") + number)


@pytest.fixture(scope="module")
def chance_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Customers who come by one of two channels, buy by chance for two years, and leave."""
    made, rows = np.random.default_rng(11), []
    for at in range(240):
        channel, now = ("天猫", "抖音")[at % 2], float(made.integers(0, 500))
        rate = made.gamma(1.0, 1 / (40 if at % 2 == 0 else 90))
        while now < 731:
            rows.append(f"{day(int(now))} {channel} 客户{at} {made.integers(20, 200)}")
            if made.random() < 0.1:
                break
            now += made.exponential(1 / max(rate, 1e-4))
    rows.append("2024-12-31 天猫 客户0 50")
    return store(tmp_path_factory.mktemp("chance"), HEADINGS, *rows)


def test_it_opens_with_who_is_expected_back(open_page: Open, chance_home: Path) -> None:
    for lang in ("zh", "en"):
        app = open_page(chance_home, "retention", lang)
        assert not app.exception and not app.error
        numbers = [
            int(word) for word in app.header[0].value.replace("（", " ").split() if word.isdigit()
        ]
        assert numbers and all(0 < number <= 240 for number in numbers[:1])
        told = " ".join(said(app))
        assert text(lang, "retention.why_fits") in told and "365" in told
        assert text(lang, "retention.unknown", months=12) in told
        customers = app.dataframe[2].value
        assert len(customers) == 240 and customers["value_12"].is_monotonic_decreasing
        assert customers["risk"].between(0, 100).all()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (["2024-01-05 天猫 甲 10", "2024-01-09 天猫 乙 20", "2024-03-09 天猫 丙 30"], "few"),
        ([f"{day(at)} 天猫 客户{at} 10" for at in range(0, 600, 5)], "few_repeats"),
        (["2024-05-05 天猫 甲 10", "2024-05-06 天猫 乙 20"], "few"),
    ],
    ids=["three customers", "all bought once", "one month"],
)
def test_little_is_told_as_little(
    open_page: Open, tmp_path: Path, rows: list[str], why: str
) -> None:
    home = store(tmp_path, HEADINGS, *rows)
    for lang in ("zh", "en"):
        app = open_page(home, "retention", lang)
        assert not app.exception and not app.error
        told = said(app)
        assert text(lang, f"retention.why_{why}") in told
        assert text(lang, "retention.advanced_none") in told
        if rows[0].startswith("2024-05"):
            assert text(lang, "retention.no_cohorts") in told


def test_one_customer_of_nearly_everything_is_named(open_page: Open, tmp_path: Path) -> None:
    rows = [f"{day(30 * at)} 天猫 大户 9900" for at in range(20)]
    rows += [f"{day(40 * at)} 天猫 小{each} 5" for at in range(10) for each in "甲乙丙"]
    home = store(tmp_path, HEADINGS, *rows)
    for lang in ("zh", "en"):
        app = open_page(home, "retention", lang)
        assert not app.exception and "大户" in app.markdown[0].value


def test_without_customers_it_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    home = store(tmp_path, "销售日期 渠道 销售额", "2024-05-05 天猫 10")
    app = open_page(home, "retention", "en")
    assert not app.exception and text("en", "populations.none") in said(app)
