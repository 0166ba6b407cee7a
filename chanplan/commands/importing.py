"""`import`: files into the store, one result per file."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

import click

from chanplan.commands import frame, imported, progress, restated, telling, written
from chanplan.commands.many import taking_many
from chanplan.domain.errors import ChanplanError, RestatedError, UnreadableFileError
from chanplan.domain.line_types import LINE_TYPES
from chanplan.domain.posted import LATE, Late, Posted
from chanplan.domain.restated import TAKES, Takes
from chanplan.domain.scope import BASES
from chanplan.ingest.month_words import is_month
from chanplan.ingest.reading.charset import CHOICES
from chanplan.ingest.recognise import Hints, Proposal
from chanplan.ingest.refunds import CHOICES as REFUNDS
from chanplan.language.words import text
from chanplan.plans.suggesting import Suggestion
from chanplan.workspace import Outcome, Workspace, targeting
from chanplan.workspace.targeting import Unheard


@dataclass(frozen=True)
class Done:
    """One file's way: its outcome, or the fault that stopped it."""

    file: str
    outcome: Outcome | None = None
    proposal: Proposal | None = None
    fault: ChanplanError | None = None
    unheard: tuple[Unheard, ...] = ()


# What becomes of lines told before, and of late lines of closed months.
Says = tuple[Takes | None, Late | None]


def _rate(_: click.Context, option: click.Parameter, told: str | None) -> str | None:
    """13% or 0.13 as the text 0.13."""
    if told is None:
        return None
    digits = told.strip().removesuffix("%")
    try:
        rate = Decimal(digits) / (100 if "%" in told else 1)
    except InvalidOperation:
        rate = Decimal(-1)
    if not 0 <= rate < 1:
        raise click.BadParameter(f"{told!r} is not a rate such as 13% or 0.13", param=option)
    return str(rate)


def _code(_: click.Context, option: click.Parameter, told: str | None) -> str | None:
    """A currency by its three letters."""
    code = told.strip().upper() if told else None
    if code is not None and not re.fullmatch("[A-Z]{3}", code):
        raise click.BadParameter(f"{told!r} is not a currency such as CNY or USD", param=option)
    return code


def _month(_: click.Context, option: click.Parameter, told: str | None) -> str | None:
    """A month as 2025-03."""
    if told is not None and not is_month(told.strip()):
        raise click.BadParameter(f"{told!r} is not a month such as 2025-03", param=option)
    return told and told.strip()


def _is_mapping(word: str) -> bool:
    """A further FIELD=HEADER, and not a file that happens to have "=" in its name."""
    return "=" in word and not Path(word).exists()


