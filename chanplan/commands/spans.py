"""Two spans that a shell names by months or by days, as a scope knows them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import click

from chanplan.commands import written
from chanplan.domain import calendar, same_days
from chanplan.domain.period import Period, is_month
from chanplan.domain.scope import Scope

FROM, TO, BASE = "--from", "--to", "--base"
# 202403 is a month, 20240315 a day.
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))")


def month_of(text: str, option: str, of_year: int = 0) -> int:
    """2024-03, 2024/3 or 202403; a year alone stands for its month `of_year`, if any. Raises
    click.BadParameter about `option`."""
    found = re.fullmatch(r"(\d{4})(?:[-/.]?(\d{1,2}))?", text.strip())
    month = int(found[1]) * 100 + int(found[2] or of_year) if found else 0
    if not is_month(month):
        raise click.BadParameter(f"{text!r} is not a month such as 2024-03", param_hint=option)
    return month


def is_day(text: str | None) -> bool:
    """Whether a word of the command line names a day, such as 2024-03-15."""
    return bool(_DAY.fullmatch((text or "").strip()))


def beside(
    scope: Scope, first: str | None, last: str | None, base: str | None, cut_off_day: int
) -> tuple[Scope, Period]:
    """The scope with the days that were named, and the months of the base.

    A span of which one end is a month begins with its first day, or ends with its last. Without
    a base the same days a year before are meant. Raises click.BadParameter.
    """
    ends = [end for end in (base or "").partition(":")[::2] if end]
    if base and not ends:
        raise click.BadParameter(f"{base!r} is no span of months or days", param_hint=BASE)
    if not any(map(is_day, (first, last, *ends))):
        return scope, _period(ends) if ends else scope.period.last_year()
    months = scope.period
    now = (_start(first, FROM, months.first, cut_off_day), _end(last, TO, months.last, cut_off_day))
    if ends:
        then = (_start(ends[0], BASE, 0, cut_off_day), _end(ends[-1], BASE, 0, cut_off_day))
    else:
        then = (same_days.year_before(now[0]), same_days.year_before(now[1]))
    for one, option in ((now, FROM), (then, BASE)):
        if one[0] > one[1]:
            raise click.BadParameter(f"{one[0]} comes after {one[1]}", param_hint=option)
    period, before, days = same_days.between(now, then, cut_off_day)
    return replace(scope, period=period, days=days), before


def months_of(text: str | None) -> str | None:
    """The month that holds a day, for what knows months; other words as they are."""
    return _day(text, FROM).strftime("%Y-%m") if text and is_day(text) else text


def told(scope: Scope, base: Period) -> tuple[str, str]:
    """Both spans as they are printed, by their days where these were named."""
    days = scope.days
    if days is None:
        return _span(scope.period), _span(base)
    return f"{days.first}:{days.last}", f"{days.base_first}:{days.base_last}"


def _span(period: Period) -> str:
    return f"{written.month(period.first)}:{written.month(period.last)}"


def _period(ends: list[str]) -> Period:
    """2023-01:2023-12, or one month or year."""
    first, last = month_of(ends[0], BASE, 1), month_of(ends[-1], BASE, 12)
    if first > last:
        raise click.BadParameter(f"{ends[0]} comes after {ends[-1]}", param_hint=BASE)
    return Period(first, last)


def _start(text: str | None, option: str, month: int, cut_off_day: int) -> date:
    if text and is_day(text):
        return _day(text, option)
    return calendar.first_day(month_of(text, option, 1) if text else month, cut_off_day)


def _end(text: str | None, option: str, month: int, cut_off_day: int) -> date:
    if text and is_day(text):
        return _day(text, option)
    return calendar.last_day(month_of(text, option, 12) if text else month, cut_off_day)


def _day(text: str, option: str) -> date:
    found = _DAY.fullmatch(text.strip())
    try:
        assert found is not None
        return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day of the calendar", param_hint=option) from None
