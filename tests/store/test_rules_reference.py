"""Rates and rules of a random company beside a reading of them line by line, in Python."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from chanplan.domain.line_rules import FIELDS
from chanplan.workspace import Workspace
from tests.store.test_taxes import bring

FOUR = Decimal("0.0001")
PRODUCTS, CATEGORIES = [f"P{at}" for at in range(8)], ["饮料", "粮油", "图书"]
CHANNELS, STATUSES = ["天猫", "京东", "调拨仓"], ["成功", "内部甲", "内部乙"]
FIRST = date(2025, 1, 1)


@dataclass(frozen=True)
class Line:
    """A line of the file, and the rate and type that the file itself gives it."""

    day: date
    channel: str
    product: str
    category: str
    order: str
    status: str
    quantity: int
    amount: Decimal
    own_rate: str


def lines(dice: random.Random) -> Iterator[Line]:
    for at in range(240):
        yield Line(
            FIRST + timedelta(days=dice.randrange(360)),
            dice.choice(CHANNELS), dice.choice(PRODUCTS), dice.choice(CATEGORIES),
            f"{dice.choice(['SO', 'DB', 'DBX'])}-{at}", dice.choice(STATUSES), dice.randint(1, 9),
            Decimal(dice.choice([0, dice.randint(1, 999_999)])) / 100,
            dice.choice(["", "", "3%"]),
        )  # fmt: skip


def rates(dice: random.Random) -> list[tuple[str, str, int, date]]:
    """(product, category, per cent, since): of each a few, so that days decide."""
    told: dict[tuple[str, str, date], int] = {}
    for _ in range(12):
        day = FIRST + timedelta(days=30 * dice.randrange(12))
        member = (dice.choice(PRODUCTS[:5]), "") if dice.random() < 0.6 else ("", CATEGORIES[0])
        told[*member, day] = dice.choice([0, 6, 9, 13])
    return [(*member, rate, day) for (*member, day), rate in told.items()]  # type: ignore[misc]


def rules(dice: random.Random) -> list[tuple[str, str, str, date]]:
    """(field, value, makes, since)."""
    known = [("order", "DB"), ("order", "DBX"), ("product", "P1"), ("product", "P*"),
             ("channel", "调拨仓"), ("category", "图书"), ("status", "内部*"),
             ("status", "内部乙"), ("free", "*"), ("source", "随机")]  # fmt: skip
    chosen = dice.sample(known, 6)
    makes = ["gift", "transfer", "freight", "adjustment", "not_a_sale", "file"]
    return [(field, value, dice.choice(makes), FIRST + timedelta(days=dice.choice([0, 90, 200])))
            for field, value in chosen]  # fmt: skip


def bare(line: Line, said: list[tuple[str, str, int, date]]) -> Decimal:
    """Without tax: by the row's rate, its product's, its category's, the source's 11 %."""
    rate = Decimal(3) if line.own_rate else None
    for at, member in ((0, line.product), (1, line.category)):
        known = [(one[3], one[2]) for one in said if one[at] == member and one[3] <= line.day]
        if rate is None and known:
            rate = Decimal(max(known)[1])
    used = (Decimal(11) if rate is None else rate) / 100
    return (line.amount / (1 + used)).quantize(FOUR, ROUND_HALF_EVEN)


def kind(line: Line, said: list[tuple[str, str, str, date]]) -> str:
    """The most particular field, of it the latest day, then the longest word."""
    told: Mapping[str, str | None] = {
        "order": line.order, "free": "随机" if line.amount == 0 else None, "product": line.product,
        "channel": line.channel, "category": line.category, "status": line.status,
        "source": "随机",
    }  # fmt: skip
    for field in FIELDS:
        fits = [
            (since, len(value), at, makes)
            for at, (of, value, makes, since) in enumerate(said)
            if of == field and since <= line.day and (word := told[field]) is not None
            and fnmatchcase(word, f"{value}*" if field == "order" else value)
        ]  # fmt: skip
        if fits:
            return "sale" if max(fits)[3] == "file" else max(fits)[3]
    return "sale"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_line_is_told_as_a_reader_would(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    every, by_rate, by_rule = [*lines(dice)], rates(dice), rules(dice)
    head = "日期,渠道,产品编码,品类,订单编号,订单状态,数量,含税金额,税率\n"
    rows = "".join(
        f"{one.day},{one.channel},{one.product},{one.category},{one.order},{one.status},"
        f"{one.quantity},{one.amount},{one.own_rate}\n"
        for one in every
    )
    tax = "".join(f"{one[0]},{one[1]},{one[2]}%,{one[3]}\n" for one in by_rate)
    told = "".join(f"{one[0]},{one[1]},{one[2]},{one[3]}\n" for one in by_rule)
    with Workspace.open(tmp_path) as space:
        bring(
            space, "rules.csv", f"判断字段,字段取值,视为行类型,生效日期\n{told}", table="line_rules"
        )
        bring(space, "lines.csv", head + rows, source="随机", tax_rate="0.11")
        bring(space, "rates.csv", f"产品编码,品类,税率,生效日期\n{tax}", table="tax_rates")
        found = space.store.fetch(
            "select amount_without_tax as bare, line_type::varchar as kind from sales_line"
            " order by line"
        )
    assert found["bare"].tolist() == [bare(one, by_rate) for one in every]
    assert found["kind"].tolist() == [kind(one, by_rule) for one in every]
