"""Stores in states that a page must stand: a year of little, of too much, or of one kind only."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace

HEADINGS = ("销售日期", "渠道", "大区", "品类", "产品名称", "客户", "订单编号", "数量", "销售额",
            "成本")  # fmt: skip
# A cell name and a column: what a person's file may be without.
Row = tuple[str, ...]
GOODS = (("饮料", "气泡水"), ("饮料", "果汁"), ("零食", "薯片"), ("零食", "坚果"))
REGIONS = ("华东", "华南", "西南")


def years(
    channels: Iterable[str] = ("天猫", "京东", "抖音"), sign: int = 1, until: str = "2024-12-31"
) -> list[Row]:
    """2023 and 2024 to their last day, twice a month: every channel sells a product that changes
    by the month."""
    rows = []
    for at, channel in enumerate(channels):
        for month in range(24):
            for day in (5, 31 if month == 23 else 20):
                when = f"{2023 + month // 12}-{month % 12 + 1:02d}-{day:02d}"
                category, product = GOODS[(at + month) % len(GOODS)]
                region, amount = REGIONS[(at + day) % 3], sign * (100 + at % 7 * 10 + month)
                order = f"{at}-{month}-{day}"
                if when <= until:
                    rows.append((when, channel, region, category, product,
                                 f"客户{(at + month) % 50}", order, str(sign * 2), str(amount),
                                 str(amount // 2)))  # fmt: skip
    return rows


def laid(home: Path, rows: Iterable[Row], without: str = "") -> Path:
    """A store with these rows, one of the columns left out."""
    kept = [at for at, name in enumerate(HEADINGS) if name != without]
    text = StringIO(newline="")
    csv.writer(text).writerows([[row[at] for at in kept] for row in (HEADINGS, *rows)])
    with Workspace.open(home) as workspace:
        original = workspace.receive("销售.csv", text.getvalue().encode())
        outcome = workspace.load(original, workspace.inspect(original))
        assert outcome.counts.loaded
    return home


def one_month(home: Path) -> Path:
    """A single month, so nothing to compare with."""
    return laid(home, [row for row in years() if row[0].startswith("2024-05")])


MADE: dict[str, Callable[[Path], Path]] = {
    "one channel": lambda home: laid(home, years(["天猫"])),
    "one month": one_month,
    "no costs": lambda home: laid(home, years(), without="成本"),
    "no customers": lambda home: laid(home, years(), without="客户"),
    "all returns": lambda home: laid(home, years(sign=-1)),
    "400 channels": lambda home: laid(home, years([f"渠道{at:03d}号店" for at in range(400)])),
    "partial month": lambda home: laid(home, years(until="2024-12-10")),
}


def real_file(home: Path, shared: Path) -> Path:
    """A supermarket's orders, as the old workbook has them."""
    file = shared / "superstore_zh" / "示例 - 超市.xls"
    with Workspace.open(home) as workspace:
        original = workspace.receive(file.name, file.read_bytes())
        workspace.load(original, workspace.inspect(original, Hints(channel="商超")))
    return home
