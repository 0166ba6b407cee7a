"""What no cell of a text has: then nobody needs to ask every cell again in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Digits that may stand behind a point where nothing is rounded: money is DECIMAL(18,4).
SHORT = 4
# Blanks of all kinds, and the last signs of words for a total.
BLANKS = (" ", "\t", "\u3000", "\u00a0")
TOTALS = ("计", "总", "l", "L")


@dataclass(frozen=True)
class Plain:
    """What holds of every cell of a text; nothing of it is known of other formats.

    trimmed    none ends with one of BLANKS, begins with a wide one, or is kept from Excel by ="…"
    no_totals  none ends with one of TOTALS
    short      no number has more than SHORT signs behind a point, nor a negative exponent
    """

    trimmed: bool = False
    no_totals: bool = False
    short: bool = False


UNKNOWN = Plain()


def of_all(seen: Iterable[Plain]) -> Plain:
    """What holds of several texts together."""
    told = list(seen)
    return Plain(
        trimmed=all(one.trimmed for one in told),
        no_totals=all(one.no_totals for one in told),
        short=all(one.short for one in told),
    )
