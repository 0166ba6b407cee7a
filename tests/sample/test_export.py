"""The exported files say what the ledger says, read by other eyes than the product's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from chanplan.sample import FOLDER, Company, files, write
from chanplan.sample.readme import table
from tests.stores import simulated

MOST_BYTES = 6_000_000


@pytest.fixture(scope="module")
def company() -> Company:
    return simulated()


@pytest.fixture(scope="module")
def written(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "sample"
    write(company, folder)
    return folder


def everything(folder: Path) -> dict[str, Path]:
    return {str(p.relative_to(folder)): p for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_folder_in_the_project_is_what_the_program_writes(written: Path) -> None:
    made, kept = everything(written), everything(FOLDER)
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name].read_bytes() != kept[name].read_bytes()] == []
    assert sum(path.stat().st_size for path in kept.values()) <= MOST_BYTES


def test_the_readme_tells_what_is_planted(company: Company) -> None:
    assert table(company) in (FOLDER.parent / "README.md").read_text("utf-8")


def test_every_file_is_loaded(written: Path) -> None:
    named = [str(one.path.relative_to(written)) for one in files(written)]
    assert set(everything(written)) - set(named) == {"answers.toml"}
    assert len(named) == len(set(named)) and 105 <= len(named) <= 125
    (late,) = [at for at, one in enumerate(files(written)) if one.takes]
    # What takes the place of others comes after them.
    assert files(written)[late].takes == "replace"
    assert named[late] == "流向/经销商流向_2025-06_重报.csv"
    assert named.index("流向/经销商流向_2025Q2.csv") < late


WIDE = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


def bare(cell: str) -> str:
    """A cell without guard, blanks, wide digits, commas and the sign of money."""
    plain = cell[2:-1] if cell.startswith('="') else cell
    return plain.strip().translate(WIDE).replace("¥", "").replace(",", "")


def of_csv(path: Path, encoding: str) -> list[dict[str, str]]:
    """The rows that are data: blank ones and remarks fill one cell at most."""
    rows = csv.reader(io.StringIO(path.read_bytes().decode(encoding)))
    header, *below = ([cell.strip() for cell in row] for row in rows)
    return [
        {name: bare(cell) for name, cell in zip(header, row, strict=True)}
        for row in below
        if len(row) > 1
    ]


def total(rows: Iterable[dict[str, str]], *columns: str) -> Decimal:
    """Of each row the first of the columns that it has."""
    return sum((Decimal(next(row[c] for c in columns if c in row)) for row in rows), Decimal(0))


def of_ledger(company: Company, source: str) -> Decimal:
    ours = company.sales[company.sales["source"] == source]
    return Decimal(int(ours["amount_cents"].sum())).scaleb(-2)


@pytest.mark.parametrize(
    ("pattern", "encoding", "columns", "source"),
    [
        ("jd/*.csv", "utf-8", ("Net Amount", "Sales Amount"), "京东"),
        ("门店/*.csv", "utf-8-sig", ("实收金额",), "门店POS"),
    ],
)
def test_text_files_hold_every_cent(
    written: Path, company: Company, pattern: str, encoding: str, columns: tuple[str], source: str
) -> None:
    told = sum(total(of_csv(path, encoding), *columns) for path in written.glob(pattern))
    assert told == of_ledger(company, source)


def test_a_late_file_tells_its_month_in_place_of_the_first_sending(
    written: Path, company: Company
) -> None:
    first = [row for path in (written / "流向").glob("*Q?.csv") for row in of_csv(path, "gb18030")]
    late = of_csv(written / "流向" / "经销商流向_2025-06_重报.csv", "gb18030")
    (day,) = {"开单日期"} & set(late[0])
    days = {row[day][:7] for row in late}
    assert days == {"2025-06"}
    others = [row for row in first if row.get("开单日期", row.get("销售日期"))[:7] not in days]
    assert total(others + late, "金额") == of_ledger(company, "流向")
    assert total(first, "金额") > total(others + late, "金额")


def test_reports_of_orders_items_and_refunds_fit(written: Path, company: Company) -> None:
    folder = written / "天猫"
    found = {
        kind: [row for path in folder.glob(f"{kind}_*.csv") for row in of_csv(path, "gb18030")]
        for kind in ("天猫订单", "订单报表", "宝贝报表", "退款管理")
    }
    back = [row for row in found["退款管理"] if row["退款状态"] == "退款成功"]
    assert len(back) == len(found["退款管理"]) - 4  # one a quarter was refused
    paid = total(found["天猫订单"], "买家实际支付金额") + total(
        found["订单报表"], "买家实际支付金额"
    )
    assert paid - total(back, "买家退款金额") == of_ledger(company, "天猫")
    # Every order has its items; each order's money is its items', in the last quarter less a fifth.
    worth: dict[str, Decimal] = {}
    for row in found["宝贝报表"]:
        price = Decimal(row["价格"]) * int(row["购买数量"])
        worth[row["订单编号"]] = worth.get(row["订单编号"], Decimal(0)) + price
    for row in found["订单报表"]:
        part = Decimal("0.8") if row["订单创建时间"] >= "2025-10" else Decimal(1)
        assert worth.pop(row["订单编号"]) * part == Decimal(row["买家实际支付金额"])
    assert not worth


def test_the_livestreams_workbooks_hold_every_cent(written: Path, company: Company) -> None:
    told = Decimal(0)
    for path in sorted((written / "抖音").glob("*.xlsx")):
        header, *rows = rows_of(path)[2:]
        at = [str(name).strip() for name in header].index("成交金额")
        *lines, sums, exported, counted = rows
        assert (sums[0], counted[0]) == ("合计", f"共 {len(lines)} 条")
        assert str(exported[0]).startswith("导出时间")
        told += sum((cents(row[at]) for row in lines), Decimal(0))
    assert told == of_ledger(company, "抖音")


def test_the_ledgers_workbooks_sum_their_channels(written: Path, company: Company) -> None:
    told = Decimal(0)
    for path in sorted((written / "出库台账").glob("*.xlsx")):
        page = openpyxl.load_workbook(path).active
        header, *rows = list(page.values)[2:]
        at, part, parts = header.index("含税金额"), Decimal(0), []
        merged = {str(one) for one in page.merged_cells.ranges}
        first = 4
        for number, row in enumerate(rows, 4):
            if row[0] and str(row[0]).endswith(" 小计"):
                # The channel stands once, in a cell over its rows, sums below.
                assert f"A{first}:A{number - 1}" in merged
                assert page.cell(first, 1).value == row[0].removesuffix(" 小计")
                assert cents(row[at]) == part
                parts, part, first = [*parts, part], Decimal(0), number + 2
                assert not any(rows[number - 3])  # a blank row
            elif row[1]:
                part += cents(row[at])
        assert rows[-1][0] == "合计" and cents(rows[-1][at]) == sum(parts)
        told += sum(parts, Decimal(0))
    assert told == of_ledger(company, "ERP")


def rows_of(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path, read_only=True).active.values)


def cents(value: object) -> Decimal:
    return Decimal(bare(str(value))).quantize(Decimal("0.01"))
