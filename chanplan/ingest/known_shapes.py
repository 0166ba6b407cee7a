"""Exports whose columns are known beforehand: one declaration each, in the folder `shapes`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from chanplan.domain.tables import Table, table
from chanplan.ingest.headers import normal
from chanplan.ingest.matching import Cells, cells_of, fits

_FOLDER = Path(__file__).with_name("shapes")


@dataclass(frozen=True)
class KnownShape:
    """One known export.

    code     the file's name; its name for a person is `shapes.<code>` of the word files
    table    which table of the business it is
    signs    headings that together mean this export and no other
    columns  field → headings that may hold it, the best first
    basis    what its amounts are, where the export itself says so
    channel  a channel to propose where no column names one; never an answer
    """

    code: str
    table: str
    signs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    basis: str | None = None
    channel: str | None = None

    def columns_in(self, headers: Sequence[str], sample: Cells) -> dict[str, str]:
        """field → the heading that holds it here; one whose cells do not fit is left out."""
        at_of = {normal(header): at for at, header in reversed(list(enumerate(headers))) if header}
        declared = table(self.table).columns
        found = {}
        for name, known in self.columns.items():
            ats = [at_of[normal(word)] for word in known if normal(word) in at_of]
            fitting = (at for at in ats if fits(declared[name], cells_of(sample, at)))
            if (at := next(fitting, None)) is not None:
                found[name] = headers[at]
        return found


@cache
def known_shapes() -> tuple[KnownShape, ...]:
    """Every declared shape, those with most signs first."""
    found = [_read(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return tuple(sorted(found, key=lambda shape: -len(shape.signs)))


def shape_of(headers: Sequence[str], one: Table) -> KnownShape | None:
    """The known export of this table that has all its signs among the headings."""
    told = {normal(header) for header in headers if header}
    return next(
        (
            shape
            for shape in known_shapes()
            if shape.table == one.name and {normal(sign) for sign in shape.signs} <= told
        ),
        None,
    )


def _read(path: Path) -> KnownShape:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = {name: tuple(words) for name, words in told.pop("columns").items()}
    return KnownShape(path.stem, columns=columns, **{**told, "signs": tuple(told["signs"])})
