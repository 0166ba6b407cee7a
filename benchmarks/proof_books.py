"""Random companies: what the workspace answers equals pandas over the same file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

MEASURES = ("net_sales", "orders", "active_customers", "quantity", "gross_margin")
DIMENSIONS = ("channel", "region", "partner", "product", "category", "salesperson", "month", "year")
Result = tuple[str, int, int]


def prove(folder: Path, books: int) -> Iterator[Result]:
    """Every measure by every dimension, in a random span of months, per book."""
    tried = wrong = 0
    for seed in range(books):
        home = folder / f"book{seed}"
        book = _book(seed)
        with Workspace.open(home) as workspace:
            for part, rows in book.groupby("文件"):
                data = rows.drop(columns="文件").to_csv(index=False).encode("gb18030")
                original = workspace.receive(f"导出{part}.csv", data)
                workspace.load(original, workspace.inspect(original))
            for asked, expected in _questions(workspace, book, random.Random(seed)):
                tried += 1
                wrong += asked != expected
    yield "an answer equals pandas over the same files", tried, wrong


def _book(seed: int) -> pd.DataFrame:
    draw = random.Random(seed)
    rows = []
    for number in range(draw.randint(50, 800)):
        order = draw.randrange(400)
        returned = draw.random() < 0.1
        cents = draw.randint(1, 99_999) * (-1 if returned else 1)
        rows.append(
            {
                "文件": draw.randint(1, 3),
                "日期": f"{_day(draw)}",
                "渠道": draw.choice(["天猫", "京东", "经销商", "门店"]),
                "大区": draw.choice(["华东", "华北", "华南"]),
                "经销商": draw.choice([f"经销商{n}" for n in range(9)]),
                "产品编码": f"P{draw.randrange(30):03d}",
                "品类": draw.choice(["饮料", "零食", "日化"]),
                "客户编码": f"C{draw.randrange(60):03d}",
                "业务员": draw.choice(["张伟", "王芳", "李娜"]),
                "订单编号": f"S{order:05d}" if number % 7 else "",
                "数量": draw.randint(1, 40) * (-1 if returned else 1),
                "金额": f"{cents / 100:.2f}",
                "成本": f"{cents / 200:.4f}",
            }
        )
    return pd.DataFrame(rows)


def _day(draw: random.Random) -> date:
    return date(draw.randint(2019, 2025), draw.randint(1, 12), draw.randint(1, 28))


def _questions(
    workspace: Workspace, book: pd.DataFrame, draw: random.Random
) -> Iterator[tuple[object, object]]:
    names = {
        "channel": "渠道", "region": "大区", "partner": "经销商", "product": "产品编码",
        "category": "品类", "salesperson": "业务员", "month": "月", "year": "年",
    }  # fmt: skip
    days = pd.to_datetime(book["日期"])
    book = book.assign(月=days.dt.year * 100 + days.dt.month, 年=days.dt.year)
    months = sorted(book["月"].unique())
    first, last = sorted(int(draw.choice(months)) for _ in range(2))
    inside = book[(book["月"] >= first) & (book["月"] <= last)]
    for dimension in DIMENSIONS:
        query = MetricQuery(MEASURES, Scope(Period(first, last)), (dimension,))
        answer = workspace.ask(query).frame.set_index(dimension)
        for key, rows in inside.groupby(names[dimension]):
            expected = _by_hand(rows)
            for measure in MEASURES:
                yield answer.loc[key, measure] or 0, expected[measure]


def _by_hand(rows: pd.DataFrame) -> dict[str, object]:
    money = [Decimal(text) for text in rows["金额"]]
    cost = [Decimal(text) for text in rows["成本"]]
    bought = rows[[value > 0 for value in money]]
    return {
        "net_sales": sum(money),
        "orders": rows.loc[rows["订单编号"] != "", "订单编号"].nunique(),
        "active_customers": bought["客户编码"].nunique(),
        "quantity": Decimal(int(rows["数量"].sum())),
        "gross_margin": sum(money) - sum(cost),
    }
