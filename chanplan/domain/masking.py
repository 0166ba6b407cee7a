"""Customers that are called by a phone number, an ID number or an e-mail address: shown masked.

Only what is shown or saved is masked; keys stay whole, so that every count is exact. It is told by
the value alone: a heading may say 客户 over a column of phone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# A mainland mobile number, 11 digits, with or without +86 and separators.
MOBILE: Final = r"(\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
# An ID card number: 17 digits of which seven to fourteen are a birthday, and a digit or X.
IDENTITY: Final = (
    r"[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
MAIL: Final = r"[^@\s]+@[^@\s]+\.[^@\s]+"
# What a whole value must be, for engines and for us alike.
PERSONAL: Final = f"^({MOBILE}|{IDENTITY}|{MAIL})$"
STARS: Final = "****"
_PERSONAL, _MOBILE = re.compile(PERSONAL), re.compile(MOBILE)
_MOBILE_DIGITS = 11
# Digits that stay at either end of a number.
_HEAD, _TAIL = 3, 4


def is_personal(value: str) -> bool:
    """Whether a value as a whole is a phone number, an ID number or an e-mail address."""
    return _PERSONAL.fullmatch(value.strip()) is not None


def masked(value: str) -> str:
    """13812341234 → 138****1234; li.na@example.com → l****@example.com; others as they are."""
    bare = value.strip()
    if not is_personal(bare):
        return value
    name, at, host = bare.partition("@")
    if at:
        return f"{name[:1]}{STARS}@{host}"
    digits = re.sub(r"\D", "", bare)[-_MOBILE_DIGITS:] if _MOBILE.fullmatch(bare) else bare
    return f"{digits[:_HEAD]}{STARS}{digits[-_TAIL:]}"


def all_masked(values: Iterable[str]) -> dict[str, str]:
    """value → masked; two customers may read alike then, and are still two."""
    return {value: masked(value) for value in values}
