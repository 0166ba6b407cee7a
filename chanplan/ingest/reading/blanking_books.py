"""A workbook or parquet file written again without what stands in some columns, all else as it was.

Of a workbook the parts are copied as they are, but for the sheets' cells and the texts that only
these had. What may repeat a cell elsewhere (charts, pivots, remarks) is not looked through: then
nothing is written.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chanplan.ingest.reading import blanking_ods
from chanplan.ingest.reading.archive import DAMAGE
from chanplan.ingest.reading.blanking import Chosen
from chanplan.ingest.reading.book_parts import BOOK, TEXTS, sheet_parts
from chanplan.ingest.reading.kind import PARQUET, ZIP

_REPEATING = (
    *("xl/charts", "xl/pivot", "xl/comments", "xl/threadedComments", "xl/externalLinks"),
    *("xl/embeddings", "xl/queryTables", "xl/connections", "customXml", "xl/slicer"),
)
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)[\"']")
_KIND = re.compile(rb"\s+t=[\"'](\w+)[\"']")
_VALUE = re.compile(rb"<v>(\d+)</v>")
_TEXT = re.compile(rb"<si\b[^>]*?(?:/>|>.*?</si>)", re.DOTALL)
# A filter keeps a copy of what it shows.
_FILTER = re.compile(rb"<autoFilter\b[^>]*?(?:/>|>.*?</autoFilter>)", re.DOTALL)
_LETTERS = 26


@dataclass
class _Texts:
    """Shared texts by number: those that stand in emptied cells, and in all others."""

    gone: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)


def can_blank(path: Path) -> bool:
    """Whether columns can be emptied in place: parquet, xlsx and ods that repeat no cell."""
    with path.open("rb") as file:
        head = file.read(len(ZIP))
    if head != ZIP:
        return head == PARQUET
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if BOOK not in names:
                return blanking_ods.can_blank(archive)
    except DAMAGE:
        return False
    return not any(name.startswith(_REPEATING) for name in names)


def blank_parquet(path: Path, target: Path, columns: frozenset[int]) -> int:
    """Write `target` with these columns null; returns how many values were something."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    emptied = 0
    with pq.ParquetFile(path) as file, pq.ParquetWriter(target, file.schema_arrow) as out:
        for batch in file.iter_batches(use_threads=False):
            arrays = list(batch.columns)
            for at in columns:
                emptied += len(arrays[at]) - arrays[at].null_count
                arrays[at] = pa.nulls(len(arrays[at]), arrays[at].type)
            out.write_batch(pa.RecordBatch.from_arrays(arrays, schema=batch.schema))
    return emptied


def blank_workbook(path: Path, target: Path, chosen: Mapping[str, Chosen]) -> int:
    """Write `target` with these columns of sheets, by name, empty; how many cells were not."""
    if _is_ods(path):
        return blanking_ods.blank_ods(path, target, chosen)
    emptied, texts = 0, _Texts()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as out:
        told = {part: chosen.get(name) for name, part in sheet_parts(archive)}
        for member in archive.infolist():
            data = archive.read(member)
            if member.filename in told:
                data, count = _emptied(data, told[member.filename], texts)
                emptied += count
            elif member.filename.startswith("xl/tables/"):
                data = _FILTER.sub(b"", data)
            if member.filename != TEXTS:
                out.writestr(member, data, zipfile.ZIP_DEFLATED)
        if TEXTS in archive.namelist():
            shared = _without(archive.read(TEXTS), texts.gone - texts.used)
            out.writestr(archive.getinfo(TEXTS), shared, zipfile.ZIP_DEFLATED)
    return emptied


def _is_ods(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return BOOK not in archive.namelist()


def _emptied(data: bytes, chosen: Chosen | None, texts: _Texts) -> tuple[bytes, int]:
    """The sheet without the cells, and how many they were; what its cells say is noted."""
    cells = [(found, _at(found[1])) for found in _CELL.finditer(data)]
    left = min((at[1] for found, at in cells if at and found[2]), default=0)
    count = 0
    parts, end = [], 0
    for found, at in cells:
        goes = chosen and at and at[1] - left in chosen.at(at[0])
        if (kind := _KIND.search(found[1])) and kind[1] == b"s" and found[2]:
            number = _VALUE.search(found[2])
            (texts.gone if goes else texts.used).update({int(number[1])} if number else ())
        if goes and found[2]:
            parts += [data[end : found.start()], b"<c", _KIND.sub(b"", found[1]), b"/>"]
            end, count = found.end(), count + 1
    kept = b"".join([*parts, data[end:]])
    return (_FILTER.sub(b"", kept) if chosen else kept), count


def _at(attributes: bytes) -> tuple[int, int] | None:
    """Row from 1 and column from 0 of a cell."""
    found = _PLACE.search(attributes)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + letter - ord("A") + 1
    return int(found[2]), column - 1


def _without(data: bytes, gone: set[int]) -> bytes:
    """The shared texts with these empty; their numbers stay."""
    parts, end = [], 0
    for number, found in enumerate(_TEXT.finditer(data)):
        if number in gone:
            parts += [data[end : found.start()], b"<si><t></t></si>"]
            end = found.end()
    return b"".join([*parts, data[end:]])
