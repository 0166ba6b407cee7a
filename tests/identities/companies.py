"""Files whose figures must be the same on the page, on the command line and in pandas.

Each is read here by pandas alone: nothing of the product takes part in what is expected.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

import pandas as pd

# Given to files that name no channel.
CHANNEL = "渠道"
# Fields of a file that are dimensions of the same name; a channel is one, too.
DIMENSIONS = "region province city category product customer salesperson partner".split()
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Company:
    """A file as imported, and its rows as pandas read them.

    lines   one row per line of the file: `month` (202403), `amount` (Decimal), `order`, and the
            dimensions the file has; a cell without a value is None
    """

    home: Path
    lines: pd.DataFrame

    @property
    def dimensions(self) -> list[str]:
        """What the lines can be split by, calendar apart."""
        return [name for name in ("channel", *DIMENSIONS) if name in self.lines]

    def total(self) -> Decimal:
        """Net sales of everything."""
        return sum(self.lines["amount"], Decimal(0))

    @property
    def months(self) -> list[int]:
        """The months with lines, oldest first."""
        return sorted(set(self.lines["month"]))

    def by(
        self, dimension: str, months: Collection[int] | None = None
    ) -> dict[str | None, Decimal]:
        """Member → net sales, of all months or of these."""
        lines = self.lines if months is None else self.lines[self.lines["month"].isin(months)]
        sums: dict[str | None, Decimal] = {}
        for member, amount in zip(lines[dimension], lines["amount"], strict=True):
            sums[member] = sums.get(member, Decimal(0)) + amount
        return sums


def lines_of(raw: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a file under our names; `columns` is what the import said: field → header."""
    lines = pd.DataFrame({"month": _months(raw[columns["date"]])})
    lines["amount"] = [money(value) for value in raw[columns["amount"]]]
    if "order" in columns:
        lines["order"] = raw[columns["order"]].astype(str)
    for name in ("channel", *DIMENSIONS):
        if name in columns:
            cells = [None if pd.isna(each) else str(each) for each in raw[columns[name]]]
            lines[name] = pd.Series(cells, dtype=object)
    if "channel" not in columns:
        lines["channel"] = CHANNEL
    return lines


def _months(days: pd.Series) -> pd.Series:
    days = pd.to_datetime(days)
    return days.dt.year * 100 + days.dt.month


def money(cell: object) -> Decimal:
    """Workbook numbers carry 15 digits; text is exact; four places are kept, half to even."""
    text = format(cell, ".15g") if isinstance(cell, float) else str(cell).replace(",", "")
    return Decimal(text).quantize(PLACES)


def generated_csv(path: Path) -> Path:
    """Two years and a half of a company in GB18030: refunds, thousands commas, gaps."""
    drawn = Random(20240601)
    rows = [_row(drawn, month) for month in range(30) for _ in range(20)]
    text = "日期,渠道,大区,品类,产品名称,客户,订单编号,数量,金额\n" + "".join(rows)
    path.write_bytes(text.encode("gb18030"))
    return path


def _row(drawn: Random, month: int) -> str:
    day = f"{2022 + month // 12}-{month % 12 + 1:02d}-{drawn.randint(1, 28):02d}"
    amount = Decimal(drawn.randint(1, 3_000_000)) / 100
    sign = "-" if drawn.random() < 0.05 else ""
    category, product = drawn.choice([("饮料", "气泡水"), ("饮料", "茶"), ("零食", "薯片")])
    cells = [day, drawn.choice(["天猫", "京东", "门店"]), drawn.choice(["华东", "华南", ""])]
    cells += [category, product, f"客户{drawn.randint(1, 40)}", f"D{drawn.randint(1, 400):04d}"]
    return ",".join([*cells, f"{sign}{drawn.randint(1, 9)}", f'"{sign}{amount:,.2f}"']) + "\n"


def generated_workbook(path: Path) -> Path:
    """Two years in a workbook, whose numbers are binary: 0.1 + 0.2 and prices of three places."""
    drawn = Random(20240602)
    rows = [
        {
            "订单日期": pd.Timestamp(2023 + month // 12, month % 12 + 1, drawn.randint(1, 28)),
            "销售渠道": drawn.choice(["抖音", "经销商", "商超"]),
            "省份": drawn.choice(["浙江", "广东", "四川"]),
            "产品": drawn.choice(["洗发水", "沐浴露"]),
            "订单号": f"X{drawn.randint(1, 300)}",
            "数量": drawn.randint(1, 9),
            "销售额": drawn.randint(1, 9_000) * 0.001 + 0.1 + 0.2,
        }
        for month in range(24)
        for _ in range(15)
    ]
    pd.DataFrame(rows).to_excel(path, index=False, engine="openpyxl")
    return path


def _csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, encoding="gb18030", dtype=str)


def _utf16(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, encoding="utf-16", dtype=str)


def _first_sheet(path: Path) -> pd.DataFrame:
    return pd.read_excel(path, engine="calamine" if path.suffix == ".xls" else "openpyxl")


def _with_returns(path: Path) -> pd.DataFrame:
    """The orders, and once more with the opposite sign those that the second sheet names."""
    orders, returned = (pd.read_excel(path, sheet_name=at, engine="calamine") for at in (0, 1))
    back = orders[orders["订单 ID"].isin(returned["订单 ID"])].copy()
    back[["销售额", "数量", "利润"]] *= -1
    back["订单 ID"] = None
    return pd.concat([orders, back], ignore_index=True)


Reader = Callable[[Path], pd.DataFrame]
# Name → how the file is made, and how pandas reads it.
GENERATED: dict[str, tuple[Callable[[Path], Path], str, Reader]] = {
    "generated_csv": (generated_csv, "公司.csv", _csv),
    "generated_workbook": (generated_workbook, "公司.xlsx", _first_sheet),
}
# Name → the file below ../shared/data, and how pandas reads it.
REAL: dict[str, tuple[str, Reader]] = {
    "superstore": ("superstore_zh/示例 - 超市.xls", _with_returns),
    "dealers": ("dealers_zh/销售记录.xlsx", _first_sheet),
    "resellers": ("reseller_monthly/ResellerSales_202006.csv", _utf16),
}
