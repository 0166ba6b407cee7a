"""`set-aside`: rows that were not loaded, and why; as a workbook to mend and import again."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pandas as pd

from chanplan.commands import frame
from chanplan.domain.errors import BadQueryError
from chanplan.language.words import text
from chanplan.reports import set_aside as report
from chanplan.workspace import Workspace


@click.command("set-aside")
@click.argument("batch", type=int, required=False)
@click.option("--excel", type=click.Path(path_type=Path, dir_okay=False), help="Write a workbook.")
@frame.home_option
@frame.json_option
@frame.guarded
def set_aside(batch: int | None, excel: Path | None, home: Path | None, as_json: bool) -> None:
    """List the rows set aside, by BATCH and reason.

    --excel writes the rows of one batch as a workbook, the reason in the first column. Mend the
    cells and import the workbook again: the rows join their batch's source and count once. Rows
    that are left as they are stay set aside.
    """
    with frame.open_workspace(home) as workspace:
        listed = _listed(workspace, batch)
        if excel is not None:
            _write(workspace, listed, excel)
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for one in listed:
        said = text(frame.language(), "commands.set_aside", **{**one, "reasons": _said(one)})
        click.echo(said)
    if not listed:
        click.echo(text(frame.language(), "commands.nothing_aside"))
    if excel is not None and listed:
        click.echo(text(frame.language(), "commands.set_aside_written", file=excel))


def _listed(workspace: Workspace, batch: int | None) -> list[dict[str, Any]]:
    """Batches with rows set aside, the newest first."""
    found = workspace.imports.all()
    if batch is not None and batch not in set(found["batch"]):
        raise BadQueryError("no_batch", batch=batch)
    chosen = found[found["rows_set_aside"] > 0]
    chosen = chosen if batch is None else chosen[chosen["batch"] == batch]
    return [
        {
            "batch": int(row["batch"]),
            "file": row["name"],
            "sheet": _known(row["sheet"]),
            "rows": int(row["rows_set_aside"]),
            "reasons": _counted(workspace.imports.set_aside(int(row["batch"]))),
            "sha256": row["sha256"],
        }
        for row in chosen.to_dict("records")
    ]


def _counted(rows: pd.DataFrame) -> dict[str, int]:
    """Reason, or reason:field → rows; a row with surplus cells is not of one field."""
    pairs = zip(rows["reason"], rows["field"], strict=True)
    return dict(Counter(":".join(filter(None, map(_known, pair))) for pair in pairs))


def _known(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def _write(workspace: Workspace, listed: list[dict[str, Any]], target: Path) -> None:
    if len(listed) > 1:
        batches = ", ".join(str(one["batch"]) for one in listed)
        raise BadQueryError("which_batch", batches=batches)
    for one in listed:
        target.write_bytes(report.workbook(workspace, one["batch"], frame.language()))


def _said(one: dict[str, Any]) -> str:
    parts = []
    for told, count in one["reasons"].items():
        code, _, field = told.partition(":")
        parts.append(f"{report.reason(code, field, frame.language())} × {count}")
    return "; ".join(parts)
