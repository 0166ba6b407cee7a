"""Text of every charset and shape: the right cells with the right line, or a named line."""

from __future__ import annotations

import codecs
import random
from pathlib import Path
from typing import Any

import pytest

from chanplan.domain.errors import UnreadableFileError
from chanplan.domain.recipe import Recipe
from chanplan.ingest.read import read, reread
from chanplan.ingest.reading import decoding, records
from chanplan.settings import Limits
from tests.ingest.reading_room import only, read_bytes, rows

CHINESE = "日期,渠道,金额\n2024-03-01,天猫,12.50\n2024-03-02,京东,8\n"
CHINESE_ROWS = [
    (2, "2024-03-01", "天猫", "12.50", None),
    (3, "2024-03-02", "京东", "8", None),
]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("utf-16-le"), "utf-16-le"),
        (CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
        (CHINESE.replace("\n", "\r").encode(), "utf-8"),
        (CHINESE.rstrip("\n").encode(), "utf-8"),
    ],
)
def test_charsets_and_line_ends(tmp_path: Path, data: bytes, encoding: str) -> None:
    sheet = only(read_bytes(tmp_path, data))
    assert sheet.dialect is not None and sheet.dialect.encoding == encoding
    assert sheet.top[0] == ("日期", "渠道", "金额")
    assert sheet.line_count == 3
    assert rows(sheet, 1) == CHINESE_ROWS


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_separators_below_a_title(tmp_path: Path, separator: str) -> None:
    lines = [
        "2024年3月销售明细，导出人：张三",
        "渠道,备注,金额",
        '天猫,"一, 二; 三",1',
        "京东,无,2",
    ]
    text = "\n".join([lines[0], *(line.replace(",", separator) for line in lines[1:])])
    text = text.replace(f"一{separator} 二", "一, 二")
    sheet = only(read_bytes(tmp_path, text.encode(), "export.xls"))
    assert sheet.dialect is not None and sheet.dialect.separator == separator
    assert rows(sheet, 2) == [
        (3, "天猫", "一, 二; 三", "1", None),
        (4, "京东", "无", "2", None),
    ]


def test_decimal_commas_do_not_separate(tmp_path: Path) -> None:
    text = "a;b;c\n" + "x;1,5;2,5\n" * 30
    sheet = only(read_bytes(tmp_path, text.encode()))
    assert sheet.dialect is not None and sheet.dialect.separator == ";"


def test_short_long_and_blank_lines_keep_their_place(tmp_path: Path) -> None:
    text = "a,b,c\n1,2,3\n\n4,5\n6,,\n7,8,9,10\n7,8,9,10,,12\n11,12,13\n"
    sheet = only(read_bytes(tmp_path, text.encode()))
    assert sheet.top[2] == ()
    assert rows(sheet, 1) == [
        (2, "1", "2", "3", None),
        (3, "", None, None, None),
        (4, "4", "5", None, None),
        (5, "6", "", "", None),
        (6, "7", "8", "9", "10"),
        (7, "7", "8", "9", "10,,12"),
        (8, "11", "12", "13", None),
    ]


def test_a_row_far_too_long_costs_no_hundred_columns(tmp_path: Path) -> None:
    text = "a,b\n" + "1,2\n" * 600 + "1,2" + ",9" * 100 + "\n"
    found = rows(only(read_bytes(tmp_path, text.encode())), 1)
    assert found[-1] == (602, "1", "2", ",".join("9" * 100))
    assert len(found) == 601


def test_line_breaks_inside_quotes(tmp_path: Path) -> None:
    text = 'a,b\n1,"two\nlines"\n2,"a ""quoted"" word"\n3,""\n'
    sheet = only(read_bytes(tmp_path, text.encode()))
    assert sheet.line_count == 5
    assert sheet.top == (("a", "b"), ("1", "two\nlines"), (), ("2", 'a "quoted" word'), ("3", ""))
    assert rows(sheet, 1) == [
        (2, "1", "two\nlines", None),
        (4, "2", 'a "quoted" word', None),
        (5, "3", "", None),
    ]


