"""Which names are suggested to be one, by which evidence, and which never are."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from chanplan.plans.suggesting import Member, suggested

# dimension, name, its master (told first here, so it is the larger one), evidence.
ONE = [
    ("channel", "天猫 ", "天猫", "spelling"),
    ("channel", "ＴＭＡＬＬ", "Tmall", "spelling"),
    ("channel", "Tmall", "天猫", "known"),
    ("channel", "天猫旗舰店", "天猫", "ending"),
    ("channel", "天猫官方旗舰店", "Tmall", "known"),
    ("channel", "JD.com", "京东", "known"),
    ("channel", "JD", "京东商城", "known"),
    ("channel", "PDD", "拼多多", "known"),
    ("channel", "Douyin", "抖音", "known"),
    ("channel", "Official site", "官网", "known"),
    ("channel", "Offline stores", "线下门店", "known"),
    ("partner", "杭州好邻居商贸有限公司", "杭州好邻居商贸", "ending"),
    ("partner", "好邻居（集团）有限公司", "好邻居集团", "ending"),
    ("partner", "Acme Trading Co., Ltd.", "ACME Trading", "ending"),
    ("partner", "海天官方旗舰店", "海天旗舰店", "ending"),
    ("partner", "Wallmart Stores", "Walmart Stores", "alike"),
    ("partner", "杭州好邻居便利商店", "杭州好邻居便利店", "alike"),
    ("customer", "新世界 百货", "新世界百货", "spelling"),
    ("region", "华东大区", "华东", "ending"),
    ("region", "浙江省", "浙江", "known"),
    ("province", "广西壮族自治区", "广西", "known"),
    ("province", "内蒙古自治区", "内蒙", "known"),
    ("province", "Shaanxi", "陕西省", "known"),
    ("product", "气泡水 330ML", "气泡水（330ml）", "spelling"),
    ("product", "ＳＫＵ-01", "SKU-01", "spelling"),
]

# Pairs that look alike and are two things.
TWO = [
    ("channel", "天猫超市", "天猫"),
    ("channel", "天猫旗舰店", "天猫专营店"),
    ("channel", "京东自营", "京东"),
    ("channel", "线上", "线下"),
    ("channel", "线下", "线下门店"),
    ("channel", "官网", "官旗"),
    ("partner", "门店1", "门店2"),
    ("partner", "门店11", "门店1"),
    ("partner", "上海一", "上海二"),
    ("partner", "上海第一百货商店", "上海第二百货商店"),
    ("partner", "杭州西湖店", "杭州西湖二店"),
    ("partner", "好邻居连锁东店", "好邻居连锁西店"),
    ("partner", "海天旗舰店", "海天专营店"),
    ("partner", "好邻居有限公司上海分公司", "好邻居有限公司"),
    ("partner", "苏果超市（新街口店）", "苏果超市"),
    ("partner", "Store 1", "Store 2"),
    ("partner", "Harbour North", "Harbour South"),
    ("partner", "City House Trading", "City Mouse Trading"),
    ("partner", "经销商A", "经销商B"),
    ("customer", "C0001", "C0002"),
    ("customer", "C0001", "C-0001"),
    ("customer", "张伟", "张炜"),
    ("region", "华东", "华南"),
    ("region", "东区", "西区"),
    ("province", "吉林市", "吉林"),
    ("province", "山西", "陕西"),
    ("province", "Shanxi", "Shaanxi"),
    ("product", "p1", "p2"),
    ("product", "1.5L 可乐", "15L 可乐"),
    ("product", "气泡水 330ml", "气泡水 500ml"),
    ("product", "果味气泡水 青柠 330ml", "果味气泡水 青桔 330ml"),
    ("product", "可口可乐", "可口可乐无糖"),
]


def found(dimension: str, *names: str) -> list[tuple[str, str, str]]:
    """(name, master, evidence); each name of a source of its own, the first the largest."""
    members = [Member(name, Decimal(100 - at), (f"s{at}",)) for at, name in enumerate(names)]
    return [(s.name.name, s.master.name, s.evidence) for s in suggested(dimension, members)]


@pytest.mark.parametrize(("dimension", "name", "master", "evidence"), ONE)
def test_names_of_one_thing_are_suggested(
    dimension: str, name: str, master: str, evidence: str
) -> None:
    assert found(dimension, master, name) == [(name, master, evidence)]


@pytest.mark.parametrize(("dimension", "one", "other"), TWO)
def test_names_of_two_things_are_not(dimension: str, one: str, other: str) -> None:
    assert found(dimension, one, other) == found(dimension, other, one) == []


def test_the_listed_name_is_the_master_else_the_larger_one() -> None:
    small, large = Member("天猫", Decimal(1), ("甲",)), Member("Tmall", Decimal(9), ("乙",))
    [by_size] = suggested("channel", [small, large])
    assert by_size.master == large
    listed = Member("天猫", None, listed=True)
    [by_list] = suggested("channel", [listed, large])
    assert by_list.master == listed


def test_every_name_has_one_master_so_that_all_may_be_accepted() -> None:
    names = found("channel", "天猫", "Tmall", "天猫旗舰店", "天猫 ", "天猫商城")
    assert [(name, master) for name, master, _ in names] == [
        ("天猫 ", "天猫"),
        ("天猫旗舰店", "天猫"),
        ("Tmall", "天猫"),
        ("天猫商城", "天猫"),
    ]


def test_a_code_and_what_it_is_called_are_one_unless_two_codes_are_called_so() -> None:
    coded = Member("P-01", Decimal(5), ("ERP",), label="果味气泡水 330ml")
    plain = Member("果味气泡水330ML", Decimal(3), ("店铺",))
    [one] = suggested("product", [coded, plain])
    assert (one.name, one.master, one.evidence) == (plain, coded, "label")
    twin = Member("P-02", Decimal(1), ("ERP",), label="果味气泡水 330ml")
    assert suggested("product", [coded, twin, plain]) == []


def test_what_was_told_apart_is_not_suggested_again() -> None:
    members = [Member("天猫", Decimal(2), ("甲",)), Member("Tmall", Decimal(1), ("乙",))]
    assert suggested("channel", members, {frozenset(("天猫", "Tmall"))}) == []


def test_names_that_only_tables_list_wait_for_lines() -> None:
    listed = [Member("好邻居有限公司", listed=True), Member("好邻居", listed=True)]
    assert suggested("partner", listed) == []


def test_a_source_that_has_both_names_is_told() -> None:
    both = [Member("天猫", Decimal(2), ("甲", "乙")), Member("Tmall", Decimal(1), ("乙",))]
    assert suggested("channel", both)[0].together == ("乙",)


def test_a_hundred_of_five_thousand_partners_are_found_again() -> None:
    """Each of the hundred stands twice, once with a legal form."""
    signs = "好邻居利华联佳乐万家美福润德天地丰源泰和盛兴"
    draw = random.Random(4)
    names = {"".join(draw.choices(signs, k=9)) for _ in range(5_000)}
    twice = sorted(names)[:100]
    members = [Member(name, Decimal(1), ("甲",)) for name in sorted(names)]
    members += [Member(f"{name}有限公司", Decimal(0), ("乙",)) for name in twice]
    pairs = {(one.name.name, one.master.name) for one in suggested("partner", members)}
    assert {(f"{name}有限公司", name) for name in twice} <= pairs
