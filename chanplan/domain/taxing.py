"""Money with tax and without, one from the other: SQL that rounds half-even at four places."""

from __future__ import annotations

# Larger than any amount times 10^8 that DECIMAL(18,4) allows, so integer arithmetic is exact.
_SCALE = 100_000_000


def times(value: str, rate: str) -> str:
    """SQL of the amount with tax: value × (1 + rate); both NULL-safe."""
    return f"round_even(cast({value} as decimal(38, 4)) * (1 + {rate}), 4)"


def divided(value: str, by: str) -> str:
    """SQL of value ÷ by, exactly half-even at four places; DuckDB would divide in doubles. The
    amount without tax is the one with it ÷ (1 + rate)."""
    top = f"(cast(cast({value} as decimal(38, 4)) * 10000 as hugeint) * {_SCALE})"
    bottom = f"cast(cast({by} as decimal(38, 8)) * {_SCALE} as hugeint)"
    rest = f"(2 * abs({top} % {bottom}))"
    whole = f"({top} // {bottom})"
    up = f"{rest} > abs({bottom}) or ({rest} = abs({bottom}) and {whole} % 2 <> 0)"
    step = f"case when {up} then (case when {top} < 0 then -1 else 1 end) else 0 end"
    return f"(cast({whole} + {step} as decimal(30, 0)) * 0.0001)"
