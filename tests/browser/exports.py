"""Files as a person would have them, so small that their totals are worked by hand."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

# A shop back office's month end: a title above the header, a refund, a sum below the lines.
# February 1,200.00 + 800.50 = 2,000.50
# March     2,000.00 + 300.25 - 100.00 + 900.25 + 500.00 = 3,600.50, together 5,601.00
# 天猫      1,200.00 + 2,000.00 + 300.25 - 100.00 = 3,400.25; in March 2,200.25
FIRST_QUARTER = """\
某某食品 渠道销售明细（2024年2月至3月）,,,,,,,
下单日期,渠道,大区,品类,产品名称,订单编号,数量,金额
2024-02-05,天猫,华东,饮料,气泡水,A0001,120,"1,200.00"
2024-02-19,京东,华南,零食,薯片,B0001,80,800.50
2024-03-01,天猫,华东,饮料,气泡水,A0002,200,"2,000.00"
2024-03-08,天猫,华北,零食,薯片,A0003,30,300.25
2024-03-09,天猫,华东,饮料,气泡水,A0002,-10,-100.00
2024-03-15,京东,华南,零食,薯片,B0002,90,900.25
2024-03-20,门店,华东,饮料,气泡水,C0001,50,500.00
2024-03-28,抖音,华东,饮料,气泡水,D0001,12,待定
合计,,,,,,572,"5,601.00"
"""
ROWS, LOADED, SET_ASIDE, SKIPPED = 9, 7, 1, 1


def first_quarter() -> bytes:
    """The month end above as Chinese office programs write it: GB18030, CRLF."""
    return FIRST_QUARTER.replace("\n", "\r\n").encode("gb18030")


def shop_month(month: int, *amounts: int) -> bytes:
    """A shop's month of 2024 without a column that names the channel."""
    lines = [f"2024-{month:02d}-{at:02d},气泡水,1,{amount}" for at, amount in enumerate(amounts, 1)]
    return "\n".join(["日期,产品名称,数量,金额", *lines, ""]).encode()


def half_a_workbook() -> bytes:
    """A workbook whose download broke off."""
    whole = BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(200):
            sheet.write_row(row, 0, ["2024-03-01", "气泡水", row])
    return whole.getvalue()[: len(whole.getvalue()) // 2]


def two_years(channel: str, before: int, now: int, region: str, product: str) -> bytes:
    """One line a month in 2023 (`before` each) and in 2024 (`now` each)."""
    lines = ["销售日期,渠道,大区,品类,产品名称,客户,订单编号,数量,销售额,成本"]
    for year, amount in ((2023, before), (2024, now)):
        for month in range(1, 13):
            order = f"{channel}{year}{month:02d}"
            lines.append(
                f"{year}-{month:02d}-15,{channel},{region},饮料,{product},客户甲,{order},2,{amount},5"
            )
    return "\n".join([*lines, ""]).encode()


# 2024: 天猫 12 × 150 = 1,800 and 抖音 12 × 30 = 360, together 2,160.
TWO_CHANNELS = {
    "天猫.csv": two_years("天猫", 100, 150, "华东", "气泡水"),
    "抖音.csv": two_years("抖音", 10, 30, "华南", "薯片"),
}
