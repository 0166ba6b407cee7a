"""What a company says of its own counting: its words stand above the settings of the program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chanplan.domain.errors import BadSettingError
from chanplan.domain.scope import TAX_VIEWS

# Key → what its value looks like: the tax side that pages show first; the fiscal year's first
# month; the last day of a sales month; weeks; the rates by which foreign money is told;
# and by how much finance's figure may differ from ours.
KEYS: Mapping[str, re.Pattern[str]] = {
    "tax": re.compile("|".join(TAX_VIEWS)),
    "fiscal_year_start_month": re.compile(r"[1-9]|1[0-2]"),
    "cut_off_day": re.compile(r"[1-9]|[12]\d|3[01]"),
    "week": re.compile(r"none|iso|445"),
    "fx": re.compile(r"current|constant:\d{6}"),
    "tolerance": re.compile(r"\d{1,12}(\.\d{1,4})?"),
}


@dataclass(frozen=True)
class Company:
    """None: nobody has said, and the settings of the program count.

    tax   "with_tax" or "without_tax"; week  "none", "iso" or "445"
    fx    "current", or "constant:202401": every amount at the rate of that month
    tolerance  in money: what differs from finance's figure by no more ties with it
    """

    tax: str | None = None
    fiscal_year_start_month: int | None = None
    cut_off_day: int | None = None
    week: str | None = None
    fx: str | None = None
    tolerance: Decimal | None = None


def check(key: str, value: str | None) -> None:
    """BadSettingError for a key that there is not, or a value that it cannot have."""
    if key not in KEYS or not (value is None or KEYS[key].fullmatch(value)):
        raise BadSettingError("bad_company_word", name=key, value=value or "")


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
