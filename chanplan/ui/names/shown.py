"""Names of persons on the page of names: masked as elsewhere, unless the reader asks."""

from __future__ import annotations

from chanplan.domain.care import key_of
from chanplan.domain.masking import is_personal, masked
from chanplan.ui import session
from chanplan.workspace.masking import OF_PERSONS


def shown(dimension: str, name: str) -> str:
    """138****1234 for a customer called by a phone number; other names as they are."""
    return masked(name) if dimension in OF_PERSONS and not session.unmasked() else name


def keyed(dimension: str, name: str) -> str:
    """What stands for a name in the key of an input, which every page's source shows."""
    return key_of("", name, None) if dimension in OF_PERSONS and is_personal(name) else name
