"""The disk may be full, or not ours, whenever something is written: one fault says so."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from chanplan.domain.errors import StoreFaultError

# No space, no share of it left, no larger file allowed. Windows knows no shares.
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


# Not ours to write, or mounted so that nobody may.
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def is_full(fault: BaseException) -> bool:
    """Whether the system refused to write for want of room."""
    return isinstance(fault, OSError) and fault.errno in FULL


@contextmanager
def writing() -> Iterator[None]:
    """StoreFaultError in place of the system's own when a file cannot be written."""
    try:
        yield
    except OSError as fault:
        raise StoreFaultError(_code(fault), detail=_detail(fault)) from fault


def _code(fault: OSError) -> str:
    if is_full(fault):
        return "store_no_room"
    return "store_read_only" if fault.errno in FORBIDDEN else "store_failed"


def _detail(fault: OSError) -> str:
    """What the system says, and of which file."""
    said = fault.strerror or str(fault)
    return f"{said}: {fault.filename}" if fault.filename else said
