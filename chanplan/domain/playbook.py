"""The playbook as it comes: for every segment what to do, and how often to speak to a customer."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

_DECLARED = Path(__file__).with_name("playbook.toml")
# For a customer whose segment has no line of its own.
OTHER: Final = "other"
# A rhythm (回访计划) is between a day and a year.
LEAST_DAYS, MOST_DAYS = 1, 366
Tongue = Literal["zh", "en"]


@dataclass(frozen=True)
class Play:
    """What to do with customers of a segment, and after how many days to speak to them again.

    own  whether somebody of the company has written it; seq: number of the journal entry
    """

    segment: str
    action: str
    days: int
    own: bool = False
    seq: int = 0


def defaults(language: Tongue) -> Mapping[str, Play]:
    """Segment → its play as it comes."""
    return {
        segment: Play(segment, str(body[language]), int(str(body["days"])))
        for segment, body in _declared().items()
    }


@cache
def _declared() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(_DECLARED.read_text(encoding="utf-8"))
