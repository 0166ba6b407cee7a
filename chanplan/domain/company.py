"""What a company says of its own counting: its words stand above the settings of the program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chanplan.domain import calendar, weeks
from chanplan.domain.errors import BadSettingError
from chanplan.domain.period import is_month
from chanplan.domain.scope import TAX_VIEWS

# Key → what its value looks like: the tax side that pages show first; the fiscal year's first
# month; the last day of a sales month; weeks; the rates by which foreign money is told;
# and by how much finance's figure may differ from ours.
KEYS: Mapping[str, re.Pattern[str]] = {
    "tax": re.compile("|".join(TAX_VIEWS)),
    "fiscal_year_start_month": re.compile(r"[1-9]|1[0-2]"),
    "cut_off_day": re.compile(r"[1-9]|[12]\d|3[01]"),
    "week": re.compile(r"none|iso|445:\d{4}-\d{2}-\d{2}"),
    "fx": re.compile(r"current|constant:\d{6}"),
    "tolerance": re.compile(r"\d{1,12}(\.\d{1,4})?"),
}
# How foreign money is told where nobody has said: at each month's own rate.
CURRENT = "current"
_CONSTANT, _WEEKLY = "constant:", "445:"


@dataclass(frozen=True)
class Company:
    """None: nobody has said, and the settings of the program count.

    tax   "with_tax" or "without_tax"
    week  "none", "iso" (weeks of ISO 8601 beside the months), or "445:2024-01-01": months of 4, 4
          and 5 weeks, in years that begin as one begins on that day
    fx    "current", or "constant:202401": every amount at the rate of that month
    tolerance  in money: what differs from finance's figure by no more ties with it
    """

    tax: str | None = None
    fiscal_year_start_month: int | None = None
    cut_off_day: int | None = None
    week: str | None = None
    fx: str | None = None
    tolerance: Decimal | None = None


@dataclass(frozen=True)
class Counting:
    """How the company counts: its own words, and what the settings say where it has none.

    fiscal_start  the fiscal year's first month
    cut_off_day   how months are cut, as domain/calendar has it; None: where the calendar cuts them
    week          as in `Company`
    currency      the company's money; fx: at which rates others are told in it
    """

    fiscal_start: int = 1
    cut_off_day: int | None = None
    week: str = "none"
    currency: str = "CNY"
    fx: str = CURRENT

    @property
    def cut(self) -> int:
        """The same as `cut_off_day`, as a number in any case."""
        return self.cut_off_day or calendar.MONTH_END

    def with_words(self, words: Company) -> Counting:
        """The company's words above these. Months of weeks say where the fiscal year begins."""
        week = words.week or self.week
        first = weeks_from(week)
        cut = words.cut_off_day or self.cut_off_day
        if first is not None:
            cut, fiscal = calendar.weekly(first), weeks.first_month(first)
        else:
            fiscal = words.fiscal_year_start_month
        # The 31st is the end of any month.
        plain = None if cut == calendar.MONTH_END else cut
        return replace(
            self,
            fiscal_start=fiscal or self.fiscal_start,
            cut_off_day=plain,
            week=week,
            fx=words.fx or self.fx,
        )


def weeks_from(week: str) -> date | None:
    """The first day of "445:2024-01-01"; None for what is no 4-4-5 calendar."""
    told = week.removeprefix(_WEEKLY)
    return date.fromisoformat(told) if told != week else None


def constant_month(fx: str) -> int | None:
    """202401 of "constant:202401"; None where every month has its own rates."""
    return int(fx.removeprefix(_CONSTANT)) if fx.startswith(_CONSTANT) else None


def check(key: str, value: str | None) -> None:
    """BadSettingError for a key that there is not, or a value that it cannot have."""
    if key not in KEYS or not (value is None or KEYS[key].fullmatch(value)):
        raise BadSettingError("bad_company_word", name=key, value=value or "")
    if value is None:
        return
    if key == "week" and value.startswith(_WEEKLY) and not _can_begin(value):
        raise BadSettingError("bad_weeks", value=value.removeprefix(_WEEKLY))
    if key == "fx" and not is_month(constant_month(value) or 200001):
        raise BadSettingError("bad_company_word", name=key, value=value)


def _can_begin(week: str) -> bool:
    try:
        first = weeks_from(week)
    except ValueError:
        return False
    return first is not None and weeks.first_month(first) is not None


def company(said: Mapping[str, str]) -> Company:
    """From the words as they are kept."""

    def whole(key: str) -> int | None:
        return int(said[key]) if key in said else None

    return Company(
        said.get("tax"),
        whole("fiscal_year_start_month"),
        whole("cut_off_day"),
        said.get("week"),
        said.get("fx"),
        Decimal(said["tolerance"]) if "tolerance" in said else None,
    )
