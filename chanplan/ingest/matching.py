"""Which column of a sheet is which field of one table: header words first, values second."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.tables import Column, Table
from chanplan.ingest import values
from chanplan.ingest.headers import fallbacks, normal, spellings, vocabulary, words
from chanplan.ingest.quarters import coarse
from chanplan.ingest.told import Note

# Share of non-blank sample cells that must read as the column's kind. Below it the heading
# is a homonym ("折扣" holding names), or the column is so dirty that a person must see it.
_MOST = 0.5
# Texts of an address column that still are provinces: 内蒙古自治区 has six characters.
_LONGEST_PLACE = 8

# So many other columns must be known before a column of dates is taken for the sales' date.
_KNOWN = 2
# Dates that are no sale's, and the shapes that only a date has.
_NO_SALE = re.compile(
    r"生日|出生|到期|有效|过期|注册|入职|入会|生产|保质|更新|birth|expir|valid|regist|join|modif|updat"
)
_WRITTEN_OUT = ("iso", "order", "named", "month")

# Units of goods that a heading of money never ends with.
_PIECES = re.compile(
    r"[(\[]\s*(?:单位\s*:?\s*)?(?:kg|kgs|g|千克|公斤|吨|箱|瓶|件|个|盒|支|台|套|袋|包|升|毫升|ml|l|pcs|pieces|boxes"
    r"|cases|ctns?|cartons|units|bottles|tons?|litres?|liters?|数量)\s*[)\]]$"
)
_PRICES = frozenset({"unit_price", "list_price", "unit_cost"})
# field ← fields that may stand in for it where the sheet has no column of its own
_FED_BY = {"region": ("province", "country")}
# Headings of recent files whose spellings are kept; every table looks at the same ones.
_RECENT = 64

Cells = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Match:
    """A column found for a field; reason is a key of the word files."""

    at: int
    header: str
    reason: str


def match(
    one: Table, headers: Sequence[str], sample: Cells, given: Mapping[str, str]
) -> tuple[dict[str, Match], tuple[Note, ...]]:
    """(field → column, what to tell). `given`: field → heading, stated by a person; "" for none.

    UnrecognisedTableError when a given heading does not exist.
    """
    found = stated(headers, given)
    notes: list[Note] = []
    for column in one.columns.values():
        if column.name not in given:
            taken, told = _pick(one, column, headers, sample, found)
            found |= {column.name: taken} if taken else {}
            notes += told
    if by_values := _date_by_values(one, headers, sample, found, given):
        found["date"] = by_values
        notes.append(Note("date_by_values", {"header": by_values.header}))
    return _fed(one, found, given), tuple(notes)


def fits(column: Column, cells: Sequence[str | None]) -> bool:
    """Whether most cells that say something read as the column's kind; blank columns fit."""
    share = share_read(column, cells)
    return share is None or share >= _MOST


def share_read(column: Column, cells: Sequence[str | None]) -> float | None:
    """How many of the cells that say something read as the column's kind; None for names, and
    where no cell says anything."""
    told = [cell for cell in cells if not values.is_none(cell)]
    read = _reads(column)
    return sum(1 for cell in told if read(cell)) / len(told) if read and told else None


def cells_of(sample: Cells, at: int) -> list[str | None]:
    """One column of the sample; rows that end early lack the cell."""
    return [row[at] for row in sample if at < len(row)]


def stated(headers: Sequence[str], given: Mapping[str, str]) -> dict[str, Match]:
    """Columns a person named; UnrecognisedTableError for a heading the sheet does not have."""
    found = {}
    for name, header in given.items():
        if not header:
            continue
        at = next((i for i, h in enumerate(headers) if normal(h) == normal(header)), None)
        if at is None:
            shown = ", ".join(h for h in headers if h)
            raise UnrecognisedTableError("no_such_header", header=header, headers=shown)
        found[name] = Match(at, headers[at], "given")
    return found


def _pick(
    one: Table, column: Column, headers: Sequence[str], sample: Cells, found: Mapping[str, Match]
) -> tuple[Match | None, list[Note]]:
    candidates = [
        one_match
        for one_match in _candidates(column, headers)
        if all(taken.at != one_match.at for taken in found.values())
    ]
    fitting = [c for c in candidates if _holds(column, c, cells_of(sample, c.at))]
    if not candidates:
        return None, []
    if fitting:
        passed = [c for c in candidates[: candidates.index(fitting[0])] if c not in fitting]
        return fitting[0], [_unfit(column, c, sample) for c in passed]
    # Needed and only this column is called so: take it, say so, and let its rows be set aside.
    needed = any(column.name in group and not set(group) & set(found) for group in one.needs)
    known = candidates[0].reason == "known_word"
    pieces = column.kind == "quantity" and _numbered(cells_of(sample, candidates[0].at))
    taken = candidates[0] if (needed or pieces) and known else None
    return taken, [_unfit(column, c, sample) for c in candidates[:1]] if known else []


