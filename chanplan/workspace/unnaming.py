"""Names that go with what is forgotten: what people have decided on them goes from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chanplan.domain.names import MATCHED, Pair, pairs_of
from chanplan.domain.tables import all_tables
from chanplan.store import Store, care
from chanplan.workspace.naming import MATCH

# Dimension and name.
Name = tuple[str, str]


def retold(store: Store, fed: Mapping[str, Sequence[int]]) -> dict[int, Mapping[str, Any]]:
    """The journal's entries on names as they read without those that go: number → body.

    fed  dimension → the imports whose names of it go; a name that another one has, too, stays

    Where a master goes, the first of the names that are taken for it today stands in its place,
    so that these stay one.
    """
    entries, cared = store.journal.of_kind(MATCH), store.journal.of_kind(care.SAID)
    told = {(one.dimension, name) for entry in entries for one in pairs_of(entry.body)
            for name in (one.name, one.master)}  # fmt: skip
    told |= {_cared_for(one) for entry in cared for one in entry.body["items"]}
    gone = {at for dimension in MATCHED for at in _gone(store, dimension, fed, told)}
    heirs = _heirs(store, gone)
    made: dict[int, Mapping[str, Any]] = {}
    for entry in entries:
        pairs = list(_without(pairs_of(entry.body), gone, heirs))
        body = {**entry.body, "pairs": [pair.to_json() for pair in pairs]}
        if body != entry.body:
            made[entry.seq] = body
    for entry in cared:
        items = [one for one in entry.body["items"] if _cared_for(one) not in gone]
        if len(items) < len(entry.body["items"]):
            made[entry.seq] = {**entry.body, "items": items}
    return made


def _cared_for(item: Mapping[str, Any]) -> Name:
    """Whom a care item is of: it goes with its customer, and what was written of it, too."""
    dimension = "partner" if item["population"] == "partner" else "customer"
    return dimension, str(item["customer"])


def _gone(
    store: Store, dimension: str, fed: Mapping[str, Sequence[int]], told: Iterable[Name]
) -> set[Name]:
    """The names of the imports that no other import has."""
    asked = sorted({name for of, name in told if of == dimension})
    batches = list(fed.get(dimension, ()))
    if not asked or not batches:
        return set()
    found = store.fetch(
        f"select name from ({_everywhere(dimension)}) where name in (select unnest(?::varchar[]))"
        " group by name having bool_and(batch in (select unnest(?::integer[])))",
        [asked, batches],
    )
    return {(dimension, str(name)) for name in found["name"]}


def _everywhere(dimension: str) -> str:
    """SQL of every name of a dimension with the import that has it."""
    tables = [one.name for one in all_tables().values() if dimension in one.columns]
    named = ["sales_line" if name == "sales" else name for name in tables]
    return " union all ".join(f'select "{dimension}" as name, batch from "{one}"' for one in named)


def _heirs(store: Store, gone: set[Name]) -> dict[Name, str]:
    """Master that goes → the first name, of those that stay, that is taken for it."""
    found = store.fetch("select dimension, name, said from matched order by seq, dimension, name")
    heirs: dict[Name, str] = {}
    for row in found.to_dict("records"):
        at, name = (str(row["dimension"]), str(row["said"])), str(row["name"])
        if at in gone and (at[0], name) not in gone:
            heirs.setdefault(at, name)
    return heirs


def _without(pairs: Iterable[Pair], gone: set[Name], heirs: Mapping[Name, str]) -> Iterable[Pair]:
    for pair in pairs:
        both = [(pair.dimension, name) for name in (pair.name, pair.master)]
        name, master = (heirs.get(at) if at in gone else at[1] for at in both)
        if name is not None and master is not None and name != master:
            yield Pair(pair.dimension, name, master)
