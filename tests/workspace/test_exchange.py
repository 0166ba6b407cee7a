"""Foreign money in the company's: two currencies, three months, a rate that is missing, by hand."""

from decimal import ROUND_HALF_UP
from decimal import Decimal as D
from random import Random

import pytest

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.store import standing
from chanplan.workspace import Workspace, by_hand, foreign
from tests.workspace.test_returns import bring, net

WHOLE = Scope(Period(202401, 202403))
LINES = (
    "日期,渠道,产品,金额,币种\n"
    "2024-01-05,天猫,水,100,CNY\n2024-02-05,天猫,水,200,CNY\n2024-03-05,天猫,水,300,CNY\n"
    "2024-01-06,亚马逊,水,30,USD\n2024-02-06,亚马逊,水,40.01,USD\n2024-03-06,亚马逊,水,50,USD\n"
    "2024-01-07,乐天,茶,1000,JPY\n2024-03-07,乐天,茶,2000,JPY\n"
)
# 1 USD is 7.10, 7.1921 and 7.20 of the company's money, 1 JPY 0.0483 and 0.05.
USD = {"202401": "7.10", "202402": "7.1921", "202403": "7.20"}
JPY = {"202401": "0.0483", "202403": "0.05"}


def rates(of: dict[str, str], currency: str) -> list[dict[str, str]]:
    return [
        {"month": f"{month[:4]}-{month[4:]}", "currency": currency, "rate": rate}
        for month, rate in of.items()
    ]


@pytest.fixture
def space(tmp_path):
    with Workspace.open(tmp_path) as opened:
        bring(opened, "各国.csv", LINES)
        yield opened


def in_month(space: Workspace, month: int) -> D | None:
    return net(space, scope=WHOLE.at(Period(month, month)))[0][0]


def test_a_currency_without_a_rate_is_not_added_and_one_with_it_is(space):
    assert in_month(space, 202402) is None
    by_hand.save(space, "exchange_rates", rates({"202402": "7.1921"}, "美元"))
    # 200 + 40.01 × 7.1921 = 200 + 287.755921, rounded as a line is
    assert in_month(space, 202402) == D("487.7559")
    assert in_month(space, 202401) is None
    assert net(space) == [(None,)]


def test_each_month_at_its_own_rate_and_all_at_that_of_one(space):
    by_hand.save(space, "exchange_rates", [*rates(USD, "USD"), *rates(JPY, "jpy")])
    # January: 100 + 30 × 7.10 + 1000 × 0.0483 = 100 + 213 + 48.3
    # March: 300 + 50 × 7.20 + 2000 × 0.05 = 300 + 360 + 100
    assert [in_month(space, month) for month in WHOLE.period] == [
        D("361.3"), D("487.7559"), D("760"),
    ]  # fmt: skip
    assert net(space) == [(D("1609.0559"),)]
    parts = net(space, "channel")
    assert sum(value for _, value in parts) == D("1609.0559")
    assert dict(parts)["亚马逊"] == D("860.7559")
    space.company.say("fx", "constant:202401", "与预算可比")
    # February: 200 + 40.01 × 7.10; March: 300 + 355 + 2000 × 0.0483
    assert [in_month(space, month) for month in WHOLE.period] == [
        D("361.3"), D("484.071"), D("751.6"),
    ]  # fmt: skip
    assert space.sum_of_lines(WHOLE) == (8, D("1596.971"))
    assert net(space) == [(D("1596.971"),)]


def test_a_constant_month_without_a_rate_leaves_its_currency_alone(space):
    by_hand.save(space, "exchange_rates", [*rates(USD, "USD"), *rates(JPY, "JPY")])
    space.company.say("fx", "constant:202402")
    assert in_month(space, 202401) is None  # no yen then
    assert in_month(space, 202402) == D("487.7559")
    assert net(space, scope=WHOLE.only("channel", "亚马逊")) == [(D("863.1239"),)]


def test_there_and_back_again_is_as_before(space):
    nothing = space.checksums()
    made = by_hand.save(space, "exchange_rates", [*rates(USD, "USD"), *rates(JPY, "JPY")])
    before = space.checksums()
    space.company.say("fx", "constant:202401")
    assert space.checksums()["rollup_partner"] != before["rollup_partner"]
    space.company.say("fx", None)
    assert {**space.checksums(), "position": ""} == {**before, "position": ""}
    space.switch(made.batch, False)
    assert space.checksums()["rollup_partner"] == nothing["rollup_partner"]
    assert net(space) == [(None,)]


def test_lines_keep_their_own_money_with_the_rate_beside_it(space):
    by_hand.save(space, "exchange_rates", rates(USD, "USD"))
    found = space.lines(WHOLE.only("channel", "亚马逊"), 10)
    assert list(found["currency"]) == ["USD"] * 3
    assert list(found["amount_with_tax"]) == [D(30), D("40.01"), D(50)]
    assert list(found["rate"]) == [D("7.10"), D("7.1921"), D("7.20")]
    assert space.sum_of_lines(WHOLE.only("channel", "亚马逊")) == (3, D("860.7559"))


def test_a_later_word_on_a_rate_moves_its_month_alone_and_a_closed_one_refuses(space):
    by_hand.save(space, "exchange_rates", [*rates(USD, "USD"), *rates(JPY, "JPY")])
    space.closings.mark([202401], True)
    changed = [*rates({**USD, "202403": "7.30"}, "USD"), *rates(JPY, "JPY")]
    told = by_hand.moves(space, "exchange_rates", changed)
    assert told[["month", "channel", "with_tax_before", "with_tax_after"]].to_numpy().tolist() == [
        [202403, "亚马逊", D(360), D(365)]
    ]
    by_hand.save(space, "exchange_rates", changed)
    assert in_month(space, 202403) == D(765)
    with pytest.raises(MonthClosedError):
        bring(space, "一月汇率.csv", "月份,币种,汇率\n2024-01,USD,7.3\n")
    with pytest.raises(MonthClosedError):
        space.company.say("fx", "constant:202403")
    assert in_month(space, 202401) == D("361.3")


