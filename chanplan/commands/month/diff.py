"""`month diff`: reported, change, now of a closed month, and whose deed each part is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from chanplan.commands import frame, written
from chanplan.commands.month.closing import of_snapshot
from chanplan.commands.month.status import snapshot_named
from chanplan.commands.spans import month_of
from chanplan.domain.errors import ClosingError
from chanplan.domain.period import Period
from chanplan.domain.scope import ATTRIBUTE_VIEWS, BASES, TAX_VIEWS, Scope
from chanplan.language.words import text
from chanplan.reports.month_change import part_named
from chanplan.workspace import Workspace
from chanplan.workspace.closing import Difference


@click.command("diff")
@click.argument("month", metavar="MONTH")
@click.option("--by", multiple=True, metavar="DIMENSION", help="Split by; repeat for more.")
@click.option(
    "--measure", default="net_sales", show_default=True, help="A measure of the catalogue."
)
@click.option("--basis", type=click.Choice(BASES), help="Default: the one with most lines.")
@click.option("--tax", type=click.Choice(TAX_VIEWS), help="Default: what the company shows.")
@click.option("--attributes", type=click.Choice(ATTRIBUTE_VIEWS), default="current",
              show_default=True, help="Members as they are now, or as they were.")  # fmt: skip
@click.option("--snapshot", type=int, metavar="N", help="An older closing, by its number.")
@frame.home_option
@frame.json_option
@frame.guarded
def diff(
    month: str,
    by: tuple[str, ...],
    measure: str,
    snapshot: int | None,
    home: Path | None,
    as_json: bool,
    **view: Any,
) -> None:
    """What a closed month was reported as, what has changed since, and what stands today."""
    asked = month_of(month, "MONTH")
    with frame.open_workspace(home) as workspace:
        scope = _scope(workspace, asked, **view)
        found = workspace.closings.change(scope, measure, by, snapshot)
    if found is None:
        raise ClosingError("never_closed", months=written.month(asked))
    if as_json:
        click.echo(json.dumps(_as_json(found, scope), ensure_ascii=False, indent=2))
        return
    for line in _lines(found):
        click.echo(line)


def _scope(
    workspace: Workspace, month: int, basis: str | None, tax: str | None, attributes: str
) -> Scope:
    return Scope(
        Period(month, month),
        basis or next(iter(workspace.bases()), "order"),  # type: ignore[arg-type]
        tax or workspace.company.said.tax or "with_tax",  # type: ignore[arg-type]
        attributes,  # type: ignore[arg-type]
    )


def _as_json(found: Difference, scope: Scope) -> dict[str, Any]:
    return {
        "snapshot": of_snapshot(found.snapshot),
        "measure": found.measure,
        "basis": scope.basis,
        "tax": scope.tax,
        "by": list(found.by),
        "reported": written.plain(found.reported),
        "change": written.plain(found.change),
        "now": written.plain(found.now),
        "parts": [_part(row) for row in found.parts.to_dict("records")] if found.splits else None,
        "members": [
            {name: written.plain(value) for name, value in row.items()}
            for row in found.members.to_dict("records")
        ],
        "openings": [{"at": at, "by": who, "reason": reason} for at, who, reason in found.openings],
    }


def _part(row: dict[Any, Any]) -> dict[str, Any]:
    month = row["to_month"]
    told = {str(name): written.plain(value) for name, value in row.items()}
    return told | {"to_month": written.month(int(month)) if month else None}


def _lines(found: Difference) -> list[str]:
    language = frame.language()
    lines = [f"{written.month(found.snapshot.month)} · {snapshot_named(found.snapshot)}"]
    for name in ("reported", "change", "now"):
        value = _told(getattr(found, name))
        lines.append(f"{text(language, f'closing.{name}')}: {value}")
    for row in found.parts.to_dict("records"):
        who = " · ".join(str(row[one]) for one in ("by", "at", "reason") if row[one])
        lines.append(f"  {part_named(row, language)}: {written.plain(row['change'])}  {who}")
    for row in found.members.to_dict("records") if found.by else []:
        named = " · ".join("—" if row[one] is None else str(row[one]) for one in found.by)
        told = " → ".join(_told(row[one]) for one in ("reported", "change", "now"))
        lines.append(f"  {named}: {told}")
    return lines


def _told(value: object) -> str:
    return "—" if value is None else str(written.plain(value))
