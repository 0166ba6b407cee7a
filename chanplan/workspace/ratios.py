"""Ratios as answers give them: exact to six places, unknown without anything to divide by."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

# A rate to a ten-thousandth of a percent, a price to a hundredth of a ten-thousandth.
RATIO_PLACES = Decimal("0.000001")


def quotient(above: Decimal | int | None, below: Decimal | int | None) -> Decimal | None:
    """above / below; None where either is unknown or nothing is below."""
    if above is None or not below:
        return None
    return (Decimal(above) / Decimal(below)).quantize(RATIO_PLACES, ROUND_HALF_EVEN)