def _numbered(cells: Sequence[str | None]) -> bool:
    """Whether all cells hold a digit, though they read as no number: 3箱2瓶."""
    told = [cell for cell in cells if not values.is_none(cell)]
    return bool(told) and all(any(sign.isdigit() for sign in cell or "") for cell in told)


def _date_by_values(
    one: Table,
    headers: Sequence[str],
    sample: Cells,
    found: Mapping[str, Match],
    given: Mapping[str, str],
) -> Match | None:
    """The one column of dates that no word knows, where lines of sales lack only their date.

    Numbers are never told apart by their values: 销量 and 销售额 look alike.
    """
    known = [name for name, taken in found.items() if taken.reason == "known_word"]
    money = {"amount", "amount_with_tax", "amount_without_tax", "unit_price"} & set(known)
    if one.name != "sales" or {"date"} & {*found, *given} or not money or len(known) < _KNOWN:
        return None
    taken = {match.at for match in found.values()}
    dated = [
        at
        for at, header in enumerate(headers)
        if header and at not in taken and not _NO_SALE.search(normal(header))
        and normal(header) not in vocabulary() and _days(cells_of(sample, at))
    ]  # fmt: skip
    return Match(dated[0], headers[dated[0]], "values") if len(dated) == 1 else None


def _days(cells: Sequence[str | None]) -> bool:
    """Whether cells are days or months and nothing else; bare numbers may be anything."""
    told = [cell for cell in cells if not values.is_none(cell)]
    return bool(told) and all(
        values.shape_of(cell) in _WRITTEN_OUT and values.number_of(cell) is None for cell in told
    )


def _candidates(column: Column, headers: Sequence[str]) -> Iterator[Match]:
    """Columns called so, the strongest word first; fallback words after all others."""
    spelt = _spelt(tuple(headers))
    for reason, known in (("known_word", words(column)), ("fallback_word", fallbacks(column))):
        for where in spelt:
            for word in known:
                for at in where.get(word, ()):
                    if not (column.kind == "amount" and _of_pieces(column, headers[at])):
                        yield Match(at, headers[at], reason)


def _of_pieces(column: Column, header: str) -> bool:
    """Whether a heading says that its numbers are pieces or weights and no money: Amount (kg)."""
    plain = unicodedata.normalize("NFKC", header).casefold().strip()
    return column.name not in _PRICES and _PIECES.search(plain) is not None


@lru_cache(_RECENT)
def _spelt(headers: tuple[str, ...]) -> tuple[Mapping[str, list[int]], ...]:
    """Spelling → columns: as the headings stand, then without their bracketed remarks."""
    found: tuple[dict[str, list[int]], ...] = ({}, {})
    for at, header in enumerate(headers):
        for where, word in zip(found, spellings(header), strict=False):
            where.setdefault(word, []).append(at)
    return found


def _holds(column: Column, candidate: Match, cells: Sequence[str | None]) -> bool:
    if column.kind == "text" and candidate.reason == "fallback_word" and column.name == "province":
        return all(_place(cell) for cell in cells if cell and cell.strip())
    return fits(column, cells)


def _place(cell: str) -> bool:
    name = cell.strip()
    return len(name) <= _LONGEST_PLACE and " " not in name and not any(c.isdigit() for c in name)


def _unfit(column: Column, candidate: Match, sample: Cells) -> Note:
    read = _reads(column) or bool
    told = [c for c in cells_of(sample, candidate.at) if not values.is_none(c)]
    shown = next((c for c in told if not read(c)), "")
    facts = {"header": candidate.header, "field": column.name, "example": shown}
    return Note("values_do_not_fit", facts)


def _fed(one: Table, found: Mapping[str, Match], given: Mapping[str, str]) -> dict[str, Match]:
    """Add fields that another column may feed: a sheet with provinces has regions of a kind."""
    fed = dict(found)
    for name, feeders in _FED_BY.items():
        feeder = next((f for f in feeders if f in found), None)
        if one.name == "sales" and name not in {*found, *given} and feeder:
            fed[name] = Match(found[feeder].at, found[feeder].header, f"feeds_{name}")
    return fed


def _reads(column: Column) -> Callable[[str | None], object] | None:
    if column.coarse:
        return lambda cell: _date(cell) or coarse(cell) is not None
    return _rate if column.rates else _READS.get(column.kind)


def _number(cell: str | None) -> bool:
    return values.number_of(cell) is not None or values.comma_number(cell)


def _amount(cell: str | None) -> bool:
    return _number(cell) or values.money_number(cell) is not None


def _quantity(cell: str | None) -> bool:
    return _number(cell) or values.unit_of(cell) is not None


def _rate(cell: str | None) -> bool:
    return values.rate_of(cell) is not None or values.comma_number(cell)


def _date(cell: str | None) -> bool:
    return values.shape_of(cell) is not None


_READS: Mapping[str, Callable[[str | None], bool]] = {
    "date": _date, "amount": _amount, "quantity": _quantity, "integer": _number, "rate": _rate,
    "factor": _number, "flag": values.is_flag,
}  # fmt: skip
