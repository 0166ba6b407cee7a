"""Which money a file's amounts are in: its headings, its cells, what stands around it."""

import pytest

from chanplan.ingest.currencies import in_heading, said


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("销售额（美元）", "USD"),
        ("金额(万美元)", "USD"),
        ("Sales (US$)", "USD"),
        ("amount_usd", "USD"),
        ("Net Sales HK$", "HKD"),
        ("金额（人民币）", "CNY"),
        ("金额（￥）", "CNY"),
        ("Umsatz in EUR", "EUR"),
        # 元 is in every heading of the trade, and these are no currencies at all.
        ("金额（元）", None),
        ("金额（万元）", None),
        ("Sales", None),
        ("measured amount", None),
        ("Causd amount", None),
    ],
)
def test_a_heading_says_its_currency(header: str, code: str | None) -> None:
    assert in_heading(header) == code


def test_the_heading_goes_before_the_cells_and_these_before_a_remark() -> None:
    dollars, plain = ["$5", "$6", "7"], ["5", "6"]
    assert said(["金额（欧元）"], dollars, ["币种：港币"]) == "EUR"
    assert said(["金额"], dollars, ["币种：港币"]) == "USD"
    assert said(["金额"], plain, ["2024年3月报表", "币种：港币"]) == "HKD"
    assert said(["金额"], plain, ["单位：万美元"]) == "USD"
    assert said(["金额"], plain, ["Amounts in USD"]) == "USD"
    assert said(["金额"], plain, ["销售报表（单位：万元）", "美元区客户一览"]) is None
