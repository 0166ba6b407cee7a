"""An OpenDocument sheet written again without what stands in some columns, all else as it was."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import IO, Any
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax as safe_sax

from chanplan.ingest.reading.blanking import Chosen
from chanplan.settings import MIB

CONTENT, MANIFEST, KIND = "content.xml", "META-INF/manifest.xml", "mimetype"
# What may repeat a cell elsewhere: pivots, changes that were tracked, remarks, drawn objects.
_REPEATING = re.compile(
    rb"<(?:table:data-pilot-table|table:tracked-changes|office:annotation|draw:object|draw:frame"
    rb"|table:scenario|table:dde-link|table:sub-table)\b|table:is-sub-table"
)
_OVERLAP = 64
# Parts that show a page, or sign what is no longer so.
_SHOWING = ("Thumbnails/", "META-INF/documentsignatures")
_OBJECTS = ("Object ", "ObjectReplacements/")
_SHOWN = re.compile(rb"<manifest:file-entry\b[^>]*full-path=\"Thumbnails/[^>]*/>")
_TABLE, _ROW, _FILTER = "table:table", "table:table-row", "table:filter"
_VALUE = "office:value-type"
_COLUMNS, _ROWS = "table:number-columns-repeated", "table:number-rows-repeated"
# Of an emptied cell these stay: how it looks, and over how many it reaches.
_KEPT = (
    *("table:style-name", "table:number-columns-spanned", "table:number-rows-spanned"),
    *("table:content-validation-name", _COLUMNS),
)

Attributes = dict[str, str]
# An element that begins (name, attributes) or ends (name, None), or what is said ("", text).
Event = tuple[str, Attributes | str | None]
# A cell's element, its attributes, and what stands in it.
Cell = tuple[str, Attributes, list[Event]]


def can_blank(archive: zipfile.ZipFile) -> bool:
    """Whether this is an OpenDocument that repeats no cell elsewhere."""
    names = archive.namelist()
    if CONTENT not in names or any(one.startswith(_OBJECTS) for one in names):
        return False
    before = b""
    with archive.open(CONTENT) as part:
        while chunk := part.read(MIB):
            if _REPEATING.search(before + chunk):
                return False
            before = chunk[-_OVERLAP:]
    return True


def blank_ods(path: Path, target: Path, chosen: Mapping[str, Chosen]) -> int:
    """Write `target` with these columns of sheets, by name, empty; how many cells were not."""
    emptied = 0
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as out:
        lefts = _Lefts()
        _parse(archive, lefts)
        for member in sorted(archive.infolist(), key=lambda one: one.filename != KIND):
            fresh = zipfile.ZipInfo(member.filename, member.date_time)
            # What kind of file it is its first bytes tell: that part comes first, and unpacked.
            packing = zipfile.ZIP_STORED if member.filename == KIND else zipfile.ZIP_DEFLATED
            fresh.compress_type = packing
            if member.filename == CONTENT:
                with out.open(fresh, "w", force_zip64=True) as into:
                    emptied = _blanked(archive, into, chosen, lefts.left)
            elif not member.filename.startswith(_SHOWING):
                out.writestr(fresh, _told(archive, member))
    return emptied


def _blanked(
    archive: zipfile.ZipFile, into: IO[bytes], chosen: Mapping[str, Chosen], left: Mapping[str, int]
) -> int:
    writing = _Blanking(XMLGenerator(into, "utf-8", True), chosen, left)
    _parse(archive, writing)
    return writing.emptied


def _told(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    data = archive.read(member)
    return _SHOWN.sub(b"", data) if member.filename == MANIFEST else data


def _parse(archive: zipfile.ZipFile, handler: ContentHandler) -> None:
    """Names as they are written, with their prefixes."""
    reader = safe_sax.make_parser()
    reader.setContentHandler(handler)
    with archive.open(CONTENT) as part:
        reader.parse(part)


class _Walking(ContentHandler):
    """Knows the sheet and the line; gathers a row at a time, and hears all else at once."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet, self.line = "", 0
        self._row: tuple[Attributes, list[Cell]] | None = None
        self._cell: Cell | None = None

    def row(self, attributes: Attributes, cells: list[Cell]) -> None:
        """A row, which stands as often as its attributes say; `line` is above it."""

    def hear(self, event: Event) -> None:
        """What stands outside of rows."""

    def startElement(self, name: str, attrs: Any) -> None:
        """Within a cell all is the cell's."""
        told = dict(attrs.items())
        if self._cell is not None:
            self._cell[2].append((name, told))
        elif self._row is not None:
            self._cell = (name, told, [])
            self._row[1].append(self._cell)
        elif name == _ROW:
            self._row = (told, [])
        else:
            if name == _TABLE:
                self.sheet, self.line = told.get("table:name", ""), 0
            self.hear((name, told))

    def endElement(self, name: str) -> None:
        """A cell holds no cell, and a row no row: tables within cells are refused before."""
        if self._cell is not None and name == self._cell[0]:
            self._cell = None
        elif self._cell is not None:
            self._cell[2].append((name, None))
        elif name == _ROW and self._row is not None:
            (told, cells), self._row = self._row, None
            self.row(told, cells)
            self.line += _times(told, _ROWS)
        else:
            self.hear((name, None))

    def characters(self, content: str) -> None:
        """Between cells stand only line breaks."""
        if self._cell is not None:
            self._cell[2].append(("", content))
        elif self._row is None:
            self.hear(("", content))


