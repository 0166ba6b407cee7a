"""`rebuild`, `backup` and `restore` as a person would type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from chanplan.domain.errors import BackupError
from chanplan.settings import Settings
from chanplan.store import packing
from chanplan.workspace import Workspace
from chanplan.workspace.backing_up import backup, restore
from tests.commands.shell import ROOT, chanplan, started
from tests.workspace.test_surviving import filled, held


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return filled(tmp_path / "home")


def test_rebuild_says_that_nothing_has_changed(settings):
    before = held(settings)
    said = chanplan("rebuild", "--home", settings.home, "--json")
    assert said.code == 0, said.err
    assert said.json.pop("seconds") > 0
    assert said.json["batches"] == 3
    assert (said.json["identical"], said.json["differing"], said.json["kept"]) == (True, [], None)
    assert held(settings) == before
    assert "Every table" in chanplan("rebuild", "--home", settings.home).out


def test_a_damaged_database_offers_the_rebuild_in_one_sentence(settings):
    (settings.home / "chanplan.duckdb").write_bytes(b"x" * 5000)
    for language in ("zh", "en"):
        said = chanplan("ask", "net_sales", "--home", settings.home, language=language)
        assert said.code == 1
        assert "python -m chanplan rebuild" in said.err
        assert len(said.err.strip().splitlines()) == 1
    said = chanplan("rebuild", "--home", settings.home, "--json")
    assert said.json["identical"] is None and said.json["kept"].startswith("chanplan.duckdb.")
    held(settings)


def test_a_backup_restores_the_same_store(settings, tmp_path):
    before = held(settings)
    file = tmp_path / "backup.zip"
    made = chanplan("backup", file, "--home", settings.home, "--json")
    assert made.code == 0, made.err
    assert made.json["checked"] is True
    assert (made.json["files"], made.json["size"]) == (3, file.stat().st_size)
    other = tmp_path / "other"
    back = chanplan("restore", file, "--home", other, "--json")
    assert back.code == 0, back.err
    assert (back.json["imports"], back.json["identical"]) == (3, True)
    assert held(Settings(home=other)) == before
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("manifest.json"))["settings"] == {
            "fiscal_year_start_month": 1,
            "cut_off_day": None,
        }


def test_neither_a_file_nor_a_store_is_written_over_unasked(settings, tmp_path):
    file, other = tmp_path / "backup.zip", filled(tmp_path / "other")
    backup(settings, file)
    assert chanplan("backup", file, "--home", settings.home).code == 1
    assert chanplan("backup", file, "--home", settings.home, "--force").code == 0
    with Workspace(other) as workspace:
        workspace.switch(1, False)
        before = dict(workspace.checksums())
    assert chanplan("restore", file, "--home", other.home).code == 1
    with Workspace(other) as workspace:
        assert workspace.checksums() == before
    said = chanplan("restore", file, "--home", other.home, "--force", "--json")
    assert said.code == 0, said.err
    assert held(other) == held(settings)
    aside = other.home / said.json["put_aside"]
    assert len((aside / "journal.jsonl").read_bytes().splitlines()) == 7
    assert (aside / "chanplan.duckdb").exists()


def test_a_backup_of_other_settings_says_so(settings, tmp_path):
    backup(settings, tmp_path / "b.zip")
    april = Settings(home=tmp_path / "april", fiscal_year_start_month=4)
    assert restore(april, tmp_path / "b.zip").settings == {"fiscal_year_start_month": 1}


def test_a_backup_while_the_app_has_the_store_open_is_whole(settings, tmp_path):
    """Another process imports and switches all the while; every backup restores to a state it
    was in: 175, or 170 while the second file is off."""
    program = (
        "import sys; from pathlib import Path; from chanplan.workspace import Workspace\n"
        "space = Workspace.open(Path(sys.argv[1])); print('open', flush=True)\n"
        "while True:\n"
        "    for on in (False, True): space.switch(2, on)"
    )
    command = [sys.executable, "-c", program, str(settings.home)]
    other = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        for turn in range(3):
            made = backup(settings, tmp_path / f"{turn}.zip")
            assert (made.files, made.checked) == (3, False)
    finally:
        other.kill()
        other.wait()
    for turn in range(3):
        home = Settings(home=tmp_path / f"home{turn}")
        back = restore(home, tmp_path / f"{turn}.zip")
        assert (back.imports, back.identical) == (3, None)
        with Workspace(home) as workspace:
            lines = workspace.checksums()["rollup_partner"].partition(":")[0]
            assert lines in ("2", "3")


@pytest.mark.parametrize("harm", ["cut", "flipped", "no zip", "lacks", "outside"])
def test_a_damaged_backup_changes_nothing(settings, tmp_path, harm):
    file, home = tmp_path / "b.zip", tmp_path / "new"
    backup(settings, file)
    whole = bytearray(file.read_bytes())
    if harm == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif harm == "flipped":
        whole[200] ^= 0xFF
        file.write_bytes(whole)
    elif harm == "no zip":
        file.write_bytes(b"nothing of the kind")
    else:
        repack(file, harm)
    with pytest.raises(BackupError, match="backup_damaged"):
        restore(Settings(home=home), file)
    assert not any((home / name).exists() for name in ("journal.jsonl", "originals"))
    assert not (tmp_path / "evil").exists()


def repack(file: Path, harm: str) -> None:
    """Without an original, or with a part that wants to lie elsewhere."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(parts[packing.MANIFEST])
    if harm == "lacks":
        gone = next(name for name in parts if name.startswith("originals/"))
        del parts[gone], told["sha256"][gone]
    else:
        parts["../evil"] = b""
        told["sha256"]["../evil"] = "0" * 64
    parts[packing.MANIFEST] = json.dumps(told).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_no_store_and_no_original_are_told(settings, tmp_path):
    said = chanplan("backup", tmp_path / "b.zip", "--home", tmp_path / "nowhere")
    assert (said.code, len(said.err.strip().splitlines())) == (1, 1)
    original = next(file for file in (settings.home / "originals").rglob("*") if file.is_file())
    original.unlink()
    with pytest.raises(BackupError, match="backup_lacks"):
        backup(settings, tmp_path / "b.zip")
    assert not list(tmp_path.glob("b.zip*"))


def test_a_second_process_is_told_in_one_sentence(tmp_path):
    with Workspace(Settings(home=tmp_path)):
        said = started("ask", "net_sales", "--home", tmp_path)
    assert said.code == 1 and str(os.getpid()) in said.err
    assert "Traceback" not in said.err and len(said.err.strip().splitlines()) == 1
