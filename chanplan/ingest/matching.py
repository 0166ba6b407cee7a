"""Which column of a sheet is which field of one table: header words first, values second."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.tables import Column, Table
from chanplan.ingest import values
from chanplan.ingest.headers import fallbacks, normal, spellings, words
from chanplan.ingest.told import Note

# Share of non-blank sample cells that must read as the column's kind. Below it the heading
# is a homonym ("折扣" holding names), or the column is so dirty that a person must see it.
_MOST = 0.5
# Texts of an address column that still are provinces: 内蒙古自治区 has six characters.
_LONGEST_PLACE = 8

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
    return _fed(one, found, given), tuple(notes)


def fits(column: Column, cells: Sequence[str | None]) -> bool:
    """Whether most cells that say something read as the column's kind; blank columns fit."""
    told = [cell for cell in cells if not values.is_none(cell)]
    read = _READS.get(column.kind)
    return read is None or sum(map(read, told)) >= _MOST * len(told)


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
    taken = candidates[0] if needed and known else None
    return taken, [_unfit(column, c, sample) for c in candidates[:1]] if known else []


def _candidates(column: Column, headers: Sequence[str]) -> Iterator[Match]:
    """Columns called so, the strongest word first; fallback words after all others."""
    spelt = _spelt(tuple(headers))
    for reason, known in (("known_word", words(column)), ("fallback_word", fallbacks(column))):
        for where in spelt:
            for word in known:
                for at in where.get(word, ()):
                    yield Match(at, headers[at], reason)


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
    read = _READS.get(column.kind, bool)
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


def _number(cell: str | None) -> bool:
    return values.number_of(cell) is not None or values.comma_number(cell)


def _rate(cell: str | None) -> bool:
    return values.rate_of(cell) is not None or values.comma_number(cell)


def _date(cell: str | None) -> bool:
    return values.shape_of(cell) is not None


_READS: Mapping[str, Callable[[str | None], bool]] = {
    "date": _date, "amount": _number, "quantity": _number, "integer": _number, "rate": _rate,
    "flag": values.is_flag,
}  # fmt: skip
