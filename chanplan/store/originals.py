"""The files as they came: kept under their checksum before anyone parses them."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from chanplan.domain.errors import StoreFaultError, UnreadableFileError
from chanplan.domain.writing import writing

CHUNK = 4 * 1024 * 1024


@dataclass(frozen=True)
class Original:
    """A kept file. `name` is what the person called it and never serves as a path."""

    name: str
    sha256: str
    size: int
    path: Path


class Copy:
    """A file that has been copied, while it is made sure of.

    path      where it lies meanwhile
    original  what it is once that is done
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.original: Original | None = None


class Originals:
    """The folder of kept files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, data: bytes | BinaryIO | Path) -> Original:
        """Copy the bytes to the disk, fsynced, named by their sha256; idempotent.

        StoreFaultError where they cannot be written, UnreadableFileError where they cannot be
        read (locked, forbidden, a broken disk); then nothing is left of them.
        """
        with self.copying(name, data) as copy:
            pass
        assert copy.original is not None
        return copy.original

    @contextmanager
    def copying(self, name: str, data: bytes | BinaryIO | Path) -> Iterator[Copy]:
        """The same with a copy in hand, to be looked at while its checksum is made and the system
        brings it to the disk; it lies under its checksum when the block is over."""
        copy = Copy(self._folder / f"{uuid4().hex}.part")
        try:
            with _stream(name, data) as stream, writing():
                _write(name, stream, copy.path)
            with ThreadPoolExecutor(2, "chanplan-original") as beside:
                summed, synced = beside.submit(_sha256, copy.path), beside.submit(_sync, copy.path)
                yield copy
                with writing():
                    synced.result()
                    copy.original = self._named(sayable(name), summed.result(), copy.path)
        finally:
            copy.path.unlink(missing_ok=True)

    def find(self, name: str, sha256: str) -> Original:
        """A file kept earlier. StoreFaultError when it is not there, or no longer the same."""
        path = self._path(sha256)
        if not path.is_file():
            raise StoreFaultError("original_missing", name=name, path=path)
        if _sha256(path) != sha256:
            raise StoreFaultError("original_damaged", name=name, path=path)
        return Original(name, sha256, path.stat().st_size, path)

    def path_of(self, sha256: str) -> Path:
        """Where a kept file lies, unchecked."""
        return self._path(sha256)

    def drop(self, sha256: str) -> None:
        """Delete a kept file for good, if it is there."""
        self._path(sha256).unlink(missing_ok=True)

    def _named(self, name: str, sha256: str, copy: Path) -> Original:
        path, size = self._path(sha256), copy.stat().st_size
        path.parent.mkdir(exist_ok=True)
        copy.replace(path)
        sync_folder(path.parent)
        return Original(name, sha256, size, path)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        detail = fault.strerror or str(fault)
        raise UnreadableFileError("file_unreadable", name=sayable(name), detail=detail) from fault


@contextmanager
def _stream(name: str, data: bytes | BinaryIO | Path) -> Iterator[BinaryIO]:
    if isinstance(data, Path):
        with _reading(name):
            file = data.open("rb")
        with file:
            yield file
    else:
        yield io.BytesIO(data) if isinstance(data, bytes) else data


def _chunk(name: str, stream: BinaryIO) -> bytes:
    with _reading(name):
        return stream.read(CHUNK)


def _write(name: str, stream: BinaryIO, copy: Path) -> None:
    with copy.open("wb") as file:
        while chunk := _chunk(name, stream):
            file.write(chunk)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """What has been written is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sayable(name: str) -> str:
    """The name as text: where its bytes are no UTF-8, as Chinese systems would have typed it."""
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode("utf-8")
    except UnicodeDecodeError:
        return name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")


def sync_folder(folder: Path) -> None:
    """A new name survives a power cut only once its folder is on the disk (POSIX)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
