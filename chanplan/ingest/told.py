"""What a person tells recognition, and what it tells back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chanplan.domain.recipe import Recipe
from chanplan.ingest.reading.sheet import Sheet

# Notes of numbers that a person may miss.
_LOUD = frozenset(
    {
        "sales_beside_targets",
        "targets_beside_sales",
        "rates_left_out",
        "orders_given_back",
        "orders_with_refunds",
    }
)


@dataclass(frozen=True)
class Hints:
    """Answers given beforehand, on the command line or on the import page; all optional.

    columns      field → heading; "" says that the field has no column
    date_order   "mdy", "dmy" or "ymd"
    header_line  1-based
    decimal      "point" or "comma": what 1.234 means
    fill_down    "yes" or "no": an empty channel is the one in the row above
    encoding     of a text file that says it wrongly or not at all, such as "big5"
    year         of a sheet whose columns are months without one
    month        "2025-03": of a sheet that dates none of its rows
    tax          "with_tax" or "without_tax"; tax_rate: "0.13"
    refunds      "off" or "within": whether a refund is still to come off the amount beside it
    units        unit → base units in one of it, "" to leave it apart: where no product table says
    line_types   status text → the type of line that it means, above every rule
    rows         which lines ("3-20") or cells ("A3:F20") of the sheet the table takes up
    currency     "USD": the money of the amounts, whatever the file says
    """

    source: str | None = None
    channel: str | None = None
    basis: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str | None = None
    table: str | None = None
    header_line: int | None = None
    tax: str | None = None
    tax_rate: str | None = None
    year: str | None = None
    month: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    fill_down: str | None = None
    line_types: Mapping[str, str] = field(default_factory=dict)
    refunds: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    rows: str | None = None
    currency: str | None = None


@dataclass(frozen=True)
class ColumnChoice:
    """One field, its column and a key of the word files that says why.

    confidence  0…1, as `ingest.confidence` works it out
    share       of the sample's cells that say something, how many read as the field's kind;
                None for names, which anything reads as
    """

    field: str
    at: int
    header: str
    reason: str
    confidence: float = 1.0
    share: float | None = None


@dataclass(frozen=True)
class Suggestion:
    """A heading no field takes that reads like one of a field no column fills; never taken.

    likeness  0…100
    """

    field: str
    header: str
    likeness: int


@dataclass(frozen=True)
class Question:
    """What only a person knows. kind: a name of `Hints`; proposal: a guess, never taken.

    seems  of each option that is a part of the sheet: the table it seems to be, its headings
    """

    kind: str
    field: str
    options: tuple[str, ...] = ()
    proposal: str | None = None
    seems: tuple[tuple[str | None, str], ...] = ()


@dataclass(frozen=True)
class UnitAsked:
    """A unit that the product table knows nothing of for products that it knows: how many of
    their base unit are in one? It need not be answered: then the quantities stay apart.

    bases  the base units of those products
    """

    unit: str
    bases: tuple[str, ...]


@dataclass(frozen=True)
class SheetState:
    """Another sheet of the workbook: the table it looks like, or None, and why it stays out."""

    name: str | None
    table: str | None
    reason: str


@dataclass(frozen=True)
class StatusRule:
    """What one text of a status column makes of its lines, and by which rule.

    rule  the word or pattern of line_types.toml that fits, "given" by a person, "remembered",
          or "" where none fits, which makes it a sale
    """

    status: str
    line_type: str
    rule: str


@dataclass(frozen=True)
class Note:
    """Something worth telling: a code whose sentence stands in the word files, and its values."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def loud(self) -> bool:
        """Whether it is of numbers that a person may miss, and is told wherever one looks."""
        return self.code in _LOUD


@dataclass(frozen=True)
class Proposal:
    """How a file would be loaded, for a person to see, correct and agree to.

    unused     headings no field takes
    questions  what a person must answer before the recipe can be loaded
    others     the workbook's other sheets and what they look like
    statuses   what every text of the status columns means for its line
    suggestions  headings left over that read like a field left open
    shape      the known export it is, by its name in `ingest/shapes`
    units      units that only a person can tell, if anybody
    currency_assumed  whether the file does not say its currency, so that it is the company's
    companions how further sheets come with it: those of the same shape (`alike`), and those that
               describe the same orders, returns and items
    """

    recipe: Recipe
    sheet: Sheet
    choices: tuple[ColumnChoice, ...]
    unused: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    others: tuple[SheetState, ...] = ()
    notes: tuple[Note, ...] = ()
    statuses: tuple[StatusRule, ...] = ()
    companions: tuple[Proposal, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    shape: str | None = None
    units: tuple[UnitAsked, ...] = ()
    currency_assumed: bool = False

    @property
    def alike(self) -> tuple[Proposal, ...]:
        """The further sheets that are the same table."""
        return tuple(one for one in self.companions if one.recipe.table == self.recipe.table)
