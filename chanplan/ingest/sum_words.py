"""Cells that say of their row that it sums up others, as recognition looks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SUM = re.compile(
    r"[小合总] *计|汇总|累计|共计|小结|总和|总额|total|summe|gesamt|somme|totaal|sum of|^suma?$"
    r"|итого|всего|^(?:overall |grand )?results?$|ergebnis|^\s*[*∑σ]+|^(?:全部|所有)"
    r"|^(?:ytd|average|avg|mean|平均值?|均值|其中.*|of which.*)$"
)


# Words for rates, as patterns: those that stand alone, and those that no name ends with.
RATE = (
    r"毛利率|较去年|较上年|较上月|涨幅|growth|growth ?rate|growth ?%|% ?growth|% ?change|change ?%"
    r"|achievement|attainment|achieved ?%|vs\.? ?(?:ly|py|last ?year|prior ?year)"
)
RATE_WORDS = (
    r"同比|环比|占比|(?:同比|环比)?增长率|(?:同比|环比)增[长速幅]|增[速幅]|达成率|完成率"
    r"|yoy|qoq|y/y|m/m"
)


def says_sum(cells: Iterable[str | None]) -> bool:
    """Whether any of a row's cells says so."""
    return any(_SUM.search(cell.casefold().strip()) for cell in cells if cell)
