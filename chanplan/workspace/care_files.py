"""A care list that was worked on elsewhere, read back by key, kept like any upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from chanplan.analysis.customers.facts import Asked
from chanplan.domain.care import Item, key_of, state_of
from chanplan.ingest.recognise import Hints
from chanplan.workspace.customers import care_items
from chanplan.workspace.workspace import Workspace

# Where lists come from, for the table of imports.
SOURCE = "客户维护"


@dataclass(frozen=True)
class ReadBack:
    """What came of it: the import; fate of rows → how many; untaken, as `care_items.untaken`."""

    batch: int
    already: bool
    fates: Mapping[str, int]
    untaken: pd.DataFrame


def read_back(space: Workspace, name: str, data: bytes, asked: Asked) -> ReadBack:
    """Import a list. Rows of customers whose names it does not tell whole (they were masked) are
    found by their key. Raises what an import raises."""
    original = space.receive(name, data)
    made = space.load(original, space.inspect(original, Hints(table="care", source=SOURCE)))
    _by_key(space, made.batch, asked)
    return told(space, made.batch, made.already is not None)


def told(space: Workspace, batch: int, already: bool = False) -> ReadBack:
    """What has come of an uploaded list by now."""
    return ReadBack(batch, already, care_items.fates(space.store, batch), _open(space, batch))


def take_late(space: Workspace, batch: int) -> care_items.Written:
    """Write the rows of a list over what was changed meanwhile, now that a person has seen it."""
    rows = _open(space, batch)
    standing = {one.key: one for one in care_items.items(space.store)}
    words = [replace(_item(row), key=str(row["key"]), customer=standing[str(row["key"])].customer)
             for row in rows[rows["fate"] == "late"].to_dict("records")
             if str(row["key"]) in standing]  # fmt: skip
    return care_items.say(space, words, space.version)


def _open(space: Workspace, batch: int) -> pd.DataFrame:
    """Rows that count for nothing, but for those that a word on a screen has brought since."""
    rows = care_items.untaken(space.store, batch)
    standing = {one.key: one.says() for one in care_items.items(space.store)}
    done = [standing.get(str(row["key"])) == _item(row).says() for row in rows.to_dict("records")]
    return rows[[not one for one in done]]


def _by_key(space: Workspace, batch: int, asked: Asked) -> None:
    rows = care_items.untaken(space.store, batch)
    lost = rows[(rows["fate"] == "unknown") & rows["opened"].notna()].to_dict("records")
    words = []
    for opened in sorted({row["opened"] for row in lost}):
        at = Asked(asked.population, asked.scope, opened)
        names = space.customers.facts(at)["customer"].astype(str)
        known = {key_of(asked.population, one, opened): one for one in names}
        words += [replace(_item(row), population=asked.population, customer=known[row["key"]])
                  for row in lost if row["opened"] == opened and row["key"] in known]  # fmt: skip
    if words:
        care_items.say(space, words, batch)


def _item(row: Mapping[object, object]) -> Item:
    def text(name: str) -> str | None:
        value = row[name]
        return None if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]

    def day(name: str) -> date | None:
        value = row[name]
        return value if isinstance(value, date) and not pd.isna(value) else None

    return Item(
        str(row["key"]), text("population") or "", text("customer") or "", day("opened"),
        text("owner"), day("due"), state_of(text("state")) or "open", text("action"),
        text("result"), day("contacted"),
    )  # fmt: skip
