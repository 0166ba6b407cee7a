"""How the numbers of a file are written, decided over many cells and never from one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from chanplan.ingest import forms, values
from chanplan.ingest.told import Question

SIGNS = ("point", "comma")
# So many numbers that only a decimal comma explains are no slip of the pen.
ENOUGH = 3
# So many times as many cells with a comma outweigh those that only a point explains.
_FEW = 10
_DOT_GROUP = re.compile(forms.DOT_GROUP)
_BOTH_SIGNS = re.compile(r"\d\.\d{3},\d")
_DECIMALS = re.compile(r"\.\d")


def decimal_sign(cells: Sequence[str | None], as_text: bool) -> tuple[str | None, Question | None]:
    """("comma" or None for the usual point, what to ask).

    as_text  the cells were typed as text; a workbook's numbers are never ambiguous
    """
    told = [values.tidy(cell).replace(" ", "") for cell in cells if not values.is_none(cell)]
    told = [text for text in told if not text.endswith("%")]  # a rate says nothing of amounts
    comma = [text for text in told if values.comma_number(text)]
    proven = len(comma) >= ENOUGH or any(map(_BOTH_SIGNS.search, comma))
    dots = [text for text in told if _DECIMALS.search(text) and not values.comma_number(text)]
    point = [text for text in dots if not _DOT_GROUP.match(text)]
    # A few cells in another writing are another money, or a slip: they are set aside.
    if proven and len(point) * _FEW <= len(comma):
        return "comma", None
    if proven or (as_text and len(dots) >= ENOUGH and not point):
        return None, Question("decimal", "amount", SIGNS, "comma" if proven else None)
    return None, None


def money_of(cells: Iterable[str | None]) -> str | None:
    """The money that half of the amounts or more say they are in; None where they do not."""
    said = Counter(values.currency_of(cell) for cell in cells if not values.is_none(cell))
    money, times = max(
        ((money, times) for money, times in said.items() if money),
        key=lambda one: one[1],
        default=(None, 0),
    )
    return money if times * 2 >= said.total() else None


def whole_rows(rows: Iterable[Sequence[str | None]], width: int) -> bool:
    """Whether hardly any row ends before the last heading, so that one that does is shifted."""
    filled = [row for row in rows if sum(1 for cell in row if cell) > 1]
    short = sum(1 for row in filled if len(row) < width)
    return bool(filled) and short * 10 <= len(filled)
