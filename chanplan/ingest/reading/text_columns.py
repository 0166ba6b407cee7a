"""In the child: columns of a sheet become columns of text, each different value once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chanplan.ingest.reading.cells import texts
from chanplan.ingest.reading.glance import Glance
from chanplan.ingest.reading.plain import Plain

# Days of years before it are clock times, which only the cells themselves tell from dates.
_FIRST_YEAR = 1901


# Text of no more signs has no more digits than a double keeps.
_SHORT_NUMBER = 15


class MixedError(Exception):
    """The cells of a column are of several kinds, or of a kind that only cells tell."""


def of_cells(column: Sequence[object]) -> pa.Array:
    """Text of cells of any kinds; nothing for an empty one."""
    told = pa.array(texts(column), pa.string())
    return _without_empty(told)


def of_kind(column: pa.Array) -> pa.Array:
    """Text of values of one kind, as `cells.text` gives it; nothing where there is none."""
    kind = column.type
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_string(kind):
        printable = pc.all(pc.utf8_is_printable(column)).as_py() is not False
        return _without_empty(column if printable else _each(column))
    if pa.types.is_floating(kind):
        return _numbers(column)
    if pa.types.is_boolean(kind):
        return _each(column)
    if pa.types.is_timestamp(kind) and (pc.min(pc.year(column)).as_py() or 0) >= _FIRST_YEAR:
        return _each(column)
    raise MixedError


def _each(column: pa.Array) -> pa.Array:
    """Each different value's text."""
    packed = column.dictionary_encode()
    values = packed.dictionary.to_pylist()
    told = pa.array(texts(values) if values else [], pa.string())
    return pa.DictionaryArray.from_arrays(packed.indices, told).cast(pa.string())


def _numbers(column: pa.Array) -> pa.Array:
    """The shortest text that means a number has its 15 digits, where it is short and plain."""
    told = column.cast(pa.string())
    odd = pc.or_(
        pc.greater(pc.binary_length(told), _SHORT_NUMBER),
        pc.match_substring_regex(told, "[en]|-0$"),
    )
    if not pc.any(odd).as_py():
        return told
    mended = pa.array(texts(column.filter(odd).to_pylist()), pa.string())
    return _without_empty(pc.replace_with_mask(told, odd.fill_null(False), mended))


def _without_empty(told: pa.Array) -> pa.Array:
    empty = pc.equal(told, "")
    if not pc.any(empty).as_py():
        return told
    return pc.if_else(empty, pa.scalar(None, pa.string()), told)


def settled(columns: Sequence[pa.Array]) -> tuple[list[pa.Array], int, bool]:
    """Empty cells are '' before the last one of their row, and nothing behind it.

    With it where, from 0, the last row with a cell is (-1 for none), and whether every row has one.
    """
    kept, ended = list(columns), pa.array(np.ones(len(columns[0]), dtype=np.bool_))
    for at in range(len(columns) - 1, -1, -1):
        none = columns[at].is_null()
        ended = pc.and_(ended, none)
        if columns[at].null_count:
            kept[at] = pc.if_else(pc.and_not(none, ended), "", columns[at])
    return kept, _last(ended), not pc.any(ended).as_py()


def _last(blank: pa.Array) -> int:
    """The last row that is not blank."""
    found = pc.indices_nonzero(pc.invert(blank))
    return found[-1].as_py() if len(found) else -1


def plain(columns: Sequence[pa.Array]) -> Plain:
    """What none of their cells has; a line end within a cell is taken for its end."""
    glance = Glance("\n", "\n")
    for column in columns:
        values = column.unique().drop_null()
        if len(values):
            lines = pa.ListArray.from_arrays([0, len(values)], values)
            glance.look(pc.binary_join(lines, "\n")[0].as_buffer().to_pybytes() + b"\n")
    return glance.seen
