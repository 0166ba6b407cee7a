"""`explain` and the derived measures of `ask`, as a shell says them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.commands.shell import chanplan

D = Decimal
# 2024 → 2025: 茶 10 for 100 → 12 for 108 (volume 2 · 10, price 12 · (9 − 10));
# 水 is new in 2025: 30; 旧 is sold in 2024 only, and not in the last twelve months of 2025: −20
EXPORT = """渠道,日期,产品,数量,金额
天猫,2024-01-03,茶,10,100
京东,2024-01-04,旧,2,20
天猫,2025-01-03,茶,12,108
京东,2025-12-04,水,3,30
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explain")
    (folder / "两年.csv").write_text(EXPORT, encoding="utf-8")
    said = chanplan("import", folder / "两年.csv", "--home", folder / "home")
    assert said.code == 0, said.err
    return folder / "home"


def test_a_change_is_explained_to_the_cent(home) -> None:
    words = ["--from", "2025", "--to", "2025", "--base", "2024-01:2024-12", "--by", "product"]
    said = chanplan("explain", *words, "--home", home, "--json")
    assert said.code == 0, said.err
    told = said.json
    assert (told["base"], told["current"], told["change"]) == ("120", "138", "18")
    assert told["bridge"] == {"volume": "20", "mix": "0", "price": "-12", "new": "30",
                              "lost": "-20", "gifts": "0", "other": "0"}  # fmt: skip
    assert sum(map(D, told["bridge"].values())) == D(told["change"])
    first, second, *_ = told["findings"]
    assert first["code"] == "bridge_up" and first["money"] == "30"
    assert first["text"] == "New items brought +30; volume +20"
    assert first["evidence"]["step"] == "new"
    assert second["code"] == "grew" and second["money"] == "18"
    assert second["text"] == "Net sales 138, up 15.0% on last year (by 18)."
    assert {"code", "text", "money", "evidence"} == {*second}


def test_in_chinese_by_channel_and_product_as_usual(home) -> None:
    said = chanplan("explain", "--from", "2025-01", "--home", home, language="zh")
    assert said.code == 0, said.err
    figures, sentences = said.out.split("\n\n")
    assert "base 2024-01:2024-12\t120\n" in figures and "price\t-12\n" in f"{figures}\n"
    assert "新增带来 +30；销量 +20" in sentences
    assert "按产品看，水增加最多：+30" in sentences


def test_asking_by_days_is_beside_the_same_days_a_year_before(home) -> None:
    words = ["net_sales", "orders", "--by", "channel", "--from", "2025-01-01", "--to", "2025-01-03"]
    said = chanplan("ask", *words, "--compare", "last_year", "--home", home, "--json")
    assert said.code == 0, said.err
    assert [(row["channel"], row["net_sales"], row["net_sales__base"]) for row in said.json] == [
        ("天猫", "108", "100")
    ]
    asked = chanplan("ask", "net_sales", "--from", "2024-01-04", "--to", "2025-12", "--home", home)
    assert asked.out.split() == ["net_sales", "158"]
    refused = chanplan("ask", *words, "--compare", "previous", "--home", home)
    assert refused.code == 2 and "explain --base" in refused.err


def test_what_cannot_be_explained_is_said_in_one_sentence(home) -> None:
    said = chanplan("explain", "--from", "2024", "--to", "2024", "--home", home)
    assert said.code == 1 and "no net sales in 2023-01:2023-12" in said.err
    assert said.err.count("\n") == 1
    backwards = chanplan("explain", "--base", "2024-05:2024-01", "--home", home)
    assert backwards.code == 2 and "comes after" in backwards.err