def test_line_breaks_inside_quotes_across_blocks(tmp_path: Path) -> None:
    """A megabyte of rows of two lines each: some row lies across every cut of the reading."""
    text = "a,b\n" + "".join(f'{n},"{"x" * 90}\nend"\n' for n in range(12_000))
    found = rows(only(read_bytes(tmp_path, text.encode())), 1)
    assert [(line, cell) for line, cell, *_ in found] == [
        (2 + 2 * n, str(n)) for n in range(12_000)
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('5" pipe,1', ('5" pipe', "1")),
        ('"5" pipe,1', ('"5" pipe', "1")),
        # Opened as a quote and never closed: it belongs to the quoting, not to the name.
        ('"never closed,1', ("never closed", "1")),
        # What follows is quoted as it should be, and its comma parts nothing.
        ('"never closed,"1,234.50"', ("never closed", "1,234.50")),
        ('"never closed,"1,""2"', ("never closed", '1,"2')),
        ('"closed" ,1', ('"closed" ', "1")),
        ('a, "b"', ("a", "b")),
    ],
)
def test_a_stray_quote_spoils_nothing_around_it(
    tmp_path: Path, line: str, cells: tuple[str, str]
) -> None:
    text = f'n,m\n"x, y",1\n{line}\n' + "p,2\n" * 80
    found = rows(only(read_bytes(tmp_path, text.encode())), 1)
    assert found[0] == (2, "x, y", "1", None)
    assert found[1] == (3, *cells, None)
    assert found[2:] == [(4 + n, "p", "2", None) for n in range(80)]


def test_no_row_makes_more_columns_than_a_table_has(tmp_path: Path) -> None:
    text = "a,b\n" + "," * 400_000 + "\n" + "1,2\n" * 20
    sheet = only(read_bytes(tmp_path, text.encode()))
    assert max(map(len, sheet.top)) <= 512
    assert rows(sheet, 1)[1:3] == [(3, "1", "2", None), (4, "1", "2", None)]


