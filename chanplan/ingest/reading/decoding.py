"""A file's bytes become UTF-8 blocks of whole lines, or an error that names the line."""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pyarrow as pa

from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.reading.cells import UNSEEN
from chanplan.ingest.reading.charset import (
    BIG5,
    GB18030,
    MARKS,
    UTF8,
    UTF16_BE,
    UTF16_LE,
    UndecodableError,
)

# A block fits a processor's cache. Block and longest line together stay, after decoding,
# below the two million bytes that DuckDB takes for one line.
BLOCK_BYTES = 512 * 1024
LONGEST_LINE = 512 * 1024

_UNSEEN = {
    lead: [sign for sign in map(str.encode, UNSEEN) if sign.startswith(lead)]
    for lead in {sign.encode()[:1] for sign in UNSEEN}
}

# Makes an iterator over a text's blocks anew each time.
Blocks = Callable[[], Iterator[bytes]]

# Ten Chinese characters that are right UTF-8 (two bytes more than characters each) do not
# happen by chance: such a file is UTF-8, and broken, never GB18030.
PROOF_BYTES = 20
# Within GB18030: a line wholly shaped as UTF-8 with four or more Chinese characters.
FOREIGN_LINE = re.compile(
    rb"^[^\n\x80-\xff]*+(?:[\xe3-\xe9][\x80-\xbf]{2}[^\n\x80-\xff]*+){4,}+$", re.MULTILINE
)
# The same line with a sign for each byte of its characters, and without all else. Looking for it
# costs a fifth of looking for the line itself.
FOREIGN_START = b"\n" + b"Lcc" * 4
_SHAPES = bytes(
    byte if byte == 10 else ord("c") if byte < 0xC0 else ord("L") if 0xE3 <= byte <= 0xE9 else 120
    for byte in range(256)
)
_ASCII = bytes(byte for byte in range(128) if byte != 10)
# Two bytes of one character. That the second is an ASCII letter is rare in Chinese, and the
# rule in Western one-byte charsets ("Müller"), which GB18030 would turn into nonsense.
PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
# Letters and signs of more than one byte in UTF-8 that are in use: Latin with those of Vietnamese,
# Pinyin and Romanian, Greek, Cyrillic, Hebrew, Arabic, and everything of three bytes and more.
# Rarer ones stand in no text without these: 千元, 瓶, 支, 只 and 桶 of GB18030 look like them.
USUAL = re.compile(
    "[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b\u0384-\u03ce\u0400-\u045f"
    "\u05d0-\u05ea\u0600-\u06ff\u0800-\U0010ffff]"
)
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
ENOUGH_PAIRS = 100_000
# In GB18030 the second byte is below A1 only for rare characters, in Big5 for every third one.
ENOUGH_RARE = 20


def blocks(path: Path, encoding: str, name: str) -> Iterator[bytes]:
    """UTF-8 blocks of whole lines, each ended by `\\n` whatever the file ends them with.

    UndecodableError where the bytes are not `encoding`; UnreadableFileError for a line too
    long to be a row, and for NUL characters, which no text has.
    """
    for done, block in enumerate(_decoded(path, encoding, name)):
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if (at := block.find(b"\0")) >= 0:
            line = _lines(blocks(path, encoding, name), done) + block.count(b"\n", 0, at) + 1
            raise UnreadableFileError("text_binary", name=name, line=line)
        yield block if block.isascii() else _seen(block)


def _seen(block: bytes) -> bytes:
    """A block without signs that nobody sees.

    Looking for one byte is many times quicker than for three, and most blocks have no such byte.
    """
    for lead, signs in _UNSEEN.items():
        if lead in block:
            for sign in signs:
                block = block.replace(sign, b"")
    return block


def _lines(again: Iterator[bytes], done: int) -> int:
    """Lines in the first `done` blocks, counted only when an error has to name its line."""
    return sum(block.count(b"\n") for block in islice(again, done))


def _decoded(path: Path, encoding: str, name: str) -> Iterator[bytes]:
    if encoding in (UTF16_LE, UTF16_BE):
        return _whole_lines(lambda: _utf16(path, encoding), name)
    whole = partial(_whole_lines, partial(_raw, path), name)
    if encoding == BIG5:
        return _big5(whole)
    return _utf8(whole) if encoding == UTF8 else _gb18030(whole)


def _raw(path: Path) -> Iterator[bytes]:
    """The file's bytes without its mark; old Mac line ends are made modern ones."""
    with path.open("rb") as file:
        chunk = file.read(BLOCK_BYTES)
        for mark in MARKS:
            if chunk.startswith(mark):
                chunk = chunk[len(mark) :]
                break
        mac = b"\r" in chunk[:-1] and b"\n" not in chunk
        while chunk:
            yield chunk.replace(b"\r", b"\n") if mac else chunk
            chunk = file.read(BLOCK_BYTES)


