"""How a date column is written, decided over many cells and never from one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from chanplan.ingest import forms, values
from chanplan.ingest.told import Question


def usual_shape(cells: Iterable[str | None]) -> str:
    """The commonest `values.DateShape` of a column, "iso" when nothing is a date.

    Serial numbers must be the majority: one five-digit number is no date.
    """
    shapes = Counter(shape for cell in cells if (shape := values.shape_of(cell)))
    return shapes.most_common(1)[0][0] if shapes else "iso"


def date_order(texts: Iterable[str], field: str, today: date) -> tuple[str | None, Question | None]:
    """The only order that reads every text such as 3/15/2024, else a question with a proposal."""
    ordered = [text for text in set(texts) if values.shape_of(text) == "order"]
    possible = [order for order in forms.ORDERS if _reads_all(ordered, order, today)]
    if len(possible) == 1:
        return possible[0], None
    options = tuple(possible) or ("mdy", "dmy")
    return None, Question("date_order", field, options, _likelier(ordered, options))


def _reads_all(texts: Iterable[str], order: str, today: date) -> bool:
    last = today + timedelta(days=1)
    days = [values.date_of(text, order) for text in texts]
    return all(day is not None and day <= last for day in days)


def _likelier(texts: Iterable[str], options: Iterable[str]) -> str | None:
    """An export covers few months and many days, so the order with fewer months is likelier."""
    months = {
        order: {(day.year, day.month) for t in texts if (day := values.date_of(t, order))}
        for order in options
    }
    fewest = sorted(months, key=lambda order: len(months[order]))
    if len(fewest) > 1 and len(months[fewest[0]]) == len(months[fewest[1]]):
        return None
    return fewest[0]
