"""How one sheet of one file becomes rows: everything resolved, nothing left to recognise.

A recipe is what the journal keeps of an import, so that better recognition later never
changes the past. It turns into JSON and back without loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from chanplan.domain.area import Area

# Raised by one whenever cleaning would give other rows for the same recipe and bytes.
# 2: a status that means "not a sale" stands above what the line-type column says.
# 3: ="0123", the guard of a text, says 0123.
# 4: more written numbers and dates are read (24年3月, 2024年三月, 12箱, 1'234, '0123); rows that
#    name nothing, that may be sums, or whose codes have lost digits are set aside.
# 5: 202403.0 is a month and 20240305.0 a day; every line says its currency.
# 6: sums are known by more words, by a name of the sheet within theirs and by the names their row
#    lacks; amounts such as 1.23E+05, that have lost digits, and 同上 are set aside.
# 7: a row with a cell too many in a web page or SpreadsheetML, and rows of rates (同比), are set
#    aside; 2.5K, Arabic digits, Mon 03/02/2025, 2nd March 2025, 03.2024 and Jan-05-24 are read; the
#    order 123.0 is 123; a line with pieces taken back and money that comes in is set aside.
CLEANING_VERSION = 7

Tax = Literal["with_tax", "without_tax", "unstated"]
Grain = Literal["day", "month"]


@dataclass(frozen=True)
class Dialect:
    """How text is cut into cells; None in a recipe whose file is a workbook or parquet."""

    encoding: str
    separator: str
    quote: str


@dataclass(frozen=True)
class Wide:
    """Months that stand side by side in a sheet.

    months   (position, "2024-03" or "03") of every month's column
    year_at  the column that tells the year of a month told without one
    year     the year of the whole sheet, where no column tells it
    beside   the same of the columns that tell the quantity beside a month's amount
    """

    months: tuple[tuple[int, str], ...]
    year_at: int | None = None
    year: str | None = None
    beside: tuple[tuple[int, str], ...] = ()

    @property
    def added(self) -> int:
        """Columns laid beside those of the file: the month, its cell, and its quantity."""
        return 3 if self.beside else 2


@dataclass(frozen=True)
class SplitDate:
    """A date told in several columns, by their positions.

    year     of the whole sheet, where no column tells it; None while it is asked
    quarters whether `month_at` tells quarters (of targets) and no months
    """

    month_at: int
    year_at: int | None = None
    year: str | None = None
    day_at: int | None = None
    quarters: bool = False

    @property
    def ats(self) -> frozenset[int]:
        """The columns that tell it."""
        return frozenset({self.month_at, self.year_at, self.day_at} - {None})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Recipe:
    """One sheet's resolved way into one table of the business.

    columns    field → 0-based position of its column in the sheet
    headers    the header row as it stands in the file, by position; of a wide sheet the month
               and the cell under it follow as two more, or three with its quantity
    formats    field → how its text is read, in the words of `ingest.clean`
    constants  field → one value for every row ("channel" for a file that names none)
    line_types status text → line type, for the column mapped to `status`
    header_rows  lines of headings, the last of which is `header_line`
    filled     columns in which a cell covered by a merged one says the same as it
    units      unit → how many base units of its product one holds ("24"), where a person has said
               so because the product table does not; "" where it stays apart
    repairs    the batch whose rows, set aside and mended, these are
    area       the lines and columns it takes up, where its sheet holds several tables
    carried    columns in which an empty cell says the same as the one above it
    split      how a date told in several columns is put together; it follows as one more column
    """

    table: str
    source: str
    headers: tuple[str, ...]
    header_line: int
    columns: Mapping[str, int]
    sheet: str | None = None
    dialect: Dialect | None = None
    formats: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    line_types: Mapping[str, str] = field(default_factory=dict)
    basis: str = "order"
    tax: Tax = "unstated"
    tax_rate: str | None = None
    grain: Grain = "day"
    cleaning: int = CLEANING_VERSION
    wide: Wide | None = None
    header_rows: int = 1
    filled: tuple[int, ...] = ()
    carried: tuple[int, ...] = ()
    repairs: int | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    area: Area | None = None
    split: SplitDate | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dicts and strings, as the journal writes them."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recipe:
        """The recipe that `to_json` gave."""
        dialect, wide, area = data.get("dialect"), data.get("wide"), data.get("area")
        split = data.get("split")
        return cls(
            **{
                **data,
                "headers": tuple(data["headers"]),
                "dialect": Dialect(**dialect) if dialect else None,
                "wide": _wide(wide) if wide else None,
                "area": Area(**area) if area else None,
                "split": SplitDate(**split) if split else None,
                "filled": tuple(data.get("filled", ())),
                "carried": tuple(data.get("carried", ())),
            }
        )

    def file_headers(self) -> tuple[str, ...]:
        """The headers that stand in the file."""
        added = self.wide.added if self.wide else int(self.split is not None)
        return self.headers[: len(self.headers) - added]

    def named_columns(self) -> dict[str, str]:
        """field → header text, as `--json` prints it and the import page shows it."""
        return {name: self.headers[at] for name, at in self.columns.items()}


def _wide(data: Mapping[str, Any]) -> Wide:
    months, beside = (
        tuple((int(at), str(month)) for at, month in data.get(name, ()))
        for name in ("months", "beside")
    )
    return Wide(months, data.get("year_at"), data.get("year"), beside)
