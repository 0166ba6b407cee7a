"""Stores with customers of three kinds: often and much, often and little, once and long ago."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace import Workspace

HEADINGS = ("销售日期", "渠道", "品类", "产品名称", "客户", "订单编号", "数量", "销售额", "成本")
GOODS = (("饮料", "气泡水"), ("零食", "薯片"), ("酒", "梅酒"), ("茶", "乌龙"))
SCOPE = Scope(Period(202401, 202412))
Row = tuple[object, ...]


def bought(customer: str, days: Iterable[date], amount: int, goods: int) -> list[Row]:
    """An order a day, its goods in turn."""
    return [
        (day.isoformat(), "天猫", *GOODS[at % goods], customer, f"{customer}-{at}", 1, amount + at,
         amount // 2)
        for at, day in enumerate(days)
    ]  # fmt: skip


def kinds(each: int = 14, until: date = date(2024, 12, 28)) -> list[Row]:
    """`each` customers of every kind."""
    rows: list[Row] = []
    for at in range(each):
        days = [until - timedelta(days=at % 5 + 12 * back) for back in range(24 + at % 4)]
        rows += bought(f"大客{at:02d}", days, 5_000 + 90 * at, 4)
        days = [until - timedelta(days=at % 7 + 25 * back) for back in range(11 + at % 3)]
        rows += bought(f"常客{at:02d}", days, 60 + at, 2)
        rows += bought(f"过客{at:02d}", [date(2024, 1, 20 + at % 9)], 150 + 3 * at, 1)
    return rows


def laid(home: Path, rows: Iterable[Row], name: str = "销售.csv", without: str = "") -> Path:
    """A store with these rows, one of the columns left out."""
    out = StringIO(newline="")
    kept = [at for at, heading in enumerate(HEADINGS) if heading != without]
    writer = csv.writer(out)
    writer.writerow([HEADINGS[at] for at in kept])
    writer.writerows([[row[at] for at in kept] for row in rows])
    with Workspace.open(home) as space:
        original = space.receive(name, out.getvalue().encode())
        space.load(original, space.inspect(original))
    return home
