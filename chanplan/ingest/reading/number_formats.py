"""What the number formats of a workbook show beside its numbers: $, €, 万元; parsers drop them.

Only a format that somebody has written says so: what the built-in ones show is a matter of the
computer that shows them. Of a workbook without such formats nothing but its styles is read.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

from chanplan.ingest.reading.archive import DAMAGE
from chanplan.ingest.reading.sheet import Sheet
from chanplan.settings import MIB

# No more of a sheet is looked through; columns are formatted whole.
MOST = 16 * MIB
OVERLAP = 4096
# Cells that may show something else than their column does: its total.
FEW, MANY = 2, 10
STYLES, BOOK = "xl/styles.xml", "xl/workbook.xml"
# What is counted of a column, from the first used one as everywhere: its number cells by what
# their format shows, "" for nothing.
Shown = Mapping[int, Counter[str]]

_SIZES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3}
_SIZE = re.compile("|".join(_SIZES))
_CODES = {"us$": "USD", "hk$": "HKD", "nt$": "TWD", "jp¥": "JPY", "$": "USD", "€": "EUR",
          "£": "GBP", "usd": "USD", "eur": "EUR", "gbp": "GBP", "hkd": "HKD", "jpy": "JPY",
          "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY"}  # fmt: skip
_LOCALES = {"411": "JPY", "c04": "HKD", "404": "TWD"}
# Of the parts of a format the first is that of positive numbers.
_FIRST = re.compile(r"(?:\"[^\"]*\"|\\.|[^;\"\\])*")
_SYMBOL = re.compile(r"\[\$([^\]-]+)(?:-([0-9A-Fa-f]+))?\]")
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)")
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DIVIDED = re.compile(r"[0#?],+(?![0#?])|!")
_NUMFMT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_XFS = re.compile(rb"<(?:\w+:)?cellXfs\b(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(?=<(?:\w+:)?(?:v|f|is)\b)")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def shown(path: Path, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets, each with what its number formats show."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _of_sheets(archive)
    except (*DAMAGE, KeyError):
        return tuple(sheets)
    return tuple(replace(one, shown=found.get(one.name or "", {})) for one in sheets)


def alone(counted: Iterable[Counter[str]]) -> tuple[str, ...]:
    """What the cells of columns show: one text where all but a few agree, several where not."""
    every: Counter[str] = sum(counted, Counter())
    often = every.most_common()
    if len(often) < 2:
        return tuple(text for text, _ in often)
    rest = sum(times for _, times in often[1:])
    agreed = rest <= FEW and often[0][1] >= MANY * rest
    return (often[0][0],) if agreed else tuple(text for text, _ in often)


@cache
def told(code: str) -> str:
    """What a format shows beside a number: "USD", "10000" of 0.00"万元"; "" for nothing.

    0!.0,"万" shows a hundred-thousandth part with a point of its own: its numbers are whole.
    """
    first = _FIRST.match(code)[0] if code else ""  # type: ignore[index]
    symbol = _SYMBOL.search(first)
    if symbol:
        place = (symbol[2] or "").lower().lstrip("0")
        return _LOCALES.get(place, "") if symbol[1] in "¥￥" else _money(symbol[1])
    words = "".join(quoted or single for quoted, single in _LITERAL.findall(first))
    size = _SIZE.search(words)
    if size is not None:
        digits = _LITERAL.sub("", _BRACKETED.sub("", first))
        divided = _DIVIDED.search(digits) or "." in words
        return "" if divided else str(_SIZES[size[0]])
    bare = "$" in _LITERAL.sub("", _BRACKETED.sub("", first))
    return _money(words) or ("USD" if bare else "")


def _money(text: str) -> str:
    plain = text.strip().casefold().replace("￥", "¥")
    return _CODES.get(plain, "")


def _of_sheets(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Sheet name → its columns; only of workbooks with a format that says something."""
    styles = _styles(archive.read(STYLES))
    if not any(styles):
        return {}
    return {name: _columns(archive, part, styles) for name, part in _parts(archive)}


def _styles(xml: bytes) -> list[str]:
    """What each style of cells shows, in their order."""
    own = {}
    for found in map(_attributes, _NUMFMT.findall(xml)):
        own[found.get("numFmtId", "")] = told(unescape(found.get("formatCode", "")))
    block = _XFS.search(xml)
    every = map(_attributes, _XF.findall(block[1]) if block else ())
    return [own.get(one.get("numFmtId", ""), "") for one in every]


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = map(_attributes, _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for one in map(_attributes, _SHEET.findall(archive.read(BOOK))):
        target = targets.get(next((v for k, v in one.items() if k.endswith(":id")), None), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            yield unescape(one.get("name", "")), part


def _columns(archive: zipfile.ZipFile, part: str, styles: Sequence[str]) -> Shown:
    found: dict[int, Counter[str]] = {}
    before, read, left = b"", 0, MOST
    with archive.open(part) as opened:
        while (chunk := opened.read(MIB)) and read < MOST:
            read += len(chunk)
            text = before + chunk
            last = 0
            for cell in _CELL.finditer(text):
                last = cell.end()
                about = _attributes(cell[1])
                if "r" in about:
                    left = min(left, at := _column(about["r"]))
                    _count(found.setdefault(at, Counter()), about, styles)
            before = text[max(last, len(text) - OVERLAP) :]
    return {at - left: counted for at, counted in found.items() if set(counted) - {""}}


def _count(column: Counter[str], cell: Mapping[str, str], styles: Sequence[str]) -> None:
    if cell.get("t", "n") == "n":
        style = int(cell.get("s", "0"))
        column[styles[style] if style < len(styles) else ""] += 1


def _column(reference: str) -> int:
    at = 0
    for sign in reference.rstrip("0123456789"):
        at = at * 26 + ord(sign) - 64
    return at - 1


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode(): (one or other).decode("utf-8", "replace")
        for name, one, other in _ATTRIBUTE.findall(text)
    }
