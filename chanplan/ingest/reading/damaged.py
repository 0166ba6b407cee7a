"""Which sheet of a workbook is damaged, so far as the whole parts of the file can tell."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from chanplan.ingest.reading.archive import DAMAGE
from chanplan.ingest.reading.book_parts import sheet_parts
from chanplan.settings import MIB

_UNSAID = (KeyError, ParseError, *DAMAGE)


def damaged_sheet(path: Path) -> dict[str, str]:
    """{"in_sheet": the name of the first sheet that cannot be unpacked}; {} where that is not
    told: damage of another part, of the list of sheets itself, or of no xlsx."""
    try:
        with zipfile.ZipFile(path) as archive:
            named = {part: name for name, part in sheet_parts(archive)}
            bad = next((one for one in archive.infolist() if _is_bad(archive, one)), None)
    except _UNSAID:
        return {}
    return {"in_sheet": named[bad.filename]} if bad and bad.filename in named else {}


def _is_bad(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    try:
        with archive.open(member) as part:
            while part.read(MIB):
                pass
    except DAMAGE:
        return True
    return False
