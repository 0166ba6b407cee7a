"""An export of a large company, written by DuckDB from a fixed recipe: same lines every time."""

from __future__ import annotations

from pathlib import Path

import duckdb

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


def write_export(path: Path, lines: int) -> None:
    """A UTF-8 CSV of `lines` rows and 14 columns at `path`."""
    target = str(path).replace("'", "''")
    with duckdb.connect() as engine:
        engine.execute(f"copy ({_LINES.format(lines=lines)}) to '{target}' (header, delimiter ',')")