def test_the_same_after_the_database_is_made_anew(space, tmp_path):
    by_hand.save(space, "exchange_rates", [*rates(USD, "USD"), *rates(JPY, "JPY")])
    space.company.say("fx", "constant:202401")
    before = space.checksums()
    space.close()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as again:
        assert again.checksums() == before


def test_the_cost_of_the_product_table_is_in_the_companys_money(tmp_path):
    with Workspace.open(tmp_path) as space:
        text = "日期,渠道,产品,数量,单位,金额,币种\n2024-01-06,亚马逊,水,10,瓶,30,USD\n"
        bring(space, "海外.csv", text)
        by_hand.save(space, "products", [{"product": "水", "unit": "瓶", "cost": "12"}])
        by_hand.save(space, "exchange_rates", rates(USD, "USD"))
        scope = WHOLE.only("channel", "亚马逊")
        frame = space.ask(MetricQuery(("net_sales", "gross_margin"), scope)).frame
        assert frame.iloc[0].tolist() == [D(213), D(93)]


def test_files_add_to_what_was_said_and_what_is_said_is_the_whole_table(space):
    assert by_hand.SOURCE == standing.HAND
    by_hand.save(space, "exchange_rates", rates({"202401": "7.00", "202402": "7.1921"}, "USD"))
    text = "月份,币种,汇率,每多少外币\n2024-01,日元,4.83,100\n2024-01,USD,7.1,1\n"
    bring(space, "汇率.csv", text)
    assert in_month(space, 202401) == D("361.3")
    assert in_month(space, 202402) == D("487.7559")
    by_hand.save(space, "exchange_rates", rates({"202402": "7.1921"}, "USD"))
    assert in_month(space, 202401) is None
    assert in_month(space, 202402) == D("487.7559")


def test_what_rates_alone_make_is_told_by_currency(space):
    by_hand.save(space, "exchange_rates", [*rates(USD, "USD"), *rates(JPY, "JPY")])
    found = foreign.effect(space, 202401, foreign.side(space))
    # USD: 213 + 287.7559 + 360 against 120.01 × 7.10; JPY: 48.3 + 100 against 3000 × 0.0483.
    assert found.to_numpy().tolist() == [
        ["order", "JPY", D(3000), D("148.3"), D("144.9"), D("3.4"), 0],
        ["order", "USD", D("120.01"), D("860.7559"), D("852.071"), D("8.6849"), 0],
    ]
    # What stands at current rates is the company's own money and both of these.
    assert D(600) + D("148.3") + D("860.7559") == net(space)[0][0]


def test_months_without_a_rate_are_listed(space):
    assert foreign.used(space) == ["JPY", "USD"]
    by_hand.save(space, "exchange_rates", [*rates(USD, "USD"), *rates({"202401": "0.05"}, "JPY")])
    assert foreign.lacking(space) == [foreign.Lacking("JPY", (202403,), 1)]
    assert foreign.told_in(space, 202402, 202403) == ["USD"]
    found = foreign.effect(space, 202401, "with_tax").set_index("currency")
    assert found.loc["JPY", ["current", "constant", "lacking"]].tolist() == [None, D(150), 1]


def test_a_preview_adds_no_unlike_money(space):
    told = by_hand.moves(space, "exchange_rates", rates({"202402": "7.1921"}, "USD"))
    columns = ["month", "channel", "with_tax_before", "with_tax_after"]
    assert told[columns].to_numpy().tolist() == [[202402, "亚马逊", None, D("287.7559")]]


def test_a_book_of_random_lines_is_the_sum_of_its_rounded_parts(tmp_path):
    draw = Random(8)
    table = {(month, money): D(draw.randrange(1, 10**6)).scaleb(-4)
             for month in WHOLE.period for money in ("USD", "JPY", "EUR")}  # fmt: skip
    lines = [
        (draw.choice([202401, 202402, 202403]), draw.choice(["甲", "乙", "丙"]),
         D(draw.randrange(-10**7, 10**7)).scaleb(-4), draw.choice(["CNY", "USD", "JPY", "EUR"]))
        for _ in range(300)
    ]  # fmt: skip
    text = "日期,渠道,产品,金额,币种\n" + "".join(
        f"{month // 100}-{month % 100:02d}-15,{channel},水,{amount},{money}\n"
        for month, channel, amount, money in lines
    )
    said = [
        {"month": f"{month // 100}-{month % 100:02d}", "currency": money, "rate": f"{rate:f}"}
        for (month, money), rate in table.items()
    ]
    cent = D("0.0001")
    with Workspace.open(tmp_path) as space:
        bring(space, "随机.csv", text)
        by_hand.save(space, "exchange_rates", said)
        for fx, at in (("current", None), ("constant:202402", 202402)):
            space.company.say("fx", fx)
            expected: dict[str, D] = {}
            for month, channel, amount, money in lines:
                rate = D(1) if money == "CNY" else table[at or month, money]
                told = (amount * rate).quantize(cent, ROUND_HALF_UP)
                expected[channel] = expected.get(channel, D(0)) + told
            assert dict(net(space, "channel")) == expected
            assert net(space) == [(sum(expected.values()),)]
            assert space.sum_of_lines(WHOLE) == (300, sum(expected.values()))
