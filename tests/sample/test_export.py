"""The exported files say what the ledger says, read by other eyes than the product's."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from chanplan.sample import FOLDER, SEED, Company, files, simulate, write
from chanplan.sample.readme import table

MOST_BYTES = 6_000_000


@pytest.fixture(scope="module")
def company() -> Company:
    return simulate(SEED)


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


def test_every_file_but_the_first_sending_is_loaded(written: Path) -> None:
    named = {str(one.path.relative_to(written)) for one in files(written)}
    left = set(everything(written)) - named
    assert left == {"answers.toml", "首次发送/经销商流向_2025-06.csv"}
    assert 105 <= len(named) <= 125


def of_csv(path: Path, encoding: str, column: str) -> Decimal:
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode(encoding)))
    return sum((Decimal(row[column]) for row in rows), Decimal(0))


@pytest.mark.parametrize(
    ("pattern", "encoding", "column", "source"),
    [
        ("天猫/*.csv", "gb18030", "买家实际支付金额", "天猫"),
        ("jd/*.csv", "utf-8", "Net Amount", "京东"),
        ("门店/*.csv", "utf-8-sig", "实收金额", "门店POS"),
        ("流向/*.csv", "gb18030", "金额", "流向"),
    ],
)
def test_text_files_hold_every_cent(
    written: Path, company: Company, pattern: str, encoding: str, column: str, source: str
) -> None:
    told = sum(of_csv(path, encoding, column) for path in written.glob(pattern))
    ours = company.sales[company.sales["source"] == source]
    assert told == Decimal(int(ours["amount_cents"].sum())).scaleb(-2)


@pytest.mark.parametrize(
    ("pattern", "column", "source"),
    [("抖音/*.xlsx", "成交金额", "抖音"), ("出库台账/*.xlsx", "含税金额", "ERP")],
)
def test_workbooks_hold_every_cent_and_end_with_their_sum(
    written: Path, company: Company, pattern: str, column: str, source: str
) -> None:
    told = Decimal(0)
    for path in sorted(written.glob(pattern)):
        rows = list(openpyxl.load_workbook(path, read_only=True).active.values)
        at = rows[2].index(column)
        lines = [Decimal(str(row[at])).quantize(Decimal("0.01")) for row in rows[3:-1]]
        assert rows[-1][0] == "合计" and abs(Decimal(str(rows[-1][at])) - sum(lines)) < 1
        told += sum(lines, Decimal(0))
    ours = company.sales[company.sales["source"] == source]
    assert told == Decimal(int(ours["amount_cents"].sum())).scaleb(-2)
