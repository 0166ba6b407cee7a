"""The disk may be full whenever something is written: one fault says so, wherever it happens."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from chanplan.domain.errors import StoreFaultError

# No space, no share of it left, no larger file allowed. Windows knows no shares.
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


def is_full(fault: BaseException) -> bool:
    """Whether the system refused to write for want of room."""
    return isinstance(fault, OSError) and fault.errno in FULL


@contextmanager
def writing() -> Iterator[None]:
    """StoreFaultError in place of the system's own when a file cannot be written."""
    try:
        yield
    except OSError as fault:
        code = "store_no_room" if is_full(fault) else "store_failed"
        raise StoreFaultError(code, detail=fault.strerror or str(fault)) from fault
