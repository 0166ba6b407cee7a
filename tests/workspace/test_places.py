"""Odd names, folders that may not be written, files that may not be read, a clock set back."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from chanplan.domain.errors import StoreFaultError
from chanplan.ingest import recognise
from chanplan.settings import Settings
from chanplan.store import journal
from chanplan.workspace import Workspace, rebuild
from chanplan.workspace.loading import trying
from tests.commands.shell import ROOT, chanplan

HEAD = "日期,渠道,金额\n"
ODD = ("我 的 🙂 'st\"ore", "a;b&c $HOME %PATH% #1", "Größe–ñ é", "[*]{x}(y)")
FIRST = f"{HEAD}2024-01-05,天猫,20\n"
SECOND = f"{HEAD}2024-02-05,天猫,30\n"


def test_a_folder_that_the_engine_would_misread_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    with pytest.raises(StoreFaultError, match="home_unusable"):
        Workspace.open(place / "what?")
    assert not list(place.iterdir())


@pytest.mark.parametrize("odd", ODD)
def test_a_store_and_its_files_may_be_called_anything(tmp_path: Path, odd: str) -> None:
    home, file = tmp_path / odd / "store", tmp_path / f"{odd}.csv"
    file.write_text(FIRST, encoding="utf-8")
    settings = Settings(home=home)
    with Workspace(settings) as space:
        kept = space.receive(file.name, file)
        assert space.load(kept, space.inspect(kept)).counts.loaded == 1
        assert space.imports.all()["name"].tolist() == [file.name]
    assert rebuild(settings).identical


def test_the_longest_names_are_taken_and_longer_ones_are_told(tmp_path: Path) -> None:
    """A file's name has at most 255 bytes; what a browser says of an upload may be longer."""
    file = tmp_path / ("长" * 83 + ".csv")
    file.write_text(FIRST, encoding="utf-8")
    with Workspace(Settings(home=tmp_path / "home")) as space:
        for name, data in ((file.name, file), ("名" * 2_000 + ".csv", SECOND.encode())):
            kept = space.receive(name, data)
            assert space.load(kept, space.inspect(kept)).counts.loaded == 1
        assert sorted(map(len, space.imports.all()["name"])) == [87, 2_004]
    said = chanplan("import", tmp_path / ("x" * 300), "--home", tmp_path / "home", language="zh")
    assert said.code == 1 and "找不到文件" in said.err and len(said.err.splitlines()) == 1


# Files and folders of a store, each in turn not to be written; then a file not to be read.
TRIED = """
import json, sys
from pathlib import Path
from chanplan.domain.errors import ChanplanError
from chanplan.language import explain
from chanplan.workspace import Workspace

home, file = Path(sys.argv[1]), Path(sys.argv[2])

def tried():
    try:
        with Workspace.open(home) as space:
            kept = space.receive(file.name, file)
            space.load(kept, space.inspect(kept))
            return "loaded", ""
    except ChanplanError as fault:
        return fault.code, explain(fault, "zh")

told = {}
for name in ("", "originals", "journal.jsonl", "chanplan.duckdb"):
    place = home / name
    mode = place.stat().st_mode
    place.chmod(mode & 0o555)
    told[name] = tried()
    place.chmod(mode)
file.chmod(0)
told["file"] = tried()
file.chmod(0o644)
told["after"] = tried()
print(json.dumps(told))
"""


def without_privileges() -> None:
    """In the child: whoever is root keeps to permissions like anybody else."""
    program = ctypes.CDLL(None)
    for power in (1, 2):  # to write, and to read, what one may not: CAP_DAC_OVERRIDE, _READ_SEARCH
        program.prctl(24, power, 0, 0, 0)  # PR_CAPBSET_DROP, for the program that starts now


@pytest.mark.skipif(sys.platform != "linux", reason="permissions are tried as Linux has them")
def test_what_may_not_be_written_or_read_is_told_and_changes_nothing(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "二月.csv"
    file.write_text(SECOND, encoding="utf-8")
    with Workspace.open(home) as space:
        kept = space.receive("一月.csv", FIRST.encode())
        space.load(kept, space.inspect(kept))
        before = space.checksums()
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(home), str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=without_privileges,
        stdout=subprocess.PIPE,
        check=True,
    )
    told = json.loads(done.stdout)
    codes = {name: code for name, (code, _) in told.items()}
    assert codes == {
        "": "home_unusable",
        "originals": "store_read_only",
        "journal.jsonl": "store_read_only",
        "chanplan.duckdb": "store_read_only",
        "file": "file_unreadable",
        "after": "loaded",
    }
    assert "没有写入权限" in told["journal.jsonl"][1] and "二月.csv" in told["file"][1]
    with Workspace.open(home) as space:
        assert len(space.imports.all()) == 2
        assert space.checksums()["sales_line"] != before["sales_line"]
    assert rebuild(Settings(home=home)).identical


class SetBack(datetime):
    """A clock that went back to 2020."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> SetBack:
        return cls(2020, 1, 1, tzinfo=tz or UTC)


def test_a_clock_set_back_changes_no_order(tmp_path: Path, monkeypatch) -> None:
    """What came later counts as later; days that are still to come are set aside, and told."""
    settings = Settings(home=tmp_path)
    with Workspace(settings) as space:
        kept = space.receive("a.csv", FIRST.encode())
        space.load(kept, space.inspect(kept))
    for room in (journal, trying, recognise):
        monkeypatch.setattr(room, "datetime", SetBack)
    with Workspace(settings) as space:
        assert space.load(kept, space.inspect(kept)).already
        late = space.receive("b.csv", SECOND.replace("天猫", "京东").encode())
        counts = space.load(late, space.inspect(late)).counts
        assert (counts.loaded, dict(counts.reasons)) == (0, {"future_date:date": 1})
        early = space.receive("c.csv", SECOND.replace("2024", "2019").encode())
        assert space.load(early, space.inspect(early)).counts.loaded == 1
        days = [entry.at[:4] for entry in space.store.journal.after(0)]
        assert days[0] > "2020" and days[1:] == ["2020", "2020"]
        before = space.checksums()
    made = rebuild(settings)
    assert made.identical
    with Workspace(settings) as space:
        assert {n for n, sum_ in space.checksums().items() if sum_ != before[n]} <= {"position"}
