"""A store's views are those of the program that opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.store import schema
from tests.books import open_store
from tests.conftest import ROOT

OF_BEFORE = "create or replace view cost_lines as select 'of before' as told"


def columns(home: Path) -> list[str]:
    store = open_store(home)
    try:
        return list(store.fetch("select * from cost_lines limit 0").columns)
    finally:
        store.close()


@pytest.mark.parametrize("made_by", ["'another program'", "null"])
def test_views_of_another_program_are_made_anew(tmp_path: Path, made_by: str) -> None:
    ours = columns(tmp_path)
    store = open_store(tmp_path)
    with store.taking_in(0) as writer:
        writer.run(OF_BEFORE)
        writer.run(f"comment on table position is {made_by}")
    store.close()
    assert columns(tmp_path) == ours


def test_what_this_program_has_made_stands(tmp_path: Path) -> None:
    columns(tmp_path)
    store = open_store(tmp_path)
    with store.taking_in(0) as writer:
        writer.run(OF_BEFORE)
    store.close()
    assert columns(tmp_path) == ["told"]


def test_every_line_of_the_store_and_of_the_domain_counts_inner_rooms_with_them() -> None:
    rooms = (ROOT / "chanplan" / room for room in ("store", "domain"))
    lines = {
        file
        for room in rooms
        for ending in ("py", "sql", "toml")
        for file in room.rglob(f"*.{ending}")
    }
    assert lines == set(schema.sources()) and any(file.parent.name == "rollups" for file in lines)
