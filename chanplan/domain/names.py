"""Two names of one thing, and what a person has said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

# accept  the names mean one member, which goes by the second
# refuse  they mean two, and are not suggested again
# back    neither: as if nobody had said anything
Says = Literal["accept", "refuse", "back"]
SAYS: Final[tuple[Says, ...]] = get_args(Says)

# The dimensions whose members different sources name differently.
MATCHED: Final = ("channel", "partner", "product", "customer", "region", "province")


@dataclass(frozen=True, order=True)
class Pair:
    """A name as files have it, and the member it is taken for."""

    dimension: str
    name: str
    master: str

    def to_json(self) -> list[str]:
        """As the journal keeps it."""
        return [self.dimension, self.name, self.master]


def pairs_of(body: Mapping[str, Any]) -> list[Pair]:
    """The pairs of a journal entry."""
    return [Pair(*told) for told in body["pairs"]]
