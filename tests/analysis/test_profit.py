"""Channel profit against books worked by hand, and its parts against the whole."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis import profit
from chanplan.domain.cost_kinds import kind_of
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

D = Decimal


def sales(*rows: tuple[object, ...]) -> pd.DataFrame:
    """channel, month, net_sales, cost, gross_margin, quantity."""
    names = ["channel", "month", *profit.MEASURES]
    return pd.DataFrame(list(rows), columns=names, dtype=object)


def costs(*rows: tuple[object, ...]) -> pd.DataFrame:
    """channel, month, cost_type, amount, attributed."""
    names = ["channel", "month", "cost_type", "amount", "attributed"]
    return pd.DataFrame(list(rows), columns=names, dtype=object)


# 天猫 sells 1,000 in January at a cost of 600, and 800 in February at 500.
# January: 佣金 50, 投流 100 that brought 320, 物流 30. February: no cost sheet.
# 门店 sells 400 in January; nobody knows the cost of its goods; 陈列费 20.
# 品牌广告 70 belongs to no channel.
BOOK = (
    sales(
        ("天猫", 202401, D(1000), D(600), D(400), D(50)),
        ("天猫", 202402, D(800), D(500), D(300), D(40)),
        ("门店", 202401, D(400), None, None, D(10)),
    ),
    costs(
        ("天猫", 202401, "平台佣金", D(50), None),
        ("天猫", 202401, "投流", D(100), D(320)),
        ("天猫", 202401, "物流", D(30), None),
        ("门店", 202401, "陈列费", D(20), None),
        (None, 202401, "品牌广告", D(70), None),
    ),
)


def of(member: str, stated: profit.Statement) -> pd.Series:
    frame = stated.channels
    return frame[frame["member"] == member].iloc[0]


def test_a_channel_worked_by_hand() -> None:
    tmall = of("天猫", profit.statement(*BOOK))
    # Only January has a cost sheet: 1,000 of 1,800 is covered.
    assert (tmall["net_sales"], tmall["covered_sales"]) == (D(1800), D(1000))
    assert tmall["coverage"] == D(1000) / D(1800)
    assert (tmall["goods"], tmall["margin"], tmall["costs"]) == (D(600), D(400), D(180))
    assert tmall["contribution"] == D(220)  # 400 − 180
    assert tmall["per_unit"] == D("4.4")  # 220 / 50
    assert tmall["cost_rate"] == D("0.18")
    assert tmall["roas"] == D("3.2")  # 320 / 100
    # Before what was decided (投流 100): 400 − 80 = 320; (320 − 100) / 100.
    assert tmall["return_on_investment"] == D("2.2")
    # A unit of sales leaves 0.32: 100 / 0.32.
    assert tmall["break_even"] == D("312.5")


def test_what_is_not_known_is_not_guessed() -> None:
    stated = profit.statement(*BOOK)
    store = of("门店", stated)
    assert (store["covered_sales"], store["coverage"]) == (D(0), D(0))
    assert store["contribution"] is None and store["left_out"] == D(20)
    assert "陈列费" not in set(stated.kinds["cost_type"])


def test_channels_and_what_none_of_them_bears_make_the_company() -> None:
    whole = profit.statement(*BOOK).company
    assert whole["channels"] == D(220)
    assert (whole["unallocated"], whole["left_out"]) == (D(70), D(20))
    assert whole["contribution"] == D(130)
    assert whole["coverage"] == D(1000) / D(2200)


def test_kinds_come_by_the_company_s_own_names() -> None:
    kinds = profit.statement(*BOOK).kinds
    told = list(zip(kinds["member"], kinds["cost_type"], kinds["amount"], strict=True))
    assert told == [
        ("天猫", "投流", D(100)),
        (None, "品牌广告", D(70)),
        ("天猫", "平台佣金", D(50)),
        ("天猫", "物流", D(30)),
    ]


def test_costs_before_the_first_sale_stand() -> None:
    stated = profit.statement(sales(), costs(("抖音直播", 202403, "坑位费", D(90), None)))
    douyin = of("抖音直播", stated)
    assert (douyin["contribution"], douyin["cost_rate"]) == (D(-90), None)
    assert douyin["return_on_investment"] == D(-1)


def test_unlike_units_have_no_unit_profit() -> None:
    book = sales(("天猫", 202401, D(10), D(6), D(4), None))
    stated = profit.statement(book, costs(("天猫", 202401, "物流", D(1), None)))
    assert of("天猫", stated)["per_unit"] is None


def test_names_of_costs() -> None:
    told = {
        name: kind_of(name).name for name in ("平台佣金", "投流", "坑位费", "返利计提", "Other")
    }
    assert told == {
        "平台佣金": "commission", "投流": "traffic", "坑位费": "slot", "返利计提": "rebate",
        "Other": "other",
    }  # fmt: skip
    assert kind_of("培训").moves == "decided" and kind_of("Shipping").moves == "with_sales"
    assert kind_of(None).name == "other"


def test_filters_that_costs_cannot_follow() -> None:
    scope = Scope(Period(202401, 202412)).only("channel", "天猫").only("region", "华东")
    assert profit.blind_filters(scope) == ["region"]


MONEY = st.decimals("-99999", "99999", places=2)
CHANNELS = st.sampled_from(["天猫", "京东", "门店"])
MONTHS = st.sampled_from([202401, 202402, 202403])


@given(
    st.dictionaries(st.tuples(CHANNELS, MONTHS), st.tuples(MONEY, st.none() | MONEY), max_size=9),
    st.lists(st.tuples(st.none() | CHANNELS, MONTHS, MONEY), max_size=20),
)
def test_nothing_is_lost(sold: dict, spent: list) -> None:
    book = sales(
        *(
            (channel, month, net, goods, None if goods is None else net - goods, None)
            for (channel, month), (net, goods) in sold.items()
        )
    )
    sheet = costs(*((owner, month, "物流", amount, None) for owner, month, amount in spent))
    stated = profit.statement(book, sheet)
    whole = stated.company
    assert sum(stated.channels["net_sales"], D(0)) == sum((n for n, _ in sold.values()), D(0))
    borne = sum((row["costs"] + row["left_out"] for _, row in stated.channels.iterrows()), D(0))
    assert borne + whole["unallocated"] == sum((amount for *_, amount in spent), D(0))
    if whole["contribution"] is not None:
        assert (
            whole["contribution"]
            == whole["margin"] - whole["costs"] - whole["unallocated"] - whole["left_out"]
        )
