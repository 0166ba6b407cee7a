"""A part of a sheet that one table takes up: lines a–b, and columns where tables stand beside."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINES = re.compile(r"^\s*(\d+)\s*[-–—~:]\s*(\d*)\s*$")
_CELLS = re.compile(r"^\s*([A-Za-z]{1,3})(\d+)\s*[-–—~:]\s*([A-Za-z]{1,3})(\d*)\s*$")
_LETTERS = 26


@dataclass(frozen=True)
class Area:
    """Lines count from 1, columns from 0; None: as far as the sheet goes."""

    first: int
    last: int | None = None
    left: int = 0
    right: int | None = None

    @classmethod
    def parse(cls, said: str) -> Area | None:
        """What a person wrote: "3-20", "25-", "A3:F20", "A3:F"; None for anything else."""
        if found := _LINES.match(said):
            area = cls(int(found[1]), int(found[2]) if found[2] else None)
        elif found := _CELLS.match(said):
            last = int(found[4]) if found[4] else None
            area = cls(int(found[2]), last, _column(found[1]), _column(found[3]))
        else:
            return None
        upright = area.first > 0 and (area.last is None or area.last >= area.first)
        return area if upright and (area.right is None or area.right >= area.left) else None

    def __str__(self) -> str:
        last = "" if self.last is None else str(self.last)
        if self.right is None:
            return f"{self.first}-{last}"
        return f"{_letters(self.left)}{self.first}:{_letters(self.right)}{last}"


def _column(letters: str) -> int:
    at = 0
    for letter in letters.upper():
        at = at * _LETTERS + ord(letter) - ord("A") + 1
    return at - 1


def _letters(at: int) -> str:
    told = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, _LETTERS)
        told = chr(ord("A") + rest) + told
    return told
