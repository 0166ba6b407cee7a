"""Every setting with its default and the reason for it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chanplan.domain.errors import BadSettingError

MIB = 1024 * 1024
GIB = 1024 * MIB

# A company that says nothing is one in China.
DEFAULT_CURRENCY = "CNY"

# The person's own store lies beside the program, so that one folder is the whole product.
DEFAULT_HOME = Path(__file__).resolve().parents[1] / "data" / "store"


@dataclass(frozen=True)
class Limits:
    """How much one file may cost before it is refused with a sentence; bytes and seconds."""

    # A workbook's parser gets this much memory: real exports of 100,000 rows need a tenth of
    # it, unpacking bombs need more at once.
    workbook_memory: int = GIB
    # An honest large workbook (its parts say so themselves) may use up to this much.
    large_workbook_memory: int = 3 * GIB
    # Processor time of the parser for the first 64 MiB of unpacked sheet. 100,000 rows take
    # two seconds.
    workbook_seconds: int = 15
    # Unpacked bytes above which a workbook counts as large; memory and time grow from here.
    large_workbook_unpacked: int = 64 * MIB
    # More unpacked bytes than this is no workbook Excel itself could open comfortably.
    workbook_unpacked: int = 1536 * MIB
    # Unpacked over packed size of one part. Real parts measured: 12:1, with repeated values
    # up to about 60:1; bombs 271:1 to 1024:1.
    workbook_ratio: int = 200
    # Parts in the archive; a workbook has a few per sheet.
    workbook_members: int = 10_000
    # Unpacked bytes of a gzip or a zip of one file; more than that is brought as it is.
    unpacked_bytes: int = 4 * GIB
    # What a browser may send; larger files go through data/inbox or the command line.
    upload_bytes: int = 200 * MIB


@dataclass(frozen=True)
class Share:
    """How much of the machine the database may take."""

    # DuckDB's own 80 % leave too little for the parser of workbooks and the frames of pages.
    memory: str = "60%"
    # Nobody waits longer for a figure. Imports, which show their progress, may take their time.
    seconds: float = 120.0


@dataclass(frozen=True)
class Settings:
    """Where the store is and how the company counts.

    fiscal_year_start_month  1 = calendar year, the default of every company that says nothing
    cut_off_day              last day of a sales month; None = the month's own end
    language                 "zh" or "en"; None = the browser's
    currency                 the money of every file that does not say which its amounts are in
    """

    home: Path = DEFAULT_HOME
    limits: Limits = field(default_factory=Limits)
    share: Share = field(default_factory=Share)
    fiscal_year_start_month: int = 1
    cut_off_day: int | None = None
    language: str | None = None
    currency: str = DEFAULT_CURRENCY


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings with CHANPLAN_HOME, _FISCAL_YEAR_START_MONTH, _CUT_OFF_DAY, _LANGUAGE and _CURRENCY
    applied.

    BadSettingError when a number is none or outside 1–12 and 1–31, or a currency has not three
    letters.
    """
    home = environ.get("CHANPLAN_HOME")
    return Settings(
        home=Path(home).expanduser() if home else DEFAULT_HOME,
        fiscal_year_start_month=_whole(environ, "CHANPLAN_FISCAL_YEAR_START_MONTH", 12) or 1,
        cut_off_day=_whole(environ, "CHANPLAN_CUT_OFF_DAY", 31),
        language=environ.get("CHANPLAN_LANGUAGE") or None,
        currency=_currency(environ, "CHANPLAN_CURRENCY") or DEFAULT_CURRENCY,
    )


def _currency(environ: Mapping[str, str], name: str) -> str:
    code = environ.get(name, "").strip().upper()
    if code and not re.fullmatch("[A-Z]{3}", code):
        raise BadSettingError("bad_currency", name=name, value=code)
    return code


def _whole(environ: Mapping[str, str], name: str, most: int) -> int | None:
    text = environ.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise BadSettingError("bad_setting", name=name, value=text, most=most)
    return int(text)
