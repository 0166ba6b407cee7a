"""Columns of the kept originals that seem to tell of persons, and what forgetting each takes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from chanplan.domain.recipe import Recipe
from chanplan.ingest.headers import normal
from chanplan.ingest.personal import kind_of
from chanplan.ingest.reading.blanking_books import can_blank
from chanplan.store import Store, deeds


@dataclass
class PersonalColumn:
    """A heading, and what of a person it seems to tell (`ingest.personal`).

    files    names of imports whose original has the column
    fields   (table, field) that it fills: what goes from the lines with it; figures stay
    anew     those of the files that would be written anew as xlsx, their values alone: old
             workbooks, charts and pivots
    """

    heading: str
    kind: str
    files: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    anew: list[str] = field(default_factory=list)


def columns(store: Store) -> list[PersonalColumn]:
    """Every column that seems personal, however its heading is spelled, and has not been
    forgotten; those in most files first."""
    found: dict[str, PersonalColumn] = {}
    emptied, anew_batches = _emptied(store), _anew(store)
    batches = store.fetch("select batch, name, recipe from batch order by batch")
    for batch, name, told in batches.itertuples(index=False, name=None):
        recipe = Recipe.from_json(json.loads(told))
        for at, header in enumerate(recipe.file_headers()):
            kind = kind_of(header) if header else None
            if kind is None or emptied.get(normal(header), 0) > batch:
                continue
            one = found.setdefault(normal(header), PersonalColumn(header, kind))
            anew = recipe.dialect is None and int(batch) in anew_batches
            _note(one, str(name), recipe, at, anew)
    return sorted(found.values(), key=lambda one: (-len(one.files), one.heading))


def _note(one: PersonalColumn, name: str, recipe: Recipe, at: int, anew: bool) -> None:
    filled = [(recipe.table, field) for field, place in recipe.columns.items() if place == at]
    one.fields += [told for told in filled if told not in one.fields]
    one.files.append(name)
    if anew:
        one.anew.append(name)


def _anew(store: Store) -> set[int]:
    """The imports from workbooks in which no column can be emptied in place; each file is looked
    at once."""
    found: set[int] = set()
    known: dict[str, bool] = {}
    for entry in deeds.imports(store.journal):
        if entry.body["recipe"].get("dialect") is None:
            sha = deeds.sha_now(store.journal, entry)
            path = store.originals.path_of(sha)
            if sha not in known:
                known[sha] = path.is_file() and can_blank(path)
            if not known[sha]:
                found.add(entry.seq)
    return found


def _emptied(store: Store) -> dict[str, int]:
    """heading → the entry that has emptied it in every file that came before."""
    entries = store.journal.of_kind(deeds.FORGET)
    return {normal(one.body["column"]): one.seq for one in entries if one.body.get("column")}
