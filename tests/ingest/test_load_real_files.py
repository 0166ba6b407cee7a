"""Real files are loaded to the cent that their publishers tell."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest

from chanplan.ingest.load import Counts, load
from chanplan.ingest.read import read as read_file
from chanplan.ingest.recognise import Hints, recognise
from chanplan.settings import Limits
from tests.fakes import FakeWriter
from tests.ingest.loading_room import TODAY

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.mark.parametrize(
    ("file", "rows", "total"),
    [
        ("dealers_zh/销售记录.xlsx", 15_092, "70299898.66"),
        ("superstore_zh/示例 - 超市.xls", 10_000, "16117548.237"),
        ("tmall_orders/tmall_order_report.csv", 28_010, "1902487.15"),
        ("taobao_export/TB201812_anonymised_gbk.csv", 2_660, "412600.83"),
        ("cdnow/CDNOW_master_restored.csv", 69_659, "2500315.63"),
        ("online_retail/online_retail.parquet", 541_909, "9747747.934"),
        ("online_retail/online_retail_2011-10.xlsx", 60_742, "1070704.67"),
        ("reseller_monthly/ResellerSales_202006.csv", 3_004, "3429150.01"),
    ],
)
def test_real_files_come_out_as_published(file: str, rows: int, total: str, tmp_path: Path) -> None:
    _, counts = _shared(file, tmp_path)
    assert (counts.file, counts.loaded, counts.set_aside) == (rows, rows, 0)
    assert abs(counts.sum_loaded - D(total)) < D("0.01")


def test_the_superstore_to_its_regions(tmp_path: Path) -> None:
    writer, _ = _shared("superstore_zh/示例 - 超市.xls", tmp_path)
    assert writer.rows(
        "select sum(amount_with_tax), sum(amount_with_tax) - sum(cost_with_tax),"
        " count(distinct order_number), count(distinct customer) from sales_line"
    ) == [(D("16117548.237"), D("2156559.517"), 2773, 790)]
    assert writer.rows("select sum(amount_with_tax) from sales_line where region = '华东'") == [
        (D("4692464.994"),)
    ]


def test_of_the_messy_file_nothing_is_dropped_or_misread(tmp_path: Path) -> None:
    _, counts = _shared("messy_zh/data_wuliu.csv", tmp_path)
    assert counts.file == 1_161 == counts.loaded + counts.set_aside + counts.skipped
    assert counts.loaded == 0  # every amount has a decimal comma: "1052,75元"


def _shared(file: str, staging: Path) -> tuple[FakeWriter, Counts]:
    path = SHARED / file
    if not path.exists():
        pytest.skip("the shared data folder is not beside this checkout")
    found = recognise(
        read_file(path, path.name, staging, Limits()), path.name, Hints(channel="x"), today=TODAY
    )
    writer = FakeWriter()
    return writer, load(writer, found.sheet.below(found.recipe.header_line), found.recipe, 1)