def test_quotes_that_nobody_closes_cost_no_more_than_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line was once tried with each of the fifty below it: two minutes for three megabytes.
    Now a row ends at 256 KiB: a line of 50 KB is tried alone and with five more at most."""
    text = ('"' + "x," * 25_000 + "\n") * 60
    tried, strict = [], records._strict

    def counted(*told: Any, **more: Any) -> Any:
        tried.append(len(told[0]))
        return strict(*told, **more)

    monkeypatch.setattr(records, "_strict", counted)
    sheet = only(read_bytes(tmp_path, text.encode()))
    assert sheet.line_count == 60 and len(rows(sheet, 0)) == 60
    assert len(tried) >= 60 and sum(tried) < 60 * 21 * 60_000


def test_numbers_stay_true_over_many_lines(tmp_path: Path) -> None:
    text = "n,m\n" + "".join(f"{n},{n % 7}\n" for n in range(2, 130_002))
    found = rows(only(read_bytes(tmp_path, text.encode("gb18030"))), 1)
    assert len(found) == 130_000
    assert all(line == int(cell) for line, cell, *_ in found)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    cells = ("=cmd|' /C calc'!A0", "<script>x</script>", "'; drop table t; --", "../../etc")
    text = "a;b;c;d\n" + ";".join(f'"{cell}"' for cell in cells) + "\n"
    assert rows(only(read_bytes(tmp_path, text.encode())), 1) == [(2, *cells, None)]


def test_a_folder_with_odd_characters(tmp_path: Path) -> None:
    folder = tmp_path / "it's [1]*"
    folder.mkdir()
    assert rows(only(read_bytes(folder, CHINESE.encode())), 1) == CHINESE_ROWS


def test_replay_decides_nothing_again(tmp_path: Path) -> None:
    sheet = only(read_bytes(tmp_path, CHINESE.encode("gb18030")))
    recipe = Recipe("sales", "s", sheet.top[0], 1, {}, dialect=sheet.dialect)  # type: ignore[arg-type]
    again = reread(tmp_path / "original", "f", tmp_path / "staging", recipe, Limits())
    assert (again.top, again.dialect) == (sheet.top, sheet.dialect)
    assert rows(again, 1) == CHINESE_ROWS


BROKEN_UTF8 = CHINESE.encode() * 3 + "2024-03-09,天".encode() + b"\xff\xfe" + b",1\n"
# What GB18030 could decode, into nonsense.
FOREIGN = "日期,渠道,金额\n".encode("gb18030") * 5 + b"1,2\n" + "广东广州,线下门店\n".encode()
MIXED = "日期,渠道,金额\n".encode("gb18030") * 5 + "销售渠道明细,天猫旗舰店\n".encode()


@pytest.mark.parametrize(
    ("data", "code", "values"),
    [
        (b"", "file_empty", {}),
        (b"\xef\xbb\xbf \r\n\r\n", "file_empty", {}),
        # Line 10; 11 bytes of date and comma, three of 天, then the first bad one.
        (BROKEN_UTF8, "text_undecodable", {"encoding": "UTF-8", "line": 10, "byte": 15}),
        (CHINESE.encode("gb18030") + b"a,\xff\n", "text_undecodable", {"line": 4, "byte": 3}),
        (FOREIGN, "text_undecodable", {"encoding": "GB18030", "line": 7, "byte": 1}),
        (MIXED, "text_undecodable", {"encoding": "GB18030", "line": 6}),
        ("name\nMüller\nBörse\n".encode("cp1252"), "text_undecodable", {"line": 2, "byte": 2}),
        ("日期\n金额".encode("utf-16") + b"\x00", "text_undecodable", {"line": 2}),
        (b"a,b\n1,2\n3,\x00\n", "text_binary", {"line": 3}),
        (b"a,b\n" + b"x" * 1_200_000 + b"\n", "line_too_long", {"line": 2}),
        (b"%PDF-1.7 ...", "not_a_table", {"kind": "PDF"}),
        (b'{"a": 1}', "not_a_table", {"kind": "JSON"}),
        (b"<html><p>Please log in</p></html>", "markup_not_table", {}),
    ],
)
def test_what_cannot_be_read_says_where(
    tmp_path: Path, data: bytes, code: str, values: dict[str, object]
) -> None:
    with pytest.raises(UnreadableFileError) as told:
        read_bytes(tmp_path, data, "三月.csv")
    assert told.value.code == code
    assert told.value.values.items() >= {"name": "三月.csv", **values}.items()
    assert not list((tmp_path / "staging").iterdir())


FIGURES = {
    "reseller_monthly/ResellerSales_202006.csv": ("utf-16-le", 3004),
    "reseller_monthly/ResellerSalesTargets.csv": ("utf-16-le", 81),
    "tmall_orders/tmall_order_report.csv": ("utf-8", 28010),
    "taobao_export/TB201812_anonymised_gbk.csv": ("gb18030", 2660),
    "messy_zh/data_wuliu.csv": ("gb18030", 1161),
    "wholesale_customers/wholesale_customers.csv": ("utf-8", 440),
    "cdnow/CDNOW_master_restored.csv": ("utf-8", 69659),
}


@pytest.mark.parametrize("file", FIGURES)
def test_real_files(shared: Path, tmp_path: Path, file: str) -> None:
    encoding, count = FIGURES[file]
    sheet = only(read(shared / file, file, tmp_path, Limits()))
    assert sheet.dialect is not None
    assert (sheet.dialect.encoding, sheet.dialect.separator) == (encoding, ",")
    found = rows(sheet, 1)
    assert [line for line, *_ in found] == list(range(2, count + 2))
    assert all(row[-1] is None for row in found)


def test_the_quick_look_misses_no_line_of_another_charset():
    """1,000 texts of UTF-8, GB18030, ASCII and strange bytes, mixed in lines."""
    chosen = random.Random(7)
    pieces = [
        *(sign.encode() for sign in "天猫京东旗舰店"),
        "京东".encode("gb18030"),
        b"a,1",
        b"\xff",
    ]
    found = 0
    for _ in range(1000):
        lines = [b"".join(chosen.choices(pieces, k=chosen.randint(0, 7))) for _ in range(4)]
        block = b"\n".join(lines) + b"\n"
        if decoding.FOREIGN_LINE.search(block):
            found += 1
            assert decoding._may_be_foreign(block)
    assert found > 100


def test_a_tab_behind_every_cell_is_no_separator(tmp_path: Path) -> None:
    text = "日期\t,渠道\t,数量\t,金额\t\n" + "2024-01-05\t,天猫\t,3\t,15.5\t\n" * 20
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    sheet = read(tmp_path / "a.csv", "a.csv", tmp_path, Limits()).sheets[0]
    assert sheet.dialect is not None and sheet.dialect.separator == ","


@pytest.mark.parametrize("sign", ["千元", "元", "台", "瓶", "支", "只", "桶", "套", "双"])
def test_a_sign_of_gb18030_that_is_right_utf_8_by_chance_is_read(tmp_path: Path, sign: str) -> None:
    sheet = only(read_bytes(tmp_path, f"Date,Amount({sign})\n2024-03-01,5\n".encode("gb18030")))
    assert sheet.top[0] == ("Date", f"Amount({sign})")


@pytest.mark.parametrize(
    "word",
    [
        "café",
        "Straße",
        "Müller £",
        "Łódź",
        "Ελλάδα",
        "Москва",
        "đơn",
        "ưu",
        "nǐ hǎo",
        "Iași",
        "שלום",
    ],
)
def test_words_of_other_scripts_in_utf_8_are_read(tmp_path: Path, word: str) -> None:
    sheet = only(read_bytes(tmp_path, f"Date,{word}\n2024-03-01,5\n".encode()))
    assert sheet.top[0] == ("Date", word)
