"""`import` and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from chanplan.commands import frame
from chanplan.commands.importing.options import (
    code,
    each,
    hints_of,
    is_a,
    is_mapping,
    month,
    rate,
)
from chanplan.commands.many import taking_many
from chanplan.domain.line_types import LINE_TYPES
from chanplan.domain.posted import LATE, Late
from chanplan.domain.restated import TAKES, Takes
from chanplan.domain.scope import BASES
from chanplan.ingest.reading.charset import CHOICES
from chanplan.ingest.refunds import CHOICES as REFUNDS
from chanplan.workspace.early import beginning


@click.command("import", cls=taking_many({"--map": is_mapping}))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
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
@click.option("--month", callback=month, help="The month of a file that dates no row: 2025-03.")
@click.option("--currency", callback=code, help="What amounts are in, such as USD.")
@click.option("--tax", type=click.Choice(["with_tax", "without_tax"]), help="What amounts hold.")
@click.option("--tax-rate", callback=rate, help="The rate for the other side, such as 13%.")
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
    told = hints_of(**hints)
    takes = cast("Takes | None", again and again.replace("-", "_"))
    paths = list(each(files))
    first = next((path for path in paths[:1] if is_a(path, Path.is_file)), None)
    with beginning(frame.settings(home), first, told["encoding"]) as early:
        from chanplan.commands.importing.running import run  # meanwhile, because it takes long

        run(early, paths, told, (takes, late), as_json, quiet)
