"""Rows that say which source counts, worked by hand."""

from __future__ import annotations

from chanplan.plans.ruling import Word, rows

END = 999_999
TOLD = [
    Word("店铺", "天猫", 0, END),
    Word("店铺", "京东", 0, END),
    Word("ERP", "线下", 0, 202405),
    Word("ERP", "线下", 202406, END),
    Word("ERP", "抖音", 202406, END),
]


def _said(*rows_):
    return [(row["source"], row["authoritative_for"], row["valid_from"]) for row in rows_]


def test_another_source_takes_over_from_a_month_on():
    found = rows(TOLD, "天猫", ["ERP"], 202403)
    assert _said(*found) == [
        ("ERP", "天猫、线下", "2024-03"),
        ("ERP", "天猫、抖音、线下", "2024-06"),
        ("店铺", "京东", "2024-03"),
    ]


def test_since_ever_and_both():
    assert _said(*rows(TOLD, "天猫", ["ERP", "店铺"])) == [
        ("ERP", "天猫、线下", ""),
        ("ERP", "天猫、抖音、线下", "2024-06"),
        ("店铺", "京东、天猫", ""),
    ]


def test_nobody_is_left_with_nothing():
    assert _said(*rows([Word("店铺", "天猫", 0, END)], "天猫", [])) == [("店铺", "无", "")]
