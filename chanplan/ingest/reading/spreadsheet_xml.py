"""In the child: the sheets of SpreadsheetML 2003, XML that many systems still export."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from chanplan.ingest.reading.merging import HEADING_ROWS, Range

NAMESPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
# What a sheet can hold; a file that says otherwise is damaged.
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
UNCOMPUTED = "#FORMULA!"


@dataclass(frozen=True)
class XmlSheet:
    """One worksheet: its rows by number, the ranges of its merged cells."""

    name: str
    hidden: bool
    rows: list[tuple[int, list[str]]]
    ranges: list[Range]


def worksheets(data: bytes) -> Iterator[XmlSheet]:
    """Every worksheet; entities and outside references are refused by the parser."""
    from defusedxml.ElementTree import iterparse

    for _, element in iterparse(io.BytesIO(data), forbid_dtd=False):
        if element.tag == f"{_SS}Worksheet":
            yield _worksheet(element)
            element.clear()


def _worksheet(element: Element) -> XmlSheet:
    rows: list[tuple[int, list[str]]] = []
    ranges: list[Range] = []
    above: list[Range] = []  # that cover cells of further lines of headings
    number = 0
    for row in element.iterfind(f"{_SS}Table/{_SS}Row"):
        last, number = number, int(row.get(f"{_SS}Index", number + 1))
        if not last < number <= LAST_ROW:
            raise ValueError(f"row {number} after row {last}")
        above = [one for one in above if one[2] >= number <= HEADING_ROWS]
        told, before = max((one[3] + 1 for one in above), default=0), len(ranges)
        rows.append((number, _cells(row, number, ranges, told)))
        above += [one for one in ranges[before:] if one[2] > number]
        number += int(row.get(f"{_SS}Span", 0))
    shown = element.findtext(f"{_X}WorksheetOptions/{_X}Visible", "")
    return XmlSheet(element.get(f"{_SS}Name", ""), shown != "", rows, ranges)


def _cells(row: Element, number: int, ranges: list[Range], told: int) -> list[str]:
    """The cells to the last one that holds data, at least `told` of them: programs tell how
    empty ones look far beyond a table."""
    cells: list[str] = []
    for cell in row.iterfind(f"{_SS}Cell"):
        at = int(cell.get(f"{_SS}Index", len(cells) + 1)) - 1
        if at >= LAST_COLUMN:
            break
        cells.extend([""] * (at - len(cells)))
        right, down = (int(cell.get(f"{_SS}Merge{way}", 0)) for way in ("Across", "Down"))
        if right or down:
            ranges.append((number, at, number + down, at + right))
        cells.append(_text(cell))
        if cells[-1] or cell.find(f"{_SS}Data") is not None:
            told = max(told, len(cells))
        cells.extend([""] * min(right, LAST_COLUMN))
    return cells[:told] + [""] * (min(told, LAST_COLUMN) - len(cells))


def _text(cell: Element) -> str:
    data: Any = cell.find(f"{_SS}Data")
    if data is None:
        return UNCOMPUTED if cell.get(f"{_SS}Formula") else ""
    said = "".join(data.itertext())
    if data.get(f"{_SS}Type") == "DateTime":
        day, _, clock = said.partition("T")
        clock = clock.partition(".")[0]
        return day if clock in ("", "00:00:00") else f"{day} {clock}"
    if data.get(f"{_SS}Type") == "Boolean":
        return "TRUE" if said.strip() == "1" else "FALSE"
    if data.get(f"{_SS}Type") == "Number":
        return _plain(said.strip())
    return said


def _plain(said: str) -> str:
    """SpreadsheetML writes large and small numbers with an exponent."""
    from chanplan.ingest.reading.cells import number

    return number(float(said)) if "e" in said.lower() or len(said) > 15 else said
