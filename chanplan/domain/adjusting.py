"""Sales that a person has adjusted by hand: the source that their lines come under."""

from __future__ import annotations

from typing import Final

# What the store calls it whatever language its author reads, as files keep the names they have.
ADJUSTED: Final = "手工调整"
