"""What a file says anew of months that its source has told before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

# append          both files count
# replace         this file's channels and partners count from it alone, in its months
# replace_months  its source counts from it alone, in its months
Takes = Literal["append", "replace", "replace_months"]
TAKES: Final[tuple[Takes, ...]] = get_args(Takes)

Money = Decimal | None


@dataclass(frozen=True)
class Restated:
    """A file's lines beside those that count for its source, basis and months.

    Beside each other stand the lines of the file's own channels and partners:
    same      lines that are alike in everything
    changed   lines of the same order and item (or day, member and item) with other figures
    new, vanished  lines that only the file, only the store has
    sums      (channel, sum before, sum in the file), largest first; net amount as in the file
    absent    (member, lines, sum) of this source's other channels and partners in these months:
              they stay with `replace`, and go with `replace_months`
    """

    files: tuple[str, ...]
    months: tuple[int, ...]
    same: int
    changed: int
    new: int
    vanished: int
    sums: tuple[tuple[str | None, Money, Money], ...] = ()
    absent: tuple[tuple[str, int, Money], ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether something would count twice if both files counted."""
        return self.same + self.changed > 0
