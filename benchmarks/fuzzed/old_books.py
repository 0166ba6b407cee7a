"""Workbooks that no library of ours writes: .xls (BIFF8 in OLE), .xlsb and .ods, by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from html import escape

from benchmarks.fuzzed.grids import Grid, printable

SECTOR = 512
# Streams below this size would lie in a second, smaller allocation table.
LEAST_STREAM = 4096
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xls(rows: Grid) -> bytes:
    """One sheet of text and numbers in an OLE file of one stream."""
    cells = b"".join(
        _biff_cell(at, column, cell)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
    )
    name = struct.pack("<BB", 4, 0) + b"data"
    start = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    head = len(start) + 4 + 6 + len(name) + 4
    bound = _biff(0x0085, struct.pack("<IBB", head, 0, 0) + name)
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells
    return ole(start + bound + _biff(0x000A, b"") + sheet + _biff(0x000A, b""))


def _biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff_cell(row: int, column: int, cell: str) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if (number := _number(cell)) is not None:
        return _biff(0x0203, place + struct.pack("<d", number))
    told = cell[:2000].encode("utf-16-le", "surrogatepass")
    return _biff(0x0204, place + struct.pack("<HB", len(told) // 2, 1) + told)


def _number(cell: str) -> float | None:
    try:
        return float(cell) if cell[:1].isdigit() and cell.isascii() else None
    except ValueError:
        return None


def ole(stream: bytes) -> bytes:
    """An OLE file of the one stream Workbook."""
    stream = stream.ljust(LEAST_STREAM, b"\0")
    count = -(-len(stream) // SECTOR)
    tables = -(-(count + 2) // (SECTOR // 4 - 1)) or 1
    chain = [TABLE] * tables + [END] + [tables + 2 + at for at in range(count - 1)] + [END]
    fat = b"".join(struct.pack("<I", one) for one in chain).ljust(tables * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHHHIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, tables, tables, 0, 4096, END, 0, END
    )
    head += struct.pack("<I", 0) + b"".join(struct.pack("<I", at) for at in range(tables))
    folder = _entry("Root Entry", 5, 1, END, 0) + _entry(
        "Workbook", 2, FREE, tables + 1, len(stream)
    )
    return b"".join(part.ljust(-(-len(part) // SECTOR) * SECTOR, fill) for part, fill in (
        (head, b"\xff"), (fat, b"\xff"), (folder, b"\0"), (stream, b"\0"),
    ))  # fmt: skip


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    told = name.encode("utf-16-le")
    return (
        told.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(told) + 2, kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xlsb(rows: Grid) -> bytes:
    """One sheet of text and numbers as binary records in a zip."""
    told = (
        _record(0x81, b"")
        + _record(0x94, struct.pack("<IIII", 0, len(rows), 0, 20))
        + _record(0x91, b"")
    )
    for at, row in enumerate(rows):
        told += _record(0x00, struct.pack("<I", at) + bytes(21))
        told += b"".join(_binary_cell(column, cell) for column, cell in enumerate(row))
    told += _record(0x92, b"") + _record(0x82, b"")
    sheet = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("data")
    book = (
        _record(0x83, b"")
        + _record(0x8F, b"")
        + _record(0x9C, sheet)
        + _record(0x90, b"")
        + _record(0x84, b"")
    )
    related = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/>'
        "</Relationships>"
    )
    return zipped(
        {
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": related.encode(),
            "xl/worksheets/sheet1.bin": told,
        }
    )


def _binary_cell(column: int, cell: str) -> bytes:
    place = struct.pack("<II", column, 0)
    number = _number(cell)
    return (
        _record(0x05, place + struct.pack("<d", number))
        if number is not None
        else _record(0x06, place + _wide(cell))
    )


def _wide(text: str) -> bytes:
    told = text.encode("utf-16-le", "surrogatepass")
    return struct.pack("<I", len(told) // 2) + told


def _record(kind: int, body: bytes) -> bytes:
    """Kind and length as numbers of seven bits a byte, the lowest first."""
    number = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, left = bytearray(), len(body)
    while True:
        size.append(left & 0x7F | (0x80 if left > 0x7F else 0))
        left >>= 7
        if not left:
            return number + bytes(size) + body


def ods(rows: Grid) -> bytes:
    """One sheet of text as OpenDocument."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string"><text:p>'
            f"{escape(printable(cell))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="data">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped({name: part.encode() for name, part in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts in an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            # Without the clock: a fuzzed file is the same at every run.
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
