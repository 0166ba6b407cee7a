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
# Columns that are headed by another word than `company.<column>`.
_WORDS = {
    "since": "company.valid_from",
    "moved": "company.moved_lines",
    "by_what": "company.by",
    "member": "company.of",
    "with_tax": "tax.with_tax",
    "without_tax": "tax.without_tax",
}
_HELP = {"moved": "company.moved_lines_help"}


def show(found: pd.DataFrame, name: str, alt: str, columns: str, **words: str) -> None:
    """The table and its downloads.

    name     the end of its key, and of the word for its file
    columns  their names, in order; `words` head some of them otherwise than usual
    """
    heads = _WORDS | words
    drawn = [
        Column(
            one,
            say(heads.get(one, f"company.{one}")),
            _KINDS.get(one, "text"),
            help=say(_HELP[one]) if one in _HELP else None,
        )
        for one in columns.split()
    ]
    tables.show(found, drawn, f"company_{name}", say(alt), (), say(f"company.{name}_file"))
