"""Files made to hurt: bombs, far cells, endless lines, nests, noise."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable

import xlsxwriter

from benchmarks.fuzzed.old_books import zipped
from benchmarks.fuzzed.whole import MADE, SPACE

MIB = 1 << 20


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _bomb_gz(draw: random.Random) -> bytes:
    return _gzip(b"date,amount\n" + b"2024-01-01,1\n" * (draw.choice((4, 40)) * MIB // 13))


def _bomb_zip(draw: random.Random) -> bytes:
    return zipped({"bomb.csv": bytes(draw.choice((8, 64)) * MIB)})


def _bomb_book(draw: random.Random) -> bytes:
    row = draw.choice(
        (b'<row r="1"></row>', b'<row r="2"><c r="A2"><v>1</v></c></row>', b"<v>1</v>")
    )
    sheet = (
        b"<worksheet><sheetData>"
        + row * draw.choice((100_000, 2_000_000))
        + b"</sheetData></worksheet>"
    )
    return zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})


def _book(fill: Callable[[xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["日期", "渠道", "金额"])
        for at in range(1, 20):
            sheet.write_row(at, 0, [f"2024-03-{at:02d}", "天猫", at])
        fill(sheet)
    return buffer.getvalue()


def _far_cell(draw: random.Random) -> bytes:
    place = draw.choice(((1_048_575, 16_383), (1_048_575, 0), (30, 16_383), (400_000, 300)))
    return _book(lambda sheet: sheet.write(*place, "x"))


def _many_sheets(draw: random.Random) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        for at in range(draw.choice((30, 200))):
            book.add_worksheet(f"s{at}").write_row(0, 0, ["日期", "渠道", "金额"])
    return buffer.getvalue()


def _wide_merge(draw: random.Random) -> bytes:
    """Written small and widened by hand: the writer would note every cell of it."""
    made = _book(lambda sheet: sheet.merge_range(3, 1, 5, 2, "天猫"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    reach = draw.choice((b"B4:AHP1000001", b"B4:B1048576", b"A1:XFD2", b"B9:A1", b"B4"))
    return zipped({name: part.replace(b"B4:C6", reach) for name, part in parts.items()})


def _wide_line(draw: random.Random) -> bytes:
    separator = draw.choice((b",", b"\t", b";", b"|"))
    wide = separator * draw.choice((600, 5_000, 100_000, 400_000))
    return b"date,channel,amount\n" * draw.randrange(2) + wide + b"\n2024-01-01,x,1\n" * 20


def _long_line(draw: random.Random) -> bytes:
    return (
        b"date,amount\n"
        + b"9" * draw.choice((500_000, 600_000, 5_000_000))
        + b"\n2024-01-01,1\n" * 9
    )


def _quotes(draw: random.Random) -> bytes:
    line = draw.choice((b'"', b'a,"b', b'"a,b\n"', b'",",","', b'""",', b'x"y"z,"')) + b"\n"
    return b"date,channel,amount\n" + line * draw.choice((50, 5_000, 100_000))


def _long_quotes(draw: random.Random) -> bytes:
    return (b'"' + b"x," * 100_000 + b"\n") * draw.choice((3, 60))


def _no_lines(draw: random.Random) -> bytes:
    return (
        draw.choice((b"\n", b"\r", b",", b" ", b"\xff", b"\xfe\xff", b"\x00", b"\xef\xbb\xbf"))
        * 300_000
    )


def _spans(draw: random.Random) -> bytes:
    cell = draw.choice(
        ("rowspan=99999999 colspan=99999999", "colspan=512", "rowspan=100000 colspan=512")
    )
    return f"<html><table>{f'<tr><td {cell}>a<td>1</tr>' * draw.choice((2, 300, 3_000))}".encode()


def _entities(draw: random.Random) -> bytes:
    grown = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    outside = '<!ENTITY e9 SYSTEM "file:///etc/hostname">'
    dtd = f'<!ENTITY e0 "ha">{grown}' if draw.random() < 0.5 else outside
    cell = '<Row><Cell><Data ss:Type="String">&e9;</Data></Cell></Row>'
    return f'<?xml version="1.0"?><!DOCTYPE w [{dtd}]>{_sheet(cell)}'.encode()


def _sheet(rows: str) -> str:
    """SpreadsheetML without its first line."""
    return (
        f'<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}"><Worksheet ss:Name="a"><Table>{rows}'
        "</Table></Worksheet></Workbook>"
    )


def _placed_rows(draw: random.Random) -> bytes:
    """Rows and cells of SpreadsheetML that say strange places of themselves."""
    places = [
        draw.choice(("-1", "0", "1", "5", "16384", "99999999999999999999", "x")) for _ in range(6)
    ]
    kinds, across = ("String", "Number", "DateTime"), ("1", "-3", "16384")
    rows = "".join(
        f'<Row ss:Index="{place}"><Cell ss:Index="{draw.choice(across)}" ss:MergeDown="{place}">'
        f'<Data ss:Type="{draw.choice(kinds)}">{place}</Data></Cell></Row>'
        for place in places
    )
    head = "<Row><Cell><Data>日期</Data></Cell><Cell><Data>金额</Data></Cell></Row>"
    return f'<?xml version="1.0"?>{_sheet(head + rows)}'.encode()


def _noise(draw: random.Random) -> bytes:
    return draw.randbytes(draw.choice((0, 1, 2, 7, 500, 100_000)))


def _magic_noise(draw: random.Random) -> bytes:
    magic = draw.choice(
        (
            ZIP,
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"PAR1",
            b"\x1f\x8b\x08\x00",
            b"%PDF",
            b"<html>",
            b'{"',
            b"PK\x05\x06",
        )
    )
    return magic + draw.randbytes(draw.choice((0, 30, 5_000))) + b"PAR1" * (magic == b"PAR1")


def _babble(draw: random.Random) -> bytes:
    signs = draw.choice(
        (
            ",\n\"'ab1",
            ",;\t|\n",
            "0123456789.,-\n",
            "".join(map(chr, range(0x4E00, 0x4E40))) + ",\n",
        )
    )
    return "".join(draw.choices(signs, k=draw.choice((50, 5_000, 60_000)))).encode()


def _within(draw: random.Random) -> bytes:
    inner = zipped({"a.csv": b"date,amount\n2024-01-01,1\n"})
    return draw.choice(
        (
            _gzip(inner),
            zipped({"a.zip": inner}),
            zipped({f"{at}.csv": b"a,b\n" for at in range(300)}),
            zipped({"../../a.csv": b"date,channel,amount\n2024-01-01,x,1\n"}),
            _gzip(_gzip(b"a,b\n1,2\n")),
        )
    )


ZIP = b"PK\x03\x04"
TRAPS: tuple[Callable[[random.Random], bytes], ...] = (
    _bomb_gz, _bomb_zip, _bomb_book, _far_cell, _many_sheets, _wide_merge, _wide_line, _long_line,
    _quotes, _long_quotes, _no_lines, _spans, _entities, _placed_rows, _noise, _magic_noise,
    _babble, _within,
)  # fmt: skip