@click.command("import", cls=taking_many({"--map": _is_mapping}))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@frame.home_option
@click.option("--source", help="Where the files come from (default: told from the file name).")
@click.option("--channel", help="One channel for files that name none.")
@click.option("--basis", type=click.Choice(BASES), help="What the amounts are (default: order).")
@click.option("--sheet", help="Which sheet of a workbook.")
@click.option("--rows", metavar="A-B", help="Which lines (3-20) or cells (A3:F20) the table is in.")
@click.option("--table", help="Which table of the business (default: recognised).")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=HEADER", help="Name a column.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="How 3/4/2024 is meant.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="What 1.234 means.")
@click.option("--fill-down", type=click.Choice(["yes", "no"]), help="An empty name is as above.")
@click.option("--encoding", type=click.Choice(CHOICES), help="Of a text that cannot be told.")
@click.option("--year", help="The year of a sheet whose columns are months without one.")
@click.option("--month", callback=_month, help="The month of a file that dates no row: 2025-03.")
@click.option("--currency", callback=_code, help="What amounts are in, such as USD.")
@click.option("--tax", type=click.Choice(["with_tax", "without_tax"]), help="What amounts hold.")
@click.option("--tax-rate", callback=_rate, help="The rate for the other side, such as 13%.")
@click.option("--refunds", type=click.Choice(REFUNDS), help="Off the amounts, or within them.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="TEXT=TYPE",
    help=f"What a status makes of its lines: {', '.join(LINE_TYPES)}.",
)
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="UNIT=COUNT",
    help="How many base units one holds, where the product table does not say.",
)
@click.option(
    "--again",
    type=click.Choice([takes.replace("_", "-") for takes in TAKES]),
    help="What becomes of lines that the same source has told of the same months before.",
)
@click.option(
    "--late",
    type=click.Choice(LATE),
    help="Lines of closed months count in the first open month after, and keep their date.",
)
@frame.json_option
@frame.quiet_option
@frame.guarded
def import_files(
    files: tuple[Path, ...],
    home: Path | None,
    again: str | None,
    late: Late | None,
    as_json: bool,
    quiet: bool,
    **hints: Any,
) -> None:
    """Import exports: CSV, TSV, xlsx, xls, parquet; a folder imports every file in it."""
    told = _hints(**hints)
    takes = cast("Takes | None", again and again.replace("-", "_"))
    with frame.open_workspace(home) as workspace:
        done = _import_all(workspace, list(_each(files)), told, (takes, late), quiet or as_json)
        alike = [] if as_json or quiet else _alike(workspace, done)
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in done], ensure_ascii=False, indent=2))
    for one in done:
        _report(one, quiet=as_json or quiet)
    if alike:
        click.echo(text(frame.language(), "commands.match_after", count=len(alike)))
    if any(one.fault for one in done):
        sys.exit(frame.FAULT)


def _alike(workspace: Workspace, done: Iterable[Done]) -> Sequence[Suggestion]:
    """Names in the new files that may be ones the store knows by another spelling."""
    every = [sheet for one in done if one.outcome for sheet in one.outcome.alike]
    fresh = [sheet.batch for sheet in every if not sheet.already]
    return workspace.suggestions(fresh) if fresh else ()


def _hints(
    mapped: tuple[str, ...], statuses: tuple[str, ...], units: tuple[str, ...], **told: Any
) -> Hints:
    columns = dict(_pair(text_, "--map", "FIELD=HEADER") for text_ in mapped)
    line_types = dict(_pair(text_, "--status", "TEXT=TYPE") for text_ in statuses)
    holding = dict(_pair(text_, "--unit", "UNIT=COUNT") for text_ in units)
    return Hints(columns=columns, line_types=line_types, units=holding, **told)


def _pair(said: str, option: str, form: str) -> tuple[str, str]:
    name, found, value = said.rpartition("=") if option == "--status" else said.partition("=")
    if not found:
        raise click.BadParameter(f"{said!r} is not {form}", param_hint=option)
    return name.strip(), value.strip() if option == "--status" else value


def _each(files: Iterable[Path]) -> Iterable[Path]:
    """The files themselves; of a folder every file in it, by name, hidden ones left out."""
    for path in files:
        if path.is_dir():
            yield from sorted(
                found
                for found in path.rglob("*")
                if found.is_file() and not found.name.startswith((".", "~$"))
            )
        else:
            yield path


def _import_all(
    workspace: Workspace, paths: Sequence[Path], hints: Hints, says: Says, quiet: bool
) -> list[Done]:
    sizes = [path.stat().st_size if path.is_file() else 0 for path in paths]
    done = []
    with progress.of_files(sizes, workspace.staged, quiet).watching() as told:
        for at, path in enumerate(paths):
            told.begin(at, path.name)
            done.append(_import(workspace, path, hints, says, told))
    return done


def _import(
    workspace: Workspace, path: Path, hints: Hints, says: Says, told: progress.Files
) -> Done:
    try:
        if not path.is_file():
            raise UnreadableFileError("file_missing", file=str(path))
        original = workspace.receive(path.name, path)
        told.now("read")
        proposal = workspace.inspect(original, hints)
        told.now("load")
        takes, late = says
        outcome = workspace.load(original, proposal, takes, late=late)
        return Done(path.name, outcome, proposal, unheard=_unheard(workspace, outcome))
    except ChanplanError as fault:
        return Done(path.name, fault=fault)


