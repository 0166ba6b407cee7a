"""What a source's next file has unlike those before: its columns, members, prices and months."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from chanplan.domain.drift import Drift
from chanplan.domain.ports import Writer
from chanplan.domain.recipe import Recipe
from chanplan.ingest import resembling
from chanplan.store import Store, drifting


def told(writer: Writer, batch: int, recipe: Recipe) -> tuple[Drift, ...]:
    """A batch that is written and does not count yet, beside its source's earlier ones."""
    before = writer.rows(
        "select recipe from batch where source = ? and table_name = ? and batch < ?"
        " and batch in (select batch from batch_month where active) order by batch desc limit 1",
        [recipe.source, recipe.table, batch],
    )
    columns = [
        one
        for (told_by,) in before
        for one in resembling.drift(Recipe.from_json(json.loads(told_by)), recipe)
    ]
    if recipe.table != "sales":
        return tuple(columns)
    return (*columns, *drifting.told(writer, batch, recipe.source, recipe.basis))


def keep(writer: Writer, unlike: Mapping[int, tuple[Drift, ...]]) -> None:
    """Batch → what was told of it: kept beside it, for the month's end."""
    for batch, told_of in unlike.items():
        for one in told_of:
            values = json.dumps(one.values, ensure_ascii=False, default=_plain)
            writer.run("insert into batch_drift values (?, ?, ?)", [batch, one.code, values])


def kept(store: Store, month: int) -> list[tuple[int, str, str, Drift]]:
    """(batch, file, table, difference) of every import that counts and tells of a month of sales,
    in the order they came."""
    found = store.fetch(
        "select batch, name, table_name, code, told from batch_drift join batch using (batch)"
        " where batch in (select batch from batch_month where active and month = ?)"
        " order by batch, code",
        [month],
    )
    return [(int(row["batch"]), str(row["name"]), str(row["table_name"]),
             Drift(str(row["code"]), _read(json.loads(row["told"]))))
            for row in found.to_dict("records")]  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(f"no value of a difference: {value!r}")


def _read(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(told_of) for name, told_of in values.items()}


def _value(told_of: object) -> object:
    if isinstance(told_of, dict):
        return Decimal(told_of["decimal"])
    return tuple(told_of) if isinstance(told_of, list) else told_of
