"""The files as they came: kept under their checksum before anyone parses them."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from chanplan.domain.errors import StoreFaultError, UnreadableFileError
from chanplan.domain.writing import writing

CHUNK = 16 * 1024 * 1024


@dataclass(frozen=True)
class Original:
    """A kept file. `name` is what the person called it and never serves as a path."""

    name: str
    sha256: str
    size: int
    path: Path


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
        if isinstance(data, Path):
            with _opened(name, data) as stream:
                return self._keep(name, stream)
        return self._keep(name, io.BytesIO(data) if isinstance(data, bytes) else data)

    def find(self, name: str, sha256: str) -> Original:
        """A file kept earlier. StoreFaultError when it is not there, or no longer the same."""
        path = self._path(sha256)
        if not path.is_file():
            raise StoreFaultError("original_missing", name=name, path=path)
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise StoreFaultError("original_damaged", name=name, path=path)
        return Original(name, sha256, path.stat().st_size, path)

    def path_of(self, sha256: str) -> Path:
        """Where a kept file lies, unchecked."""
        return self._path(sha256)

    def drop(self, sha256: str) -> None:
        """Delete a kept file for good, if it is there."""
        self._path(sha256).unlink(missing_ok=True)

    def _keep(self, name: str, stream: BinaryIO) -> Original:
        copy = self._folder / f"{uuid4().hex}.part"
        try:
            with writing():
                sha256, size = _copied(name, stream, copy)
                path = self._path(sha256)
                path.parent.mkdir(exist_ok=True)
                copy.replace(path)
                sync_folder(path.parent)
        finally:
            copy.unlink(missing_ok=True)
        return Original(sayable(name), sha256, size, path)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        detail = fault.strerror or str(fault)
        raise UnreadableFileError("file_unreadable", name=sayable(name), detail=detail) from fault


def _opened(name: str, path: Path) -> BinaryIO:
    with _reading(name):
        return path.open("rb")


def _chunk(name: str, stream: BinaryIO) -> bytes:
    with _reading(name):
        return stream.read(CHUNK)


def _copied(name: str, stream: BinaryIO, copy: Path) -> tuple[str, int]:
    """sha256 and size of what was copied through to the disk."""
    digest, size = hashlib.sha256(), 0
    summed: Future[None] | None = None
    with copy.open("wb") as file, ThreadPoolExecutor(1, "chanplan-sha256") as beside:
        while chunk := _chunk(name, stream):
            if summed:  # no more than one chunk waits
                summed.result()
            summed = beside.submit(digest.update, chunk)
            file.write(chunk)
            size += len(chunk)
        if summed:
            summed.result()
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


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
