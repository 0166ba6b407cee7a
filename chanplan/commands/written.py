"""How values are written for machines: decimals as plain text, months as 2024-03."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def plain(value: object) -> Any:
    """A value as JSON and CSV show it; a Decimal without exponent and trailing zeros."""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, float) and value.is_integer():
        return int(value)  # a count beside which another is unknown
    if isinstance(value, (int, float, str)) or value is None:
        return value
    return int(value) if hasattr(value, "__index__") else str(value)


def month(value: int) -> str:
    """202403 → 2024-03."""
    return f"{value // 100}-{value % 100:02d}"


def member(dimension: str, value: object) -> object:
    """A dimension's member: calendar members in readable form, others as they are."""
    if value is None:
        return None
    if dimension == "month":
        return month(int(str(value)))
    if dimension in ("quarter", "fiscal_quarter"):
        return f"{int(str(value)) // 10}-Q{int(str(value)) % 10}"
    return plain(value)
