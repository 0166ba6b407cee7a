"""One file's result as `import --json` prints it."""

from __future__ import annotations

from typing import Any

from chanplan.commands import frame, written
from chanplan.commands.importing import fields, restated
from chanplan.commands.importing.doing import Done
from chanplan.domain.errors import RestatedError, UnreadableFileError


def result(done: Done) -> dict[str, Any]:
    """What was loaded, set aside and summed; or the fault."""
    if done.outcome is None:
        fault = done.fault or UnreadableFileError("file_missing", file=done.file)
        more = restated.as_json(fault.restated, None) if isinstance(fault, RestatedError) else {}
        where = {"sheet": told} if (told := fault.values.get("in_sheet")) else {}
        return {"file": done.file, "error": fault.code, **where, **more}
    outcome = done.outcome.whole()
    counts = outcome.counts
    return {
        "file": done.file,
        "table": outcome.table,
        "batch": outcome.batch,
        "rows": fields.rows(counts),
        "set_aside": dict(counts.reasons),
        "net_sales": {
            "file": written.plain(counts.sum_file),
            "loaded": written.plain(counts.sum_loaded),
            "set_aside": written.plain(counts.sum_set_aside),
        },
        **fields.own_total(counts),
        **fields.line_types(outcome, done.proposal),
        "source": outcome.recipe.source,
        "basis": outcome.recipe.basis,
        "currencies": list(outcome.currencies),
        "tax": outcome.recipe.tax,
        "tax_rate": outcome.recipe.tax_rate,
        "columns": outcome.recipe.named_columns(),
        **fields.recognised(done.proposal, frame.language()),
        "months": [written.month(month) for month in outcome.months],
        "already_imported": outcome.already,
        "drift": fields.drift(outcome),
        **fields.unheard(done.unheard),
        **restated.as_json(outcome.restated, outcome.takes),
        **fields.posted(outcome.posted),
        **fields.joined(outcome.joined),
        **fields.sheets(done.outcome),
        **fields.companions(outcome),
    }
