"""Sales that a person has adjusted by hand: the source that their lines come under."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# What the store calls it whatever language its author reads, as files keep the names they have.
ADJUSTED: Final = "手工调整"


@dataclass(frozen=True)
class Told:
    """How many adjustments net sales hold, and their sum; None in unlike currencies."""

    count: int
    money: Decimal | None
