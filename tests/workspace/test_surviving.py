"""A store comes back from its originals and journal, whatever has become of its database."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import StoreFaultError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest import recognise
from chanplan.metrics.query import MetricQuery
from chanplan.settings import Settings
from chanplan.store import schema
from chanplan.workspace import Workspace, rebuild
from tests.stores import copied

TOTAL = MetricQuery(("net_sales",), Scope(Period(202401, 202412)))
# 100 + 70 = 170, one row without a date; 5; a product table.
HEAD = "渠道,日期,产品编码,数量,单位,金额\n"
FILES = {
    "天猫 一月.csv": f"{HEAD}天猫,2024-01-03,p1,2,箱,100\n京东,2024-02-03,p1,3,瓶,70\n"
    "天猫,哪天,p1,1,瓶,9\n",
    "天猫 二月.csv": f"{HEAD}天猫,2024-03-04,p2,1,箱,5\n",
    "产品.csv": "产品编码,产品名称,品类,基本单位,装箱单位,箱规\np1,茶,饮料,瓶,箱,24\n",
}


def bring(workspace: Workspace, name: str, text: str) -> int:
    original = workspace.receive(name, text.encode())
    return workspace.load(original, workspace.inspect(original)).batch


@copied
def filled(home: Path) -> Settings:
    """A store with three files, the second switched off and on again, and something taught."""
    settings = Settings(home=home)
    with Workspace(settings) as workspace:
        batches = [bring(workspace, name, text) for name, text in FILES.items()]
        workspace.switch(batches[1], False)
        workspace.switch(batches[1], True)
        kept = workspace.receive("b.csv", b"a,b,c\nx,2024-03-01,3\n")
        taught = recognise.Hints(columns={"channel": "a", "date": "b", "amount": "c"})
        workspace.remember(workspace.inspect(kept, taught))
    return settings


def held(settings: Settings) -> dict[str, str]:
    with Workspace(settings) as workspace:
        assert workspace.ask(TOTAL).frame["net_sales"].iloc[0] == Decimal(175)
        return dict(workspace.checksums())


def files(home: Path) -> set[str]:
    return {file.name for file in home.iterdir() if file.name.startswith("chanplan.")}


def test_a_rebuilt_store_is_the_same_in_every_table(tmp_path):
    settings = filled(tmp_path)
    before = held(settings)
    told: list[tuple[int, int]] = []
    made = rebuild(settings, lambda done, steps: told.append((done, steps)))
    assert (made.batches, made.identical, made.differing, made.kept) == (3, True, (), None)
    assert told[0] == (0, 6) and {steps for _, steps in told} == {6}
    assert held(settings) == before
    assert int(before["sales_line"].partition(":")[0]) == 3
    assert int(before["set_aside"].partition(":")[0]) == 1
    assert files(tmp_path) <= {"chanplan.duckdb", "chanplan.lock"}


def test_rebuilding_recognises_nothing_anew(tmp_path, monkeypatch):
    from chanplan.workspace import inspecting

    settings = filled(tmp_path)
    before = held(settings)

    def fail(*_args: object) -> None:
        raise AssertionError("recognised again")

    monkeypatch.setattr(inspecting, "recognise", fail)
    assert rebuild(settings).identical
    assert held(settings) == before


def test_a_rebuild_that_fails_leaves_the_old_store(tmp_path):
    settings = filled(tmp_path)
    before = held(settings)
    original = next(file for file in (tmp_path / "originals").rglob("*") if file.is_file())
    whole = original.read_bytes()
    original.write_bytes(whole + b"changed")
    with pytest.raises(StoreFaultError, match="original_damaged"):
        rebuild(settings)
    original.write_bytes(whole)
    assert held(settings) == before
    assert files(tmp_path) <= {"chanplan.duckdb", "chanplan.lock"}


def test_a_table_that_differs_keeps_the_old_database_aside(tmp_path):
    settings = filled(tmp_path)
    with Workspace(settings) as workspace, workspace._store.taking_in(6) as writer:
        writer.run("update sales_line_kept set amount_with_tax = 1 where line = 2")
    made = rebuild(settings)
    assert (made.identical, made.differing) == (False, ("sales_line",))
    assert (tmp_path / str(made.kept)).stat().st_size > 0
    held(settings)


def test_what_an_older_cleaning_read_is_told(tmp_path):
    settings = filled(tmp_path)
    journal = tmp_path / "journal.jsonl"
    entries = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    entries[0]["body"]["recipe"]["cleaning"] = 0
    journal.write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries), "utf-8"
    )
    assert rebuild(settings).recleaned == ("天猫 一月.csv",)


def test_a_store_of_an_older_program_is_made_anew_at_the_next_start(tmp_path, monkeypatch):
    settings = filled(tmp_path)
    before = held(settings)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    after = held(settings)
    assert {name for name in before if before[name] != after[name]} == {"position"}
    assert files(tmp_path) <= {"chanplan.duckdb", "chanplan.lock"}
    monkeypatch.undo()
    with pytest.raises(StoreFaultError, match="store_newer"):
        Workspace(settings)


def killed_with_a_log(settings: Settings) -> None:
    """A program that changes the store and is gone before it can fold its log away."""
    program = (
        "import os, sys; from pathlib import Path; from chanplan.workspace import Workspace\n"
        "space = Workspace.open(Path(sys.argv[1]))\n"
        "for on in (False, True): space.switch(1, on)\n"
        "os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(settings.home)], check=False)
    assert done.returncode == 9
    assert (settings.home / "chanplan.duckdb.wal").stat().st_size > 0


@pytest.mark.parametrize("harm", ["flipped", "cut", "empty"])
def test_a_log_that_is_damaged_costs_nothing(tmp_path, harm):
    settings = filled(tmp_path)
    before = held(settings)
    killed_with_a_log(settings)
    log = tmp_path / "chanplan.duckdb.wal"
    whole = bytearray(log.read_bytes())
    if harm == "flipped":
        whole[len(whole) // 2] ^= 0xFF
        log.write_bytes(whole)
    else:
        log.write_bytes(whole[: len(whole) // 2] if harm == "cut" else b"")
    with Workspace(settings) as workspace:
        assert workspace.version == 8
        if harm == "flipped":
            assert (tmp_path / str(workspace.healed)).read_bytes() == whole
    after = held(settings)
    assert {name for name in before if before[name] != after[name]} <= {"position"}


def test_a_damaged_database_is_told_and_a_rebuild_brings_all_back(tmp_path):
    settings = filled(tmp_path)
    before = held(settings)
    database = tmp_path / "chanplan.duckdb"
    database.write_bytes(b"x" * 5000)
    with pytest.raises(StoreFaultError, match="store_damaged") as fault:
        Workspace(settings)
    assert fault.value.values["count"] == 3
    made = rebuild(settings)
    assert made.identical is None
    assert (tmp_path / str(made.kept)).read_bytes() == b"x" * 5000
    assert held(settings) == before


def test_a_database_that_lacks_a_batch_says_which(tmp_path):
    settings = filled(tmp_path)
    before = held(settings)
    with Workspace(settings) as workspace, workspace._store.taking_in(6) as writer:
        for table in ("batch", "batch_month", "sales_line_kept"):
            writer.run(f"delete from {table} where batch = 2")
    with pytest.raises(StoreFaultError, match="batches_missing") as fault:
        Workspace(settings)
    assert fault.value.values["batches"] == "2 (天猫 二月.csv)"
    rebuild(settings)
    assert held(settings) == before


def test_an_older_journal_is_told_and_never_written_on(tmp_path):
    settings = filled(tmp_path)
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:1]))
    with pytest.raises(StoreFaultError, match="journal_short") as fault:
        Workspace(settings)
    assert (fault.value.values["taken_in"], fault.value.values["last"]) == (6, 1)
    made = rebuild(settings)
    assert (made.batches, made.identical) == (1, None)
    with Workspace(settings) as workspace:
        assert workspace.ask(TOTAL).frame["net_sales"].iloc[0] == Decimal(170)


def test_a_line_of_the_journal_that_cannot_be_read_is_named(tmp_path):
    settings = filled(tmp_path)
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"{}\n", *lines[2:]]))
    with pytest.raises(StoreFaultError, match="journal_damaged") as fault:
        Workspace(settings)
    assert fault.value.values["line"] == 2


def test_files_that_came_together_and_were_torn_apart_never_came(tmp_path):
    """Of two files in one go only the first line reached the journal; then the giving-up of a
    torn go of three was itself torn."""
    settings = Settings(home=tmp_path)
    with Workspace(settings) as workspace:
        kept = [workspace.receive(n, t.encode()) for n, t in list(FILES.items())[:2]]
        workspace.load_all([(one, workspace.inspect(one)) for one in kept])
    (tmp_path / "chanplan.duckdb").unlink()
    journal = tmp_path / "journal.jsonl"
    first, second = journal.read_text("utf-8").splitlines()
    journal.write_text(first + "\n", "utf-8")
    with Workspace(settings) as workspace:
        assert workspace.is_empty()
    journal.write_text(
        "".join(
            json.dumps({**json.loads(line), "seq": seq, **body}, ensure_ascii=False) + "\n"
            for line, seq, body in [
                (together(first, 3), 1, {}),
                (together(second, 3), 2, {}),
                (first, 3, {"kind": "abandon", "body": {"seq": 1}}),
            ]
        ),
        "utf-8",
    )
    with Workspace(settings) as workspace:
        assert workspace.is_empty()


def together(line: str, last: int) -> str:
    entry = json.loads(line)
    entry["body"]["together_to"] = last
    return json.dumps(entry, ensure_ascii=False)


def test_an_import_that_was_cut_off_and_cannot_be_loaded_does_not_bar_the_store(tmp_path):
    settings = filled(tmp_path)
    entry = json.loads((tmp_path / "journal.jsonl").read_text("utf-8").split("\n")[0])
    kept = Workspace(settings)
    original = kept.receive("kaputt.csv", b"\xff\xff\xff\n")
    kept.close()
    entry["body"] |= {"sha256": original.sha256, "name": "kaputt.csv", "together_to": 7}
    with (tmp_path / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(json.dumps({**entry, "seq": 7}, ensure_ascii=False) + "\n")
    with Workspace(settings) as workspace:
        assert workspace.brought_back.given_up == ("kaputt.csv",)
    with Workspace(settings) as workspace:
        assert workspace.brought_back.given_up == ()
    held(settings)


def test_a_name_with_a_strange_line_end_does_not_break_the_journal(tmp_path):
    with Workspace(replace(Settings(), home=tmp_path)) as workspace:
        bring(workspace, "a\u2028b\x85.csv", FILES["天猫 一月.csv"])
    with Workspace(replace(Settings(), home=tmp_path)) as workspace:
        assert workspace.imports.all()["name"].tolist() == ["a\u2028b\x85.csv"]
