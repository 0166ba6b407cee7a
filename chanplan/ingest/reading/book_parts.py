"""Which part of an xlsx holds what."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from defusedxml import ElementTree

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part it lies in."""
    related = ElementTree.fromstring(archive.read(RELATIONS))
    targets = {one.get("Id"): str(one.get("Target")) for one in related}
    for sheet in ElementTree.fromstring(archive.read(BOOK)).iter(f"{_MAIN}sheet"):
        part = targets[sheet.get(_ID)]
        yield str(sheet.get("name")), part[1:] if part.startswith("/") else f"xl/{part}"
