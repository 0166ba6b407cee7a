"""An export of a large company, written by DuckDB from a fixed recipe: same lines every time."""

from __future__ import annotations

import codecs
from pathlib import Path

import duckdb
import xlsxwriter

# An order has three lines, lies on one day, in one channel, with one partner and customer.
_LINES = """
select strftime(date '2021-01-01' + (orders * 3 * 1096 // {lines})::integer, '%Y-%m-%d') as 日期,
    ['天猫', '京东', '抖音', '社区团购', '商超', '经销商', '门店', '团购']
        [(1 + hash(orders) % 8)::integer] as 渠道,
    '经销商' || hash(orders * 3) % 400 as 经销商名称,
    ['华东', '华北', '华南', '华中', '西南', '西北', '东北']
        [(1 + hash(orders * 3) % 7)::integer] as 大区,
    'SKU' || lpad((hash(line * 5) % 2000)::varchar, 5, '0') as 产品编码,
    '品类' || hash(line * 5) % 30 as 品类,
    'C' || hash(orders * 11) % ({lines} // 20 + 1) as 客户编码,
    '业务员' || hash(orders * 13) % 120 as 业务员,
    'SO' || lpad(orders::varchar, 9, '0') as 订单编号,
    1 + hash(line * 17) % 24 as 数量,
    (100 + hash(line * 19) % 90000) / 100 as 单价,
    printf('%.2f', (1 + hash(line * 17) % 24) * (100 + hash(line * 19) % 90000) / 100) as 金额,
    printf('%.2f', (hash(line * 23) % 90000) / 100) as 成本,
    '瓶' as 单位
from (select line, line // 3 as orders from range({lines}) as r(line))
"""


# Eight columns of it make a workbook.
_BOOK = ("日期", "渠道", "经销商名称", "产品编码", "客户编码", "订单编号", "数量", "金额")
_CHUNK = 4 * 1024 * 1024


def write_export(path: Path, lines: int, encoding: str = "utf-8") -> None:
    """A CSV of `lines` rows and 14 columns at `path`."""
    target = str(path).replace("'", "''")
    with duckdb.connect() as engine:
        engine.execute(f"copy ({_LINES.format(lines=lines)}) to '{target}' (header, delimiter ',')")
    if encoding != "utf-8":
        _encode(path, encoding)


def write_book(path: Path, rows: int) -> None:
    """A workbook of `rows` rows and 8 columns: dates as dates, numbers as numbers."""
    with (
        duckdb.connect() as engine,
        xlsxwriter.Workbook(path, {"constant_memory": True}) as book,
    ):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _BOOK)
        found = engine.execute(
            "select 日期::date, 渠道, 经销商名称, 产品编码, 客户编码, 订单编号, 数量::double,"
            f" 金额::double from ({_LINES.format(lines=rows)})"
        )
        for at, (date, *cells) in enumerate(found.fetchall(), 1):
            sheet.write_datetime(at, 0, date, day)
            sheet.write_row(at, 1, cells)


def _encode(path: Path, encoding: str) -> None:
    """The same text in another charset, piece by piece."""
    whole = path.rename(path.with_suffix(".utf8"))
    decoder = codecs.getincrementaldecoder("utf-8")()
    with whole.open("rb") as text, path.open("wb") as file:
        while chunk := text.read(_CHUNK):
            file.write(decoder.decode(chunk).encode(encoding))
    whole.unlink()
