"""Tables of cells before they are files: of every kind, some with texts that mean harm."""

from __future__ import annotations

import random
from datetime import date, timedelta

Grid = list[list[str]]

HEADINGS = (
    ("日期", "渠道", "产品", "数量", "金额", "客户", "备注"),
    ("Date", "Channel", "Product", "Quantity", "Amount", "Customer", "Note"),
    (
        "订单编号",
        "订单付款时间",
        "店铺名称",
        "订单状态",
        "买家实际支付金额",
        "退款金额",
        "宝贝标题",
    ),
    ("下单日期", "经销商", "省份", "产品编码", "数量", "含税金额", "成本"),
    ("月份", "渠道", "大区", "未税金额", "税率", "业务员", "订单号"),
    ("渠道", "产品", *(f"2024-{month:02d}" for month in range(1, 13)), "合计"),
    ("产品编码", "产品名称", "品类", "基本单位", "装箱单位", "箱规", "成本"),
    ("原订单号", "退货日期", "渠道", "产品", "退货数量", "退款金额", "原因"),
)
WORDS = (
    "天猫",
    "京东",
    "经销商",
    "Online",
    "气泡水",
    "交易成功",
    "交易关闭",
    "华东",
    "杭州好邻居",
    "P001",
)
# What a cell may hold that a program takes for something else than text.
HOSTILE = (
    "=cmd|' /C calc'!A1", "+1+1", "@SUM(A1)", "<script>alert(1)</script>", "../../etc/passwd",
    "'; drop table sales_line; --", '"', '""', "'", "\\", "\x02\x1fchanplan\x1f\x03",
    "\x02\x1f天猫", "NaN", "inf", "-inf", "1e999999", "1e-999999", "9" * 400, "9" * 5000,
    "0." + "0" * 60 + "1", "99999999999999.9999", "-99999999999999.9999", "²", "①", "٣", "1२3",
    "½", "Ⅷ", "一百", "0000-00-00", "9999-12-31", "10000-01-01", "2024-02-30", "-4713-01-01",
    "262143-12-31", "infinity", "epoch", "2024年13月", "99999999", "2958466", "-1", "1.2.3",
    "1,2,3", "１２３", "12%", "9e18%", "1亿亿", "¥", "元", "-", "—", "NULL", "#REF!", "{}", "%s%n",
    "${x}", "\u202e金额", "\u0000", "\ufeff", "\ufffe", "\U0010ffff", "e\u0301" * 300, "\u2028",
    "\x85", "\x0b", "\x1c", "x" * 40_000,
)  # fmt: skip


def grid(draw: random.Random) -> Grid:
    """A heading and a few rows; in every other one some cells mean harm."""
    headings = list(draw.choice(HEADINGS))
    rows = [
        headings,
        *([_cell(draw, head) for head in headings] for _ in range(draw.randint(3, 40))),
    ]
    if draw.random() < 0.5:
        for _ in range(draw.choice((1, 3, 30))):
            row = draw.choice(rows)
            row[draw.randrange(len(row))] = draw.choice(HOSTILE)
    if draw.random() < 0.2:
        rows.insert(0, ["某公司销售明细表"])
    return rows


def printable(text: str) -> str:
    """The text without what no XML may hold."""
    return "".join(one for one in text if one in "\t\n" or " " <= one not in "\ufffe\uffff")


def _cell(draw: random.Random, head: str) -> str:
    told = head.lower()
    if any(word in told for word in ("date", "日期", "时间", "月份")):
        return (date(2023, 1, 1) + timedelta(days=draw.randrange(700))).isoformat()
    if any(word in told for word in ("编号", "订单号", "编码")):
        return f"N{draw.randrange(500):04d}"
    if any(word in told for word in ("quantity", "数量", "箱规")):
        return str(draw.randint(-5, 90))
    if any(word in told for word in ("amount", "金额", "成本", "2024-", "合计")):
        return f"{draw.randint(-5_000, 900_000) / 100:.2f}"
    return "13%" if head == "税率" else draw.choice(WORDS)