class _Lefts(_Walking):
    """left: the first column of each sheet that says something, from which columns count."""

    def __init__(self) -> None:
        super().__init__()
        self.left: dict[str, int] = {}

    def row(self, attributes: Attributes, cells: list[Cell]) -> None:
        """Looks where its first full cell stands."""
        full = next((at for at, cell in _placed(cells) if _VALUE in cell[1]), None)
        if full is not None:
            self.left[self.sheet] = min(full, self.left.get(self.sheet, full))


class _Blanking(_Walking):
    """Writes all it hears, but for the cells that go, and filters: they copy what they show."""

    def __init__(
        self, out: XMLGenerator, chosen: Mapping[str, Chosen], left: Mapping[str, int]
    ) -> None:
        super().__init__()
        self.emptied = 0
        self._out, self._chosen, self._left = out, chosen, left
        self._filters = 0
        out.startDocument()

    def hear(self, event: Event) -> None:
        """Filters may stand in one another."""
        name, told = event
        self._filters += name == _FILTER and told is not None
        if not self._filters:
            self._write(event)
        self._filters -= name == _FILTER and told is None

    def row(self, attributes: Attributes, cells: list[Cell]) -> None:
        """Rows that stand for several are parted where their cells have different fates."""
        chosen = self._chosen.get(self.sheet)
        lines = range(self.line + 1, self.line + 1 + _times(attributes, _ROWS))
        if chosen is None or not any(_VALUE in cell[1] or cell[2] for cell in cells):
            self._write_row(attributes, cells, len(lines), frozenset())
            return
        for goes, some in groupby(lines, chosen.at):
            self._write_row(attributes, cells, len(list(some)), goes)

    def _write_row(
        self, attributes: Attributes, cells: list[Cell], times: int, goes: frozenset[int]
    ) -> None:
        self._write((_ROW, _repeated(attributes, _ROWS, times)))
        left = self._left.get(self.sheet, 0)
        for at, cell in _placed(cells):
            for gone, some in groupby(
                range(at, at + _times(cell[1], _COLUMNS)), lambda one: one - left in goes
            ):
                self._write_cell(cell, len(list(some)), times, gone)
        self._write((_ROW, None))

    def _write_cell(self, cell: Cell, wide: int, high: int, gone: bool) -> None:
        name, told, inside = cell
        told = _repeated(told, _COLUMNS, wide)
        if gone:
            self.emptied += wide * high * _says(cell)
            told = {key: value for key, value in told.items() if key in _KEPT}
        self._write((name, told))
        for event in () if gone else inside:
            self._write(event)
        self._write((name, None))

    def _write(self, event: Event) -> None:
        name, told = event
        if isinstance(told, dict):
            self._out.startElement(name, AttributesImpl(told))
        elif told is None:
            self._out.endElement(name)
        else:
            self._out.characters(told)

    def endDocument(self) -> None:
        """The last of it."""
        self._out.endDocument()


def _placed(cells: list[Cell]) -> Iterator[tuple[int, Cell]]:
    """Each cell with its first column."""
    at = 0
    for cell in cells:
        yield at, cell
        at += _times(cell[1], _COLUMNS)


def _says(cell: Cell) -> bool:
    """Whether anything can be read in it."""
    _, told, inside = cell
    return told.get(_VALUE, "string") != "string" or any(
        isinstance(said, str) and said.strip() for _, said in inside
    )


def _times(attributes: Attributes, name: str) -> int:
    return int(attributes.get(name, "1"))


def _repeated(attributes: Attributes, name: str, times: int) -> Attributes:
    others = {key: value for key, value in attributes.items() if key != name}
    return {**others, name: str(times)} if times > 1 else others
