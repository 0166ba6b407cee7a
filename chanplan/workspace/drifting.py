"""What a source's next file has unlike those before: its columns, members, prices and months."""

from __future__ import annotations

import json

from chanplan.domain.drift import Drift
from chanplan.domain.ports import Writer
from chanplan.domain.recipe import Recipe
from chanplan.ingest import resembling
from chanplan.store import drifting


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
