"""Which populations customers form, and which of them what a customer is called belongs to."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Literal

from chanplan.domain.channels import told_by

# 经销商, 终端, 消费者, and customers of whom nothing tells which they are.
Population = Literal["partner", "outlet", "consumer", "customer"]
POPULATIONS: Final[tuple[Population, ...]] = ("partner", "outlet", "consumer", "customer")
PARTNER: Final = "partner"
# The populations of the customers' own column.
OF_CUSTOMERS: Final[tuple[Population, ...]] = ("outlet", "consumer", "customer")
_WORDS = Path(__file__).with_name("population.toml")


def population_of(kind: str) -> Population | None:
    """The population that a customer's uploaded kind (终端, 会员, 经销商) tells; None for a kind
    that holds none of the known words."""
    found = told_by(kind, _known())
    return next((one for one in POPULATIONS if one == found), None)


@cache
def _known() -> dict[str, list[str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
