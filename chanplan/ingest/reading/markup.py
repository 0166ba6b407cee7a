"""Web pages and SpreadsheetML named .xls: looked at in the child, as every workbook is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chanplan.ingest.reading.charset import GB18030, UTF8, candidates
from chanplan.ingest.reading.merging import Merges, Range
from chanplan.ingest.reading.sheet_rows import write
from chanplan.ingest.reading.spreadsheet_xml import NAMESPACE, worksheets
from chanplan.ingest.reading.web_page import tables

HEAD = 4096
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)

# Name, hidden, rows by number, merged ranges, how its cells find their columns (`Sheet.cells`).
Found = tuple[str, bool, list[tuple[int, list[str]]], list[Range], str]


class NoTableError(Exception):
    """Markup that holds no table."""


def sheets(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of every table; NoTableError where there is none."""
    data = Path(request["path"]).read_bytes()
    head = data[:HEAD].replace(b"\0", b"")
    is_xml = NAMESPACE in head and b"<html" not in head.lower()
    found = list(_xml(data) if is_xml else _page(data))
    if not found:
        raise NoTableError
    return [_facts(request, at, one) for at, one in enumerate(found)]


def _facts(request: dict[str, Any], at: int, found: Found) -> dict[str, Any]:
    name, hidden, rows, ranges, cells = found
    target = Path(request["staging"]) / f"{request['stem']}-{at}.csv"
    facts = write(rows, target, Merges(tuple(sorted(ranges))), to_the_end=True)
    return {"name": name, "hidden": hidden, "cells": cells, **facts}


def _xml(data: bytes) -> Iterator[Found]:
    for one in worksheets(data):
        yield one.name, one.hidden, one.rows, one.ranges, "in_order"


def _page(data: bytes) -> Iterator[Found]:
    for at, grid in enumerate(tables(_decoded(data)), 1):
        yield str(at), False, list(enumerate(grid.rows, 1)), grid.ranges, "all"


def _decoded(data: bytes) -> str:
    """Mark, else the charset the page states, else the same rule as for text; strict always."""
    tries = candidates(data[:HEAD])
    stated = _CHARSET.search(data[:HEAD])
    if tries == (UTF8, GB18030) and stated:
        tries = (_known(stated.group(1).decode()),)
    for encoding in tries[:-1]:
        try:
            return data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    return data.decode(tries[-1]).lstrip("\ufeff")


def _known(stated: str) -> str:
    """The charset a page names; GBK and GB2312 are read as what contains them."""
    try:
        name = codecs.lookup(stated).name
    except LookupError:
        return UTF8
    return GB18030 if name in ("gbk", "gb2312") else name
