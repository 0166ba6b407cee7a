"""Small tables of the company's rules: what lines got, and what waits for a word."""

from __future__ import annotations

import pandas as pd

from chanplan.reports.tables import Kind
from chanplan.ui import tables
from chanplan.ui.session import say
from chanplan.ui.tables import Column

# Columns that are no texts, wherever they stand.
_KINDS: dict[str, Kind] = {
    "since": "date",
    "rate": "rate",
    "lines": "count",
    "moved": "count",
    "quantity": "quantity",
    "amount": "price",
    "with_tax": "price",
    "without_tax": "price",
}


def show(found: pd.DataFrame, name: str, columns: dict[str, str], alt: str) -> None:
    """The table and its downloads. `columns` is its columns, each with the word that heads it;
    `name` is the end of its key, and of the word for its file."""
    drawn = [
        Column(column, say(word), _KINDS.get(column, "text"), help=_help(word))
        for column, word in columns.items()
    ]
    tables.show(found, drawn, f"company_{name}", say(alt), (), say(f"company.{name}_file"))


def _help(word: str) -> str | None:
    """The one heading that needs more than itself."""
    return say("company.moved_lines_help") if word == "company.moved_lines" else None
