"""The rows of one import that were set aside, as the workbook in which they are mended."""

from __future__ import annotations

import json

from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import table
from chanplan.language import Language, has, text
from chanplan.reports import mending
from chanplan.workspace import Workspace

# Reasons that mean cells may stand under the wrong headings.
_SHIFTED = ("surplus_cells", "missing_cells")
# Kinds of cell that can be unreadable, the best to mark first.
_TELLING = ("date", "amount", "quantity", "rate", "integer")
_OWN = ("reason", "in_file", "in_sheet", "line")


def workbook(workspace: Workspace, batch: int, language: Language) -> bytes:
    """An xlsx file with the reason in the first column; imported again, what was mended in it
    joins the batch's source. KeyError for no such batch."""
    found = workspace.batches().set_index("batch").loc[batch]
    recipe, aside = workspace.recipe(batch), workspace.set_aside(batch)
    rows = [
        mending.Row(
            reason(code, _known(field), language),
            str(found["name"]),
            _known(found["sheet"]) or "",
            int(line),
            json.loads(raw) if _known(raw) else [],
            code in _SHIFTED,
        )
        for line, code, field, raw in aside[["line", "reason", "field", "raw"]].itertuples(
            index=False
        )
    ]
    own = [text(language, f"set_aside.{key}") for key in _OWN]
    note = text(language, "set_aside.mend")
    sha256 = str(found["sha256"])
    return mending.workbook(rows, recipe.headers, own, batch, sha256, note, _told_by(recipe))


def reason(code: str, field: str | None, language: Language) -> str:
    """Why a row was set aside, and in which column."""
    key = f"set_aside_reasons.{code}"
    said = text(language, key) if has(key) else code
    if not field:
        return said
    column = table("sales").columns.get(field)
    name = field if column is None else column.zh if language == "zh" else column.en
    return text(language, "set_aside.in_field", reason=said, field=name)


def _told_by(recipe: Recipe) -> int | None:
    """The column in which an unreadable cell keeps a row out."""
    kinds = table(recipe.table).columns
    for wanted in _TELLING:
        for field, at in recipe.columns.items():
            if kinds[field].kind == wanted:
                return at
    return None


def _known(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None
