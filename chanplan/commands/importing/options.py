"""What the options of `import` say, checked: rates, currencies, months, pairs, files of folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from chanplan.ingest.month_words import is_month


def rate(_: click.Context, option: click.Parameter, told: str | None) -> str | None:
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


def code(_: click.Context, option: click.Parameter, told: str | None) -> str | None:
    """A currency by its three letters."""
    code = told.strip().upper() if told else None
    if code is not None and not re.fullmatch("[A-Z]{3}", code):
        raise click.BadParameter(f"{told!r} is not a currency such as CNY or USD", param=option)
    return code


def month(_: click.Context, option: click.Parameter, told: str | None) -> str | None:
    """A month as 2025-03."""
    if told is not None and not is_month(told.strip()):
        raise click.BadParameter(f"{told!r} is not a month such as 2025-03", param=option)
    return told and told.strip()


def is_mapping(word: str) -> bool:
    """A further FIELD=HEADER, and not a file that happens to have "=" in its name."""
    return "=" in word and not is_a(Path(word), Path.exists)


def hints_of(
    mapped: tuple[str, ...], statuses: tuple[str, ...], units: tuple[str, ...], **told: Any
) -> dict[str, Any]:
    """What the options say of how a file is read: the fields of its `Hints`."""
    columns = dict(_pair(text_, "--map", "FIELD=HEADER") for text_ in mapped)
    line_types = dict(_pair(text_, "--status", "TEXT=TYPE") for text_ in statuses)
    holding = dict(_pair(text_, "--unit", "UNIT=COUNT") for text_ in units)
    return {**told, "columns": columns, "line_types": line_types, "units": holding}


def is_a(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether it is a file, or a folder; a name that none can have is that of none."""
    try:
        return kind(path)
    except OSError:
        return False


def each(files: Iterable[Path]) -> Iterable[Path]:
    """The files themselves; of a folder every file in it, by name, hidden ones left out."""
    for path in files:
        if is_a(path, Path.is_dir):
            yield from sorted(
                found
                for found in path.rglob("*")
                if found.is_file() and not found.name.startswith((".", "~$"))
            )
        else:
            yield path


def _pair(said: str, option: str, form: str) -> tuple[str, str]:
    name, found, value = said.rpartition("=") if option == "--status" else said.partition("=")
    if not found:
        raise click.BadParameter(f"{said!r} is not {form}", param_hint=option)
    return name.strip(), value.strip() if option == "--status" else value
