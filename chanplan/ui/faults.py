"""Where an unforeseen fault is written down, so that a person can pass on its reference."""

from __future__ import annotations

import logging
from secrets import token_hex

_LOG = logging.getLogger("chanplan")


def log() -> str:
    """Log the exception being handled; returns the reference under which it stands there."""
    reference = token_hex(4)
    _LOG.exception("unexpected fault, reference %s", reference)
    return reference
