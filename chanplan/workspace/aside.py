"""Rows that were set aside as they stand today: as they came, or as they were last mended."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from chanplan.domain.mending import OWN_COLUMNS
from chanplan.domain.recipe import Recipe
from chanplan.ingest import wide
from chanplan.ingest.clean import cleaning
from chanplan.ingest.fields import money_field
from chanplan.ingest.read import reread
from chanplan.settings import Limits
from chanplan.store import Store
from chanplan.workspace import came

# The newest mending of a batch's rows that counts; of several it alone speaks.
_MENDING = """
    select max(batch) as batch from batch join batch_month using (batch)
    where active and cast(json_extract(recipe, '$.repairs') as integer) = ?"""

# A row of the file and which of those with its line it is: months that stood side by side
# share a line.
Place = tuple[int, int]


def rows(store: Store, limits: Limits, batch: int) -> pd.DataFrame:
    """line, reason, field, raw (its cells as a JSON list), money (as far as it can be read),
    mended (it is in by now); in the order of the file. KeyError for no such batch."""
    recipe = came.recipe(store, batch)
    found = came.set_aside(store, batch).astype(object)
    found["money"] = _money(store, batch, recipe)
    found["mended"] = False
    newest = store.fetch(_MENDING, [batch])["batch"].iloc[0]
    if found.empty or pd.isna(newest):
        return found
    return _as_mended(found, _mended(store, limits, int(newest)))


def _money(store: Store, batch: int, recipe: Recipe) -> list[Any]:
    """The money of each row that was set aside, in the order of `came.set_aside`."""
    name = money_field(recipe)
    money = f'"{name}"' if name else "null"
    cells = ", ".join(
        f"json_extract_string(raw, '$[{at}]') as c{at}" for at in range(len(recipe.headers))
    )
    fields = ", ".join(f'{sql} as "{field}"' for field, sql in cleaning(recipe).fields.items())
    found = store.fetch(
        f"with aside as (select line, raw, {cells} from set_aside where batch = ?),"
        f" typed as (select *, {fields} from aside)"
        f" select {money} as money from typed order by line, raw",
        [batch],
    )
    return list(found["money"].astype(object))


def _mended(store: Store, limits: Limits, batch: int) -> Mapping[Place, tuple[Any, ...]]:
    """Place in the file → (reason, field, raw, money, mended) of every row of a mending."""
    recipe, left = came.recipe(store, batch), came.set_aside(store, batch)
    money = _money(store, batch, recipe)
    told = zip(left["line"], left["reason"], left["field"], money, strict=True)
    open_ = {int(line): (reason, field, paid) for line, reason, field, paid in told}
    seen: Counter[int] = Counter()
    found = {}
    for at, cells in _read(store, limits, batch, recipe):
        line = _number(cells[OWN_COLUMNS - 1])
        reason, field, paid = open_.get(at, (None, None, None))
        raw = json.dumps(cells[OWN_COLUMNS:], ensure_ascii=False)
        found[line, seen[line]] = (reason, field, raw, paid, at not in open_)
        seen[line] += 1
    return found


def _read(
    store: Store, limits: Limits, batch: int, recipe: Recipe
) -> list[tuple[int, list[str | None]]]:
    """Row of the workbook → its cells."""
    kept = store.fetch("select name, sha256 from batch where batch = ?", [batch]).iloc[0]
    original = store.originals.find(str(kept["name"]), str(kept["sha256"]))
    sheet = reread(original.path, original.name, store.staging, recipe, limits)
    relation = wide.rows(sheet, recipe)
    cells = ", ".join(f"c{at}" for at in range(relation.width))
    with store.trying() as reader:
        for name, table in relation.lent.items():
            reader.lend(name, table)
        found = reader.rows(f"select line, [{cells}] from {relation.sql} order by line")
    if sheet.source is not None and sheet.source.path.is_relative_to(store.staging):
        sheet.source.path.unlink(missing_ok=True)
    return [(int(line), list(row)) for line, row in found]


def _as_mended(came: pd.DataFrame, mended: Mapping[Place, tuple[Any, ...]]) -> pd.DataFrame:
    """What a mending leaves out of its workbook stands as it came."""
    seen: Counter[int] = Counter()
    rows = []
    for line, *stands in came.itertuples(index=False, name=None):
        now = mended.get((line, seen[line]), stands)
        seen[line] += 1
        rows.append((line, *now))
    return pd.DataFrame(rows, columns=came.columns, dtype=object)


def _number(cell: str | None) -> int:
    """3, 3.0 or an emptied cell, which is no line of any file."""
    try:
        return int(float(cell or "0"))
    except ValueError:
        return 0
