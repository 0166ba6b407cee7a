"""Which months a choice of period means; pure, so that it can be checked by hand."""

from __future__ import annotations

from collections.abc import Sequence

from chanplan.domain.period import Period, shift

KINDS = ("month", "quarter", "year_to_date", "last_12", "event", "custom")
LONG = 12


def default_kind(covered: Sequence[int]) -> str:
    """The last 12 months where there are as many with data; else all there are."""
    return "last_12" if len(covered) >= LONG else "custom"


def months(covered: Sequence[int]) -> list[str]:
    """The months with data, latest first, as the address writes them: 2024-03."""
    return [code(month) for month in sorted(covered, reverse=True)]


def quarters(covered: Sequence[int]) -> list[str]:
    """The calendar quarters touched by the months with data, latest first: 2024-Q1."""
    return list(dict.fromkeys(_quarter(month) for month in sorted(covered, reverse=True)))


def code(month: int) -> str:
    """202403 → 2024-03."""
    return f"{month // 100}-{month % 100:02d}"


def month_of(text: str) -> int:
    """2024-03 → 202403."""
    return int(text[:4]) * 100 + int(text[5:7])


def quarter_of(text: str) -> int:
    """2024-Q1 → 20241, the number the catalogue and the formatter use."""
    return int(text[:4]) * 10 + int(text[6])


def choices_of(dimension: str, member: int) -> dict[str, str]:
    """The choices of the sidebar that mean a month (202403), a quarter (20241) or a year; a
    year's ends fall back to the months with data."""
    if dimension == "month":
        return {"period": "month", "month": code(member)}
    if dimension == "quarter":
        return {"period": "quarter", "quarter": f"{member // 10}-Q{member % 10}"}
    return {"period": "custom", "from": f"{member}-01", "to": f"{member}-12"}


def choices_of_span(period: Period) -> dict[str, str]:
    """The choices of the sidebar that mean these months."""
    if len(period) == 1:
        return choices_of("month", period.first)
    return {"period": "custom", "from": code(period.first), "to": code(period.last)}


def of_quarter(text: str) -> Period:
    """2024-Q1 → January to March 2024."""
    first = int(text[:4]) * 100 + (int(text[6]) - 1) * 3 + 1
    return Period(first, shift(first, 2))


def year_to_date(last: int, first_month: int = 1) -> Period:
    """From the start of the (fiscal) year that holds `last` to `last`."""
    back = (last % 100 - first_month) % 12
    return Period(shift(last, -back), last)


def last_12(last: int) -> Period:
    """The twelve months that end with `last`."""
    return Period(shift(last, 1 - LONG), last)


def span(ends: Sequence[int]) -> Period:
    """From the earlier to the later of two months, whichever was picked first."""
    return Period(min(ends), max(ends))


def _quarter(month: int) -> str:
    return f"{month // 100}-Q{(month % 100 + 2) // 3}"
