"""Tick marks and their texts: amounts in 万/亿 or K/M with the unit once, months with years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.period import from_ordinal, ordinal
from chanplan.language.numbers import Formatter

# Steps between ticks that heads can add.
STEPS = tuple(Decimal(step) for step in ("1", "2", "2.5", "5", "10"))
MOST_TICKS = 5
# Labels that stand side by side on a phone without touching.
MOST_MONTH_LABELS = 9


@dataclass(frozen=True)
class Ticks:
    """Positions on an axis and what is written there."""

    positions: tuple[float, ...]
    texts: tuple[str, ...]


def amounts(lowest: Decimal, highest: Decimal, formatter: Formatter) -> Ticks:
    """Round amounts over a span that includes zero; the unit stands at the topmost only."""
    low, high = min(lowest, ZERO), max(highest, ZERO)
    step = _step(high - low)
    first, last = int((low / step).to_integral_value()), int((high / step).to_integral_value())
    values = [step * at for at in range(first, last + 1) if low <= step * at <= high]
    scale = formatter.axis(values)
    places = _places(step / scale.divisor)
    texts = [scale.show(value, places) if value else "0" for value in values]
    if values[-1]:
        texts[-1] += scale.unit
    elif values[0]:
        texts[0] += scale.unit
    return Ticks(tuple(float(value) for value in values), tuple(texts))


def months(shown: Sequence[int], formatter: Formatter) -> Ticks:
    """Labels for a run of months placed by ordinal: the year stands below its first label."""
    first, last = ordinal(shown[0]), ordinal(shown[-1])
    every = _month_step(last - first + 1)
    # Counted from January, so that years begin at a label when steps are longer.
    at = [number for number in range(first, last + 1) if every == 1 or number % every == 0]
    texts, year = [], None
    for month in map(from_ordinal, at or [first]):
        named = formatter.year(month // 100)
        text = named if every == 12 else formatter.short_month(month)
        texts.append(text if year == month // 100 or every == 12 else f"{text}<br>{named}")
        year = month // 100
    return Ticks(tuple(float(number) for number in at or [first]), tuple(texts))


def _month_step(count: int) -> int:
    """Every month, or every second, third, sixth or twelfth, as many as fit."""
    fitting = (step for step in (1, 2, 3, 6) if count <= step * MOST_MONTH_LABELS)
    return next(fitting, 12)


def _step(span: Decimal) -> Decimal:
    """The smallest round step that needs no more than MOST_TICKS intervals."""
    if span <= 0:
        return Decimal(1)
    rough = span / MOST_TICKS
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in STEPS if step * power >= rough)


def _places(step: Decimal) -> int:
    """Decimals that a scaled step needs: 0.25 → 2, 20 → 0."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
