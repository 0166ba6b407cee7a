"""Tick marks and their texts: amounts in 万/亿 or K/M with the unit once, months with years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.period import MONTHS_A_YEAR, from_ordinal, ordinal
from chanplan.language.numbers import Formatter

# Steps between ticks that heads can add.
STEPS = tuple(Decimal(step) for step in ("1", "2", "2.5", "5", "10"))
MOST_TICKS = 5
# Labels that stand side by side on a phone without touching: a year, and its month before.
MOST_MONTH_LABELS = 13
# From here on a Chinese label is the number alone, save the year's first.
MONTH_LABELS_WITH_UNIT = 9
# Up to here two years fit side by side under neighbouring labels.
YEARS_SIDE_BY_SIDE = 7
MONTH_SIZE = 11


@dataclass(frozen=True)
class Ticks:
    """Positions on an axis and what is written there."""

    positions: tuple[float, ...]
    texts: tuple[str, ...]


def amounts(lowest: Decimal, highest: Decimal, formatter: Formatter) -> Ticks:
    """Round amounts over a span that includes zero; the unit stands at the topmost only."""
    return between(min(lowest, ZERO), max(highest, ZERO), formatter)


def between(low: Decimal, high: Decimal, formatter: Formatter, most: int = MOST_TICKS) -> Ticks:
    """Round amounts from low to high, in no more than `most` intervals."""
    step = _step(high - low, most)
    first, last = int((low / step).to_integral_value()), int((high / step).to_integral_value())
    values = [step * at for at in range(first, last + 1) if low <= step * at <= high] or [low]
    scale = formatter.axis(values)
    places = _places(step / scale.divisor)
    texts = [scale.show(value, places) if value else "0" for value in values]
    if values[-1]:
        texts[-1] += scale.unit
    elif values[0]:
        texts[0] += scale.unit
    return Ticks(tuple(float(value) for value in values), tuple(texts))


def months(shown: Sequence[int], formatter: Formatter, most: int = MOST_MONTH_LABELS) -> Ticks:
    """At most `most` labels for a run of months placed by ordinal: the year stands below its
    first label.

    A lone last month of the year before has none: the years would run into each other.
    """
    first, last = ordinal(shown[0]), ordinal(shown[-1])
    every = _month_step(last - first + 1, most)
    # Counted from January, so that years begin at a label when steps are longer.
    at = [number for number in range(first, last + 1) if every == 1 or number % every == 0]
    shown = [from_ordinal(number) for number in at or [first]]
    if every == MONTHS_A_YEAR:
        texts = [formatter.year(month // 100) for month in shown]
    else:
        texts = [_month_label(shown, place, formatter) for place in range(len(shown))]
    return Ticks(tuple(float(number) for number in at or [first]), tuple(texts))


def _month_label(shown: Sequence[int], place: int, formatter: Formatter) -> str:
    """12月, or 12月 above 2024年 at a year's first label."""
    years = [month // 100 for month in shown]
    starts = place == 0 or years[place] != years[place - 1]
    lone = place == 0 and len(shown) > YEARS_SIDE_BY_SIDE and years[1] != years[0]
    text = formatter.short_month(shown[place])
    if starts and not lone:
        return f"{text}<br>{formatter.year(years[place])}"
    crowded = len(shown) > MONTH_LABELS_WITH_UNIT and formatter.language == "zh"
    return str(shown[place] % 100) if crowded and not starts else text


def _month_step(count: int, most: int) -> int:
    """Every month, or every second, third, sixth or twelfth, as many as fit."""
    fitting = (step for step in (1, 2, 3, 6) if count <= step * most)
    return next(fitting, MONTHS_A_YEAR)


def _step(span: Decimal, most: int) -> Decimal:
    """The smallest round step that needs no more than `most` intervals."""
    if span <= 0:
        return Decimal(1)
    rough = span / most
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in STEPS if step * power >= rough)


def _places(step: Decimal) -> int:
    """Decimals that a scaled step needs: 0.25 → 2, 20 → 0."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
