"""What befalls a file on its way, or is done to it on purpose; bytes in, bytes out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from chanplan.ingest.reading.archive import DAMAGE

Harm = Callable[[bytearray, random.Random], bytes]

# Numbers at which sizes and places overflow.
EXTREMES = (
    b"0",
    b"-1",
    b"65536",
    b"1048577",
    b"2147483648",
    b"4294967295",
    b"99999999999999999999",
    b"1e308",
)
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
ZIP = b"PK\x03\x04"


def flipped(data: bytearray, draw: random.Random) -> bytes:
    """Single bits."""
    for _ in range(draw.choice((1, 1, 2, 8, 64))):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(data)


def truncated(data: bytearray, draw: random.Random) -> bytes:
    """An end or a beginning that never came."""
    at = draw.randrange(len(data))
    return bytes(data[:at] if draw.random() < 0.8 else data[at:])


def cut_out(data: bytearray, draw: random.Random) -> bytes:
    """A hole."""
    start, length = draw.randrange(len(data)), draw.choice((1, 16, 512, 4096))
    return bytes(data[:start] + data[start + length :])


def swapped(data: bytearray, draw: random.Random) -> bytes:
    """Two pieces in each other's place."""
    size = min(draw.choice((4, 64, 512)), len(data) // 2)
    one, other = draw.randrange(len(data) - size), draw.randrange(len(data) - size)
    data[one : one + size], data[other : other + size] = (
        data[other : other + size],
        data[one : one + size],
    )
    return bytes(data)


def overwritten(data: bytearray, draw: random.Random) -> bytes:
    """Some bytes that say most, least or anything."""
    for _ in range(draw.choice((1, 4, 16))):
        size, at = draw.choice((1, 2, 4, 8)), draw.randrange(len(data))
        data[at : at + size] = draw.choice((b"\xff" * size, bytes(size), draw.randbytes(size)))
    return bytes(data)


def repeated(data: bytearray, draw: random.Random) -> bytes:
    """A piece that comes again and again."""
    at, size = draw.randrange(len(data)), draw.choice((1, 7, 300))
    piece, times = bytes(data[at : at + size]), draw.choice((2, 100, 20_000))
    return bytes(data[:at]) + piece * times + bytes(data[at:])


def renumbered(data: bytearray, draw: random.Random) -> bytes:
    """Numbers in it made extreme: row numbers, spans, styles, sizes, amounts."""
    found = list(re.finditer(rb"\d+", data))
    for hit in sorted(
        draw.sample(found, min(len(found), draw.choice((1, 3)))), key=lambda h: -h.start()
    ):
        data[hit.start() : hit.end()] = draw.choice(EXTREMES)
    return bytes(data)


def far(data: bytearray, draw: random.Random) -> bytes:
    """Cells of a sheet that say they are far away."""
    found = list(re.finditer(rb'r="[A-Z]+\d+"', data))
    for hit in draw.sample(found, min(len(found), 2)):
        place = draw.choice((b"XFD1048576", b"A1048576", b"XFD1", b"ZZZZ9", b"A0", b"A99999999999"))
        data = data.replace(hit.group(), b'r="%s"' % place, 1)
    return bytes(data)


def nested(data: bytearray, draw: random.Random) -> bytes:
    """Tags within tags within tags."""
    tag = draw.choice((b"<table><tr><td>", b"<Row>", b"<a>", b"<div>", b"<!--", b"<![CDATA["))
    return bytes(data[:200]) + tag * draw.choice((50, 5_000, 100_000)) + bytes(data[200:])


PLAIN: tuple[Harm, ...] = (
    flipped, truncated, cut_out, swapped, overwritten, repeated, renumbered, far, nested,
)  # fmt: skip


def in_a_part(data: bytearray, draw: random.Random) -> bytes:
    """One part of an archive harmed, or in another's place; the checksums are honest again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    name = draw.choice(
        sorted(parts, key=lambda one: "sheet" not in one)[: draw.choice((1, len(parts)))]
    )
    match draw.randrange(8):
        case 0:
            del parts[name]
        case 1:
            other = draw.choice(list(parts))
            parts[name], parts[other] = parts[other], parts[name]
        case _ if parts[name]:
            parts[name] = draw.choice(PLAIN)(bytearray(parts[name]), draw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", draw.choice(PACKINGS)) as archive:
        for one, content in parts.items():
            archive.writestr(zipfile.ZipInfo(one), content, archive.compression)
    return buffer.getvalue()


def harmed(data: bytes, draw: random.Random) -> bytes:
    """One to three harms; an archive mostly within."""
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        if len(data) < 8:
            return data
        within = data.startswith(ZIP) and zipfile.is_zipfile(io.BytesIO(data))
        harm = in_a_part if within and draw.random() < 0.85 else draw.choice(PLAIN)
        try:
            data = harm(bytearray(data), draw)
        except DAMAGE:
            data = flipped(bytearray(data), draw)  # harmed too much to be harmed within
    return data


def spliced(one: bytes, other: bytes, draw: random.Random) -> bytes:
    """The beginning of one file and the end of another."""
    return one[: draw.randrange(len(one))] + other[draw.randrange(len(other)) :]
