"""What a person chooses: by which traits customers are compared, and how many groups there are."""

from __future__ import annotations

from dataclasses import dataclass

# Trait → whether it is skewed, so that its logarithm is compared: twice as much is as far from
# once as four times from twice.
FEATURES = {
    "recency": True,
    "frequency": True,
    "amount": True,
    "order_value": True,
    "price": True,
    "categories": True,
    "channels": True,
    "channel_share": False,
    "discount": False,
    "returns": False,
    "growth": False,
}
# What every list of sales tells. The amount per order follows from amount and frequency, and
# shares are unknown or nought for most: whoever wants them adds them.
DEFAULT = ("recency", "frequency", "amount", "categories")
# Nobody keeps more groups apart than this.
LEAST_K, MOST_K = 2, 8


@dataclass(frozen=True)
class Choice:
    """features: those of FEATURES, in any order; k: how many groups, None to have it proposed."""

    features: tuple[str, ...] = DEFAULT
    k: int | None = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.features if name not in FEATURES]
        if unknown or (self.k is not None and not LEAST_K <= self.k <= MOST_K):
            raise ValueError(f"no such choice: {unknown or self.k}")
        ordered = tuple(name for name in FEATURES if name in self.features)
        object.__setattr__(self, "features", ordered)
