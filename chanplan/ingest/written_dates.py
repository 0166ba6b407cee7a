"""How a date column is written, decided over many cells and never from one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from chanplan.ingest import forms, values
from chanplan.ingest.told import Question

# Fewer of either are no sign of what a program did to all.
_ENOUGH = 3
_MONTHS = 12
_FEW = 4
_CHINESE, _ENGLISH = "一二三四五六日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"(?:星期|周|礼拜)([{_CHINESE}])|\b({'|'.join(_ENGLISH)})")


def usual_shape(cells: Iterable[str | None]) -> str:
    """The commonest `values.DateShape` of a column, "iso" when nothing is a date.

    Serial numbers must be the majority: one five-digit number is no date.
    """
    shapes = Counter(shape for cell in cells if (shape := values.shape_of(cell)))
    return shapes.most_common(1)[0][0] if shapes else "iso"


def swapped(cells: Iterable[str | None]) -> str | None:
    """A text that tells that Excel has taken days for months; None where nothing does.

    Opened with another order of day and month than they were written in, dates such as 5/3 become
    3 May, and 25/3, which is none in that order, stays text: so every date that became one has a
    day up to 12, and every one that stayed text has a part above.
    """
    told = [cell for cell in cells if cell]
    texts = [cell for cell in told if values.shape_of(cell) == "order"]
    days = [values.date_of(cell) for cell in told if values.shape_of(cell) == "iso"]
    found = [day for day in days if day]
    if len(texts) < _ENOUGH or not found:
        return None
    read = [[day for order in ("mdy", "dmy") if (day := values.date_of(text, order))]
            for text in texts]  # fmt: skip
    stayed = all(len(days) == 1 for days in read)
    if stayed and _turned({(day.year, day.month) for days in read for day in days}, found):
        return texts[0]
    if len(found) < _ENOUGH:
        return None
    # Of dates that nobody exchanged three in five lie after the twelfth; a few may be typed in.
    after = sum(1 for day in found if day.day > _MONTHS)
    return texts[0] if stayed and after * _FEW <= len(found) else None


def _turned(months: Collection[tuple[int, int]], found: Iterable[date]) -> bool:
    """Whether dates lie in none of these months, and all do with day and month exchanged: of a
    month's file a few are enough to tell. 3/3 is the same either way, and 17 is no month."""
    apart = [day for day in found if day.day != day.month and day.day <= _MONTHS]
    return bool(apart) and all(
        (day.year, day.month) not in months and (day.year, day.day) in months for day in apart
    )


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
    days = ((text, values.date_of(text, order)) for text in texts)
    return all(day and day <= last and _of_weekday(day, text) for text, day in days)


def _of_weekday(day: date, text: str) -> bool:
    """Whether a day is the weekday that its text tells, if it tells one: Mon 03/02/2025."""
    found = _WEEKDAY.search(values.tidy(text))
    if found is None:
        return True
    chinese, english = found.groups()
    return day.weekday() == (_ENGLISH.index(english) if english else _CHINESE.index(chinese))


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