def _unheard(workspace: Workspace, outcome: Outcome) -> tuple[Unheard, ...]:
    """Targets of the file that do not count, because their version is locked."""
    batches = {one.batch for one in outcome.alike if one.table == "targets"}
    found = targeting.unheard(workspace.store) if batches else []
    return tuple(one for one in found if one.batch in batches)


def _as_json(done: Done) -> dict[str, Any]:
    if done.outcome is None:
        fault = done.fault or UnreadableFileError("file_missing", file=done.file)
        more = restated.as_json(fault.restated, None) if isinstance(fault, RestatedError) else {}
        return {"file": done.file, "error": fault.code, **more}
    outcome = done.outcome.whole()
    counts = outcome.counts
    return {
        "file": done.file,
        "table": outcome.table,
        "batch": outcome.batch,
        "rows": imported.rows(counts),
        "set_aside": dict(counts.reasons),
        "net_sales": {
            "file": written.plain(counts.sum_file),
            "loaded": written.plain(counts.sum_loaded),
            "set_aside": written.plain(counts.sum_set_aside),
        },
        **imported.own_total(counts),
        **imported.line_types(outcome, done.proposal),
        "source": outcome.recipe.source,
        "basis": outcome.recipe.basis,
        "currencies": list(outcome.currencies),
        "tax": outcome.recipe.tax,
        "tax_rate": outcome.recipe.tax_rate,
        "columns": outcome.recipe.named_columns(),
        **imported.recognised(done.proposal, frame.language()),
        "months": [written.month(month) for month in outcome.months],
        "already_imported": outcome.already,
        "drift": imported.drift(outcome),
        **imported.unheard(done.unheard),
        **restated.as_json(outcome.restated, outcome.takes),
        **imported.posted(outcome.posted),
        **imported.joined(outcome.joined),
        **imported.sheets(done.outcome),
        **imported.companions(outcome),
    }


def _posted(late: Posted) -> str:
    """Where late lines of a closed month count."""
    months = {"month": written.month(late.month_from), "to": written.month(late.month_to)}
    money = written.plain(late.money)
    return text(frame.language(), "closing.posted", lines=late.lines, money=money, **months)


def _report(done: Done, quiet: bool) -> None:
    """A line per file; faults and overlaps on standard error."""
    if done.fault is not None:
        frame.complain(done.fault, about=done.file)
        return
    if done.outcome is None:
        return
    outcome = done.outcome.whole()
    if outcome.overlaps:
        frame.say(
            text(frame.language(), "commands.overlap", others=outcome.overlaps), about=done.file
        )
    for late in outcome.posted:
        frame.say(_posted(late), about=done.file)
    if outcome.rivals:
        frame.say(text(frame.language(), "commands.rivals", others=outcome.rivals), about=done.file)
    for one in done.unheard:
        said = text(frame.language(), "commands.unheard", year=one.year, version=one.version,
                    count=one.rows)  # fmt: skip
        frame.say(said, about=done.file)
    if not quiet:
        click.echo(f"{done.file}: {_sentence(outcome)}")
        alike = telling.sheets(done.outcome, frame.language())
        told = [*alike, *telling.remarks(outcome, frame.language())]
        for remark in (*told, *telling.other_sheets(done.proposal, frame.language())):
            click.echo(f"  {remark}")


def _sentence(outcome: Outcome) -> str:
    if outcome.already:
        return text(frame.language(), "commands.already", at=outcome.already)
    counts = outcome.counts
    return text(
        frame.language(),
        "commands.loaded",
        table=outcome.table,
        batch=outcome.batch,
        file=counts.file,
        loaded=counts.loaded,
        set_aside=counts.set_aside,
        skipped=counts.skipped,
        net_sales=written.plain(counts.sum_loaded),
        currency=_currency(outcome),
    )


def _currency(outcome: Outcome) -> str:
    """The money that is meant, where it is one."""
    alone = outcome.table == "sales" and len(outcome.currencies) == 1
    return f" {outcome.currencies[0]}" if alone else ""
