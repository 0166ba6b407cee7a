"""The sales of the sample company as five sources, and the dealers' sell-out, export them.

Each source soils its files in its own way, as real ones do; the table of `data/README.md` says how.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from chanplan.domain.calendar import last_day
from chanplan.sample import ledger_book, tmall_exports
from chanplan.sample.soiling import padded, remarks, signed, tabbed, wide
from chanplan.sample.told import KINDS, by_month, by_quarter, told
from chanplan.sample.writing import text, workbook

_ENGLISH_STATUS = {
    "交易成功": "Completed",
    "退款": "Returned",
    "交易关闭": "Cancelled",
    "赠品": "Gift",
}


def write(
    sales: pd.DataFrame,
    superseded: pd.DataFrame,
    names: dict[str, str],
    shops: dict[str, str],
    folder: Path,
) -> None:
    """One file per source and its usual span; `names` and `shops`: code → name. Of months with
    superseded lines these stand in the usual file, and the final ones in a late file."""
    ours = told(sales, names, shops)
    by_source = {str(source): lines for source, lines in ours.groupby("source")}
    tmall_exports.write(by_source["天猫"], folder / "天猫")
    for quarter, lines in by_quarter(by_source["京东"]):
        _jd(lines, quarter, folder / "jd" / f"JD_orders_{quarter}.csv")
    for quarter, lines in by_quarter(by_source["抖音"]):
        _livestream(lines, quarter, folder / "抖音" / f"抖音直播成交明细_{quarter}.xlsx")
    for quarter, lines in by_quarter(by_source["门店POS"]):
        _store(lines, quarter, folder / "门店" / f"门店POS流水_{quarter}.csv")
    for quarter, lines in by_quarter(by_source["ERP"]):
        ledger_book.write(lines, quarter, folder / "出库台账" / f"渠道出库台账_{quarter}.xlsx")
    _flows(by_source["流向"], told(superseded, names, shops), folder / "流向")


def _flows(final: pd.DataFrame, first: pd.DataFrame, folder: Path) -> None:
    """Quarters as they were sent first, then the months that were sent again."""
    late = final["month"].isin(first["month"])
    sent = pd.concat([final[~late], first]).sort_values(["date", "order"], kind="stable")
    for quarter, lines in by_quarter(sent):
        _flow(lines, quarter, folder / f"经销商流向_{quarter}.csv")
    for month, lines in by_month(final[late]):
        _flow(lines, month, folder / f"经销商流向_{month}_重报.csv")


def _jd(lines: pd.DataFrame, quarter: str, path: Path) -> None:
    """The English export of a marketplace, UTF-8. In 2024 amounts have a sign and commas; since
    2025 their column has another name, headings end in blanks and the rows are counted below."""
    old = quarter < "2025"
    frame = pd.DataFrame(
        {
            "Order Date": lines["date"],
            "Order Number": lines["order"],
            "Order Status": lines["status"].map(_ENGLISH_STATUS),
            "Store Name": lines["shop"],
            "Customer ID": lines["customer"],
            "Province": lines["province"],
            "City": lines["city"],
            "Item Code": lines["product"],
            "Item Name": lines["name"],
            "Quantity": lines["quantity"],
            "Unit": lines["unit"],
            "Unit Price": lines["price"],
            "Discount Amount": lines["off"],
            "Net Amount": signed(lines["paid"]) if quarter[:4] == "2024" else lines["paid"],
        }
    )
    later = {"Net Amount": "Sales Amount ", "Quantity": "Quantity "}
    text(
        path,
        frame if old else frame.rename(columns=later),
        "utf-8",
        () if old else (f"Total records: {len(frame)}",),
    )


def _livestream(lines: pd.DataFrame, quarter: str, path: Path) -> None:
    """A workbook with two title rows, headings that end in blanks, money as text in the first
    year, a row of sums, and remarks."""
    frame = pd.DataFrame(
        {
            "成交日期": lines["date"],
            "订单号 ": lines["order"],
            "订单状态": lines["status"],
            "店铺": padded(lines["shop"]),
            "会员编号": lines["customer"],
            "省份": lines["province"],
            "城市": lines["city"],
            "商品编码": lines["product"],
            "商品名称": lines["name"],
            "数量": lines["quantity"],
            "单位": lines["unit"],
            "成交金额 ": lines["paid"],
        }
    )
    sums = ["数量", "成交金额 "]
    if quarter < "2024":
        sums, frame["成交金额 "] = ["数量"], signed(lines["paid"])
    titles = (f"抖音直播成交明细 {quarter}", "导出人：运营中心    单位：元（含税）")
    below = remarks(len(frame), f"{_exported(quarter)} 09:12")
    workbook(path, frame, titles, sums, "成交明细", below)


def _store(lines: pd.DataFrame, quarter: str, path: Path) -> None:
    """Own stores' tills, UTF-8 with a byte order mark. The first file has wide digits; a blank row
    stands where the tills were closed for stocktaking; since 2025 the export signs itself."""
    strange = quarter == "2023Q1"
    frame = pd.DataFrame(
        {
            "小票号": lines["order"],
            "业务类型": lines["line_type"].map(KINDS),
            "销售日期": lines["date"],
            "门店编码": padded(lines["partner"]),
            "门店名称": lines["shop"],
            "省份": lines["province"],
            "城市": lines["city"],
            "会员编号": lines["customer"],
            "商品编码": lines["product"],
            "商品名称": lines["name"],
            "数量": wide(lines["quantity"]) if strange else lines["quantity"],
            "单位": lines["unit"],
            "原价金额": lines["before"],
            "实收金额": wide(lines["paid"]) if strange else lines["paid"],
        }
    )
    below = remarks(len(frame), f"{_exported(quarter)} 22:05") if quarter >= "2025" else ()
    text(path, frame, "utf-8-sig", below, blank_after=len(frame) // 2)


def _flow(lines: pd.DataFrame, span: str, path: Path) -> None:
    """流向: what dealers sold on to which outlet, GB18030; since 2024 with guarded numbers, since
    2025 with another heading for the day."""
    day = "销售日期" if span < "2025" else "开单日期"
    frame = pd.DataFrame(
        {
            day: lines["date"],
            "单号": lines["order"] if span < "2024" else tabbed(lines["order"]),
            "经销商编码": lines["partner"],
            "经销商名称": lines["shop"],
            "终端编码": lines["customer"],
            "省份": lines["province"],
            "城市": lines["city"],
            "商品编码": lines["product"],
            "商品名称": lines["name"],
            "数量": lines["quantity"],
            "单位": lines["unit"],
            "金额": lines["paid"],
        }
    )
    text(path, frame, "gb18030")


def _exported(quarter: str) -> date:
    """The third day after a quarter."""
    return last_day(int(quarter[:4]) * 100 + int(quarter[5]) * 3) + timedelta(days=3)