def _whole_lines(chunks: Blocks, name: str) -> Iterator[bytes]:
    """Chunks cut after a line end; in UTF-8 and GB18030 that byte is never part of another."""
    rest = b""
    for done, chunk in enumerate(chunks()):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            block, rest = rest + chunk[:cut], chunk[cut:]
            yield block
        else:
            rest += chunk
        if len(rest) > LONGEST_LINE:
            line = _lines(chunks(), done + 1) + 1
            raise UnreadableFileError("line_too_long", name=name, line=line)
    if rest:
        yield rest + b"\n"


def _utf8(whole: Blocks) -> Iterator[bytes]:
    proof = 0
    for done, block in enumerate(whole()):
        if not block.isascii() and not (proof >= PROOF_BYTES and _is_utf8(block)):
            try:
                text = block.decode(UTF8)
                if proof == 0 and _by_chance(text) and (first := HIGH_BYTE.search(block)):
                    raise _at(UTF8, whole, done, block[: first.start()])
                proof += len(block) - len(text)
            except UnicodeDecodeError as fault:
                before = block[: fault.start]
                proof += len(before) - len(before.decode(UTF8))
                raise _at(UTF8, whole, done, before, proof >= PROOF_BYTES) from None
        yield block


def _is_utf8(block: bytes) -> bool:
    """As strict as decoding, three times as quick, and other threads go on meanwhile."""
    ends = pa.py_buffer(struct.pack("=2i", 0, len(block)))
    told = pa.StringArray.from_buffers(1, ends, pa.py_buffer(block))
    try:
        told.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _by_chance(text: str) -> bool:
    """Whether all that is not ASCII are letters that no table of a business has: the pairs of 元
    and 台 in GB18030 are right UTF-8 too, of an old Cyrillic letter and of a hook."""
    return not USUAL.search(text)


def _gb18030(whole: Blocks) -> Iterator[bytes]:
    pairs = western = rare = 0
    for done, block in enumerate(whole()):
        if block.isascii():
            yield block
            continue
        try:
            text = block.decode(GB18030)
        except UnicodeDecodeError as fault:
            raise _at(GB18030, whole, done, block[: fault.start]) from None
        if _may_be_foreign(block) and (line := FOREIGN_LINE.search(block)):
            raise _at(GB18030, whole, done, block[: line.start()], proven=True)
        if pairs < ENOUGH_PAIRS:
            found = PAIR.findall(block)
            pairs += len(found)
            western += sum(pair[1:].isalpha() for pair in found)
            rare += sum(pair[1:] < b"\xa1" for pair in found)
            foreign = western * 2 > pairs or (pairs >= ENOUGH_RARE and rare * 4 > pairs)
            if foreign and (first := HIGH_BYTE.search(block)):
                raise _at(GB18030, whole, done, block[: first.start()])
        yield text.encode(UTF8)


def _may_be_foreign(block: bytes) -> bool:
    """False where no line begins with four characters of UTF-8, whatever ASCII stands between."""
    shapes = block.translate(_SHAPES, _ASCII)
    return FOREIGN_START in shapes or shapes.startswith(FOREIGN_START[1:])


def _big5(whole: Blocks) -> Iterator[bytes]:
    """Windows' Big5; only where a person says so, since most of it could be GB18030 too."""
    for done, block in enumerate(whole()):
        try:
            yield block.decode("cp950").encode(UTF8)
        except UnicodeDecodeError as fault:
            raise _at(BIG5, whole, done, block[: fault.start]) from None


def _utf16(path: Path, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 0
    with path.open("rb") as file:
        if file.read(2) not in MARKS:
            file.seek(0)
        # A chunk of UTF-16 becomes at most half as long again in UTF-8.
        while chunk := file.read(BLOCK_BYTES // 2):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as fault:
                before = fault.object[: fault.start].decode(encoding)
                byte = 2 * (len(before) - before.rfind("\n")) - 1
                raise UndecodableError(encoding, lines + before.count("\n") + 1, byte) from None
            lines += text.count("\n")
            yield text.encode(UTF8)
    if decoder.getstate()[0]:
        raise UndecodableError(encoding, lines + 1, 1)


def _at(
    encoding: str, whole: Blocks, done: int, before: bytes, proven: bool = False
) -> UndecodableError:
    return UndecodableError(
        encoding,
        line=_lines(whole(), done) + before.count(b"\n") + 1,
        byte=len(before) - before.rfind(b"\n"),
        proven=proven,
    )
