"""Whether the figures of a page are all that its files hold: rows, sums, the files' own totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandas as pd

from chanplan.analysis.arithmetic import ZERO

# A total written in cents, over rows with more places, may differ by as much as this.
LEAST = Decimal("0.01")


@dataclass(frozen=True)
class Resting:
    """files, and their rows: in_files = loaded + set_aside + skipped.

    money_aside  of rows set aside, as far as it can be read
    stated       files that have a total of their own; off: those whose rows do not come to it,
                 by how much in all
    sources      that the files are of
    """

    files: int
    in_files: int
    loaded: int
    set_aside: int
    skipped: int
    money_aside: Decimal
    stated: int
    off: int
    off_by: Decimal
    sources: int

    @property
    def state(self) -> Literal["whole", "aside", "off"]:
        """Everything is in; rows are set aside; a file's own total differs."""
        if self.off:
            return "off"
        return "aside" if self.set_aside else "whole"


def resting(files: pd.DataFrame) -> Resting:
    """In: `workspace.resting.files`, perhaps empty."""
    off = [told for told in files["stated_off"] if _known(told) and abs(told) >= LEAST]
    aside = files[files["rows_set_aside"] > 0]
    return Resting(
        files=int(files["sha256"].nunique()),
        in_files=int(files["rows_file"].sum()),
        loaded=int(files["rows_loaded"].sum()),
        set_aside=int(files["rows_set_aside"].sum()),
        skipped=int(files["rows_skipped"].sum()),
        money_aside=sum((told for told in aside["sum_set_aside"] if _known(told)), ZERO),
        stated=int(sum(_known(told) for told in files["sum_stated"])),
        off=len(off),
        off_by=sum(off, ZERO),
        sources=int(files["source"].nunique()),
    )


def _known(told: object) -> bool:
    return isinstance(told, Decimal)
