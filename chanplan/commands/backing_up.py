"""`backup` and `restore`: a store into one file, and out of it again."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from chanplan.commands import frame, progress
from chanplan.language.words import text
from chanplan.workspace.backing_up import Restored, backup, restore


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@frame.home_option
@frame.json_option
@frame.guarded
def backup_store(file: Path, force: bool, home: Path | None, as_json: bool) -> None:
    """Write originals, journal and settings into one zip FILE.

    The store may be in use meanwhile. The file holds everything that the store is made from;
    the originals in it may hold personal columns (see forget).
    """
    made = backup(frame.settings(home), file, force, progress.shown())
    if as_json:
        click.echo(json.dumps(asdict(made), ensure_ascii=False, indent=2))
        return
    said = text(
        frame.language(), "commands.backed_up", files=made.files, file=made.file, size=made.size
    )
    click.echo(said)
    if not made.checked:
        frame.say(text(frame.language(), "commands.backup_unchecked"))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Put the store that is there aside first.")
@frame.home_option
@frame.json_option
@frame.guarded
def restore_store(file: Path, force: bool, home: Path | None, as_json: bool) -> None:
    """Make the store of a backup FILE; every part is checked by its sha256 first."""
    made = restore(frame.settings(home), file, force, progress.shown())
    if as_json:
        click.echo(json.dumps(asdict(made), ensure_ascii=False, indent=2))
        return
    told = {"files": made.files, "imports": made.imports, "tables": ", ".join(made.differing)}
    said = text(frame.language(), "commands.restored", **told)
    click.echo(f"{said} {text(frame.language(), _compared(made), **told)}")
    if made.put_aside:
        frame.say(text(frame.language(), "commands.put_aside", folder=made.put_aside))
    if made.settings:
        meant = ", ".join(
            f"CHANPLAN_{name.upper()}={'' if value is None else value}"
            for name, value in made.settings.items()
        )
        frame.say(text(frame.language(), "commands.other_settings", settings=meant))


def _compared(made: Restored) -> str:
    if made.identical is None:
        return "commands.restored_uncompared"
    return "commands.restored_same" if made.identical else "commands.restored_differs"
