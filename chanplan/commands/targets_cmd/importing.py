"""`targets import`: workbooks and texts of targets, long or wide."""

from __future__ import annotations

from pathlib import Path

import click

from chanplan.commands import frame
from chanplan.commands.importing import import_files


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--year", help="The year of a sheet whose columns are months without one.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=HEADER", help="Name a column.")
@frame.home_option
@frame.json_option
@frame.quiet_option
@click.pass_context
def import_targets(
    context: click.Context,
    files: tuple[Path, ...],
    year: str | None,
    mapped: tuple[str, ...],
    home: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Import targets: months, quarters or years; "-" for none; thousands or 万 by the heading."""
    context.invoke(
        import_files,
        files=files,
        table="targets",
        year=year,
        mapped=mapped,
        home=home,
        as_json=as_json,
        quiet=quiet,
    )
