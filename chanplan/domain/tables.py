"""The tables of the business that can be uploaded, read from tables.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

# A "rate" is a part of one, told as 13% or 0.13; a "factor" is what something is multiplied by.
Kind = Literal["text", "date", "amount", "quantity", "rate", "factor", "integer", "flag"]

_DECLARATIONS = Path(__file__).with_name("tables.toml")


@dataclass(frozen=True)
class Column:
    """One column of a table: its kind, its names, the header words that mean it.

    coarse  of a date: it may name a quarter or a year; rates  of an amount: it may say 80%
    """

    name: str
    kind: Kind
    zh: str
    en: str
    words: tuple[str, ...]
    fallback: tuple[str, ...] = ()
    required: bool = False
    label_of: str | None = None
    example: str = ""
    coarse: bool = False
    rates: bool = False


@dataclass(frozen=True)
class Table:
    """One kind of upload. `needs`: of every group of columns a sheet must offer one.

    `beside`: column → the one without which it meets no need: a price says nothing of money
    unless there is a quantity.

    `describes`: the dimension whose members it tells about; its other text columns become
    attributes of that member, valid from `valid_from` where there is such a column.
    """

    name: str
    zh: str
    en: str
    columns: Mapping[str, Column]
    needs: tuple[tuple[str, ...], ...]
    describes: str | None = None
    beside: Mapping[str, str] = field(default_factory=dict)


@cache
def all_tables() -> Mapping[str, Table]:
    """Every table by its name, in the order of declaration."""
    declared = tomllib.loads(_DECLARATIONS.read_text(encoding="utf-8"))
    return {name: _table(name, body) for name, body in declared.items()}


def table(name: str) -> Table:
    """One table by name; KeyError when it is not declared."""
    return all_tables()[name]


def _table(table_name: str, body: Mapping[str, Any]) -> Table:
    return Table(
        name=table_name,
        zh=body["zh"],
        en=body["en"],
        columns={name: _column(name, facts) for name, facts in body["columns"].items()},
        needs=tuple(tuple(group) for group in body["needs"]),
        describes=body.get("describes"),
        beside=body.get("beside", {}),
    )


def _column(name: str, facts: Mapping[str, Any]) -> Column:
    lists = {key: tuple(facts[key]) for key in ("words", "fallback") if key in facts}
    return Column(name=name, **{**facts, **lists})
