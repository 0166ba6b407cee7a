"""What a closing of a month leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

# flash  快报: what every figure was on that day; the month stays open
# final  决算: the same, and the month is locked until somebody opens it again
SnapKind = Literal["flash", "final"]
SNAP_KINDS: Final[tuple[SnapKind, ...]] = get_args(SnapKind)


@dataclass(frozen=True)
class Snapshot:
    """A closing of a month.

    seq         the number of its journal entry
    checksum    of all that it holds
    journalled  the same as written down when the month was closed; None in early journals
    opened      the number of the entry that opened the month again, None while it is closed
    """

    id: int
    month: int
    kind: SnapKind
    seq: int
    at: str
    by: str
    reason: str | None
    checksum: str
    journalled: str | None
    opened: int | None

    @property
    def otherwise(self) -> bool:
        """Whether a replay of the journal has made another snapshot than was made then."""
        return self.journalled is not None and self.journalled != self.checksum
