"""What is typed into the grid of finance's figures becomes rows of the ledger."""

from __future__ import annotations

from decimal import Decimal as D

from chanplan.analysis.cells import table
from chanplan.analysis.reconcile import booking, tying

TOLD = table(
    tying.COLUMNS,
    [
        ("order", "店铺", None, 202402, "with_tax", D(65), D(60), D(-5), None, "off", None, "f", 2),
        ("order", "ERP", None, 202402, "with_tax", None, D(9), None, None, "no_book", *[None] * 3),
        ("order", "ERP", None, 202401, "with_tax", None, D(8), None, None, "no_book", *[None] * 3),
    ],
)


def test_only_what_was_typed_is_said():
    shown = booking.grid(TOLD, 202402)
    assert shown["source"].tolist() == ["ERP", "店铺"]
    found = booking.said(shown, {0: {"book": 9.1}, 1: {"reason": " 退款跨月 "}}, 202402)
    assert found == [
        {
            "month": "2024-02", "source": "ERP", "basis": "order", "channel": "",
            "tax": "with_tax", "amount": "9.1000", "reason": "",
        },
        {
            "month": "2024-02", "source": "店铺", "basis": "order", "channel": "",
            "tax": "with_tax", "amount": "65.0000", "reason": "退款跨月",
        },
    ]  # fmt: skip


def test_a_reason_without_a_figure_says_nothing():
    shown = booking.grid(TOLD, 202402)
    assert booking.said(shown, {0: {"reason": "x"}}, 202402) == []
