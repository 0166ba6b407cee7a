"""The rows of one import that were set aside, as the workbook in which they are mended."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from chanplan.domain.mending import UNSEEN
from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import table
from chanplan.language import Language, has, text
from chanplan.reports import mending
from chanplan.workspace import Workspace

# Reasons that mean cells may stand under the wrong headings.
_SHIFTED = ("surplus_cells", "missing_cells")
# Kinds of cell that can be unreadable, the best to mark first.
_TELLING = ("date", "amount", "quantity", "rate", "factor", "integer")
_OWN = ("reason", "in_file", "in_sheet", "line")

Edits = Mapping[int, Mapping[int, str | None]]


def workbook(
    workspace: Workspace, batch: int, language: Language, edits: Edits | None = None
) -> bytes:
    """An xlsx file with the reason in the first column; imported again, what was mended in it
    joins the batch's source. What was mended before stands in it as it was mended.

    edits  row (as `cells` counts them) → column → what shall stand there instead

    KeyError for no such batch.
    """
    found = workspace.imports.all().set_index("batch").loc[batch]
    recipe, aside = workspace.imports.recipe(batch), workspace.imports.aside(batch)
    file, sheet = str(found["name"]), _known(found["sheet"]) or ""
    told = zip(aside["reason"], aside["field"], aside["mended"], aside["line"], strict=True)
    rows = [
        mending.Row(
            text(language, "set_aside.mended") if mended else reason(code, _known(field), language),
            file,
            sheet,
            int(line),
            own,
        )
        for own, (code, field, mended, line) in zip(cells(aside, recipe, edits), told, strict=True)
    ]
    own = [text(language, f"set_aside.{key}") for key in _OWN]
    note = text(language, "set_aside.mend")
    return mending.workbook(rows, recipe.headers, own, batch, str(found["sha256"]), note)


def cells(
    aside: pd.DataFrame, recipe: Recipe, edits: Edits | None = None
) -> list[list[str | None]]:
    """The cells of every row of `Workspace.imports.aside`, as the workbook holds them: a row that
    may have shifted is marked in the cell that keeps it out."""
    told_by, made = _told_by(recipe), []
    told = zip(aside["raw"], aside["reason"], aside["mended"], strict=True)
    for at, (raw, code, mended) in enumerate(told):
        row: list[str | None] = json.loads(raw) if _known(raw) else []
        if code in _SHIFTED and not mended and told_by is not None and told_by < len(row):
            row[told_by] = _marked(row[told_by])
        for column, said in (edits or {}).get(at, {}).items():
            row += [None] * (column + 1 - len(row))
            row[column] = said
        made.append(row)
    return made


def _marked(cell: str | None) -> str | None:
    return f"{UNSEEN}{cell}" if cell and not cell.startswith(UNSEEN) else cell


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