def test_ask_gives_shares_and_contributions(home) -> None:
    words = ["--by", "channel", "--from", "2025", "--compare", "last_year", "--limit", "1"]
    said = chanplan(
        "ask", "net_sales", "--measures", "share,share_change,contribution", *words,
        "--home", home, "--json",
    )  # fmt: skip
    # 京东 30 of 138 after 20 of 120: the limit does not change the whole
    [row] = said.json
    assert row["net_sales"] == "30" and row["net_sales__base"] == "20"
    assert abs(D(row["share"]) - D(30) / 138) < D("1e-11")
    assert abs(D(row["share_change"]) - (D(30) / 138 - D(20) / 120)) < D("1e-11")
    assert abs(D(row["contribution"]) - D(10) / 120) < D("1e-11")
    alone = chanplan("ask", "share_change", "--home", home)
    assert alone.code == 1 and "--compare" in alone.err


def test_explain_tells_what_is_unusual_with_its_evidence(sample_home) -> None:
    words = ["--from", "2025-04", "--to", "2025-06", "--where", "channel=京东"]
    said = chanplan("explain", *words, "--basis", "shipment", "--home", sample_home, "--json")
    assert said.code == 0, said.err
    (cut,) = [one for one in said.json["findings"] if one["code"] == "unusual_price_down"]
    assert cut["evidence"]["place"] == {"series": "山野"} and D(cut["money"]) < 0
    assert "11." in cut["text"] and cut["evidence"]["count"] == 16


def test_a_channel_that_grew_tells_where_its_buyers_bought_before(sample_home) -> None:
    """The livestream that was planted, in its second quarter: 天猫's members went there."""
    words = ["--from", "2024-07", "--to", "2024-09", "--basis", "shipment", "--home", sample_home]
    said = chanplan("explain", *words, "--json")
    assert said.code == 0, said.err
    (grew,) = [one for one in said.json["findings"] if one["code"] == "driver_up"
               and one["evidence"]["dimension"] == "channel"]  # fmt: skip
    told = grew["evidence"]
    assert (told["member"], told["before"]) == ("抖音直播", "天猫")
    assert D(told["before_share"]) > D("0.3") and D(told["match_rate"]) > D(told["match_floor"])
    assert f"{D(told['before_share']):.1%} of its {told['new_buyers']} new" in grew["text"]
    narrowed = chanplan("explain", *words, "--where", "category=果酒", "--json")
    assert "match_rate" not in narrowed.out and narrowed.code == 0


def test_days_are_explained_as_months_are(home) -> None:
    """To 3 January: 茶 is not sold yet in 2025 on the 2nd; 100 → 108 to the 3rd."""
    said = chanplan("explain", "--from", "2025-01-01", "--to", "2025-01-03", "--by", "product",
                    "--home", home, "--json")  # fmt: skip
    assert said.code == 0, said.err
    told = said.json
    assert (told["base"], told["current"]) == ("100", "108")
    assert told["period"] == "2025-01-01:2025-01-03"
    assert told["base_period"] == "2024-01-01:2024-01-03"
    grew = next(one for one in told["findings"] if one["code"] == "grew")
    assert grew["evidence"]["base"] == "100" and grew["evidence"]["growth"] == "0.08"
    words = ["--from", "20250101", "--to", "2025", "--base", "2024-01-04:2024-01-04"]
    both = chanplan("explain", *words, "--by", "product", "--home", home, "--json")
    assert (both.json["base"], both.json["current"]) == ("20", "138")
    whole = chanplan("explain", "--from", "2025-01-01", "--to", "2025-12-31", "--home", home)
    months = chanplan("explain", "--from", "2025", "--to", "2025", "--home", home)
    assert whole.out == months.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--from", "2025-02-30"], "2025-02-30"),
        (["--from", "2025-03-20", "--to", "2025-03-10"], "comes after"),
        (["--from", "2025-03-01", "--base", "2024-13-01:2024-03-02"], "2024-13-01"),
        (["--from", "2025-03-01", "--base", ":"], "no span"),
    ],
)
def test_days_that_cannot_be_are_named(home, words, told) -> None:
    said = chanplan("explain", *words, "--home", home)
    assert said.code != 0 and told in said.err and "Traceback" not in said.err
