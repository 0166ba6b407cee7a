"""A file is on its way before the store is open, and comes in as one that was not."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from chanplan.__main__ import WORDS, main
from chanplan.domain.errors import StoreBusyError, UnreadableFileError
from chanplan.ingest.reading.in_place import LARGE, PlainText
from chanplan.ingest.reading.kind import ZIP
from chanplan.settings import Settings
from chanplan.workspace import Workspace
from chanplan.workspace.early import beginning
from tests.commands.shell import ROOT, chanplan

SALES = "日期,渠道,商品,金额\n2025-03-01,天猫,茶,1234.50\n2025-03-02,京东,水,65.50\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings(), home=tmp_path / "store")


def test_a_file_on_its_way_comes_in_as_one_that_was_not(settings: Settings, tmp_path: Path) -> None:
    export = tmp_path / "三月.csv"
    export.write_text(SALES)
    with (
        beginning(settings, export, None) as early,
        Workspace(settings, holding=early.holding) as space,
    ):
        original = early.original()
        assert original.sha256 == sha256(SALES.encode()).hexdigest()
        assert original == space.receive(export.name, export)
        begun = space.inspect(original, book=early.book())
        assert begun.recipe == space.inspect(original).recipe
        assert str(space.load(original, begun).counts.sum_loaded) == "1300.0000"


def test_a_text_that_is_read_in_place_is_read_where_it_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    line = "2025-03-01,天猫,茶,1.00\n"
    times = LARGE // len(line.encode()) + 1
    export = tmp_path / "large.csv"
    export.write_text("日期,渠道,商品,金额\n" + line * times)
    with (
        beginning(settings, export, None) as early,
        Workspace(settings, holding=early.holding) as space,
    ):
        original = early.original()
        source = early.book().sheets[0].source
        assert isinstance(source, PlainText)
        assert source.path == original.path
        outcome = space.load(original, space.inspect(original, book=early.book()))
        assert (outcome.counts.loaded, outcome.counts.sum_loaded) == (times, times)


def test_what_is_wrong_with_the_file_is_raised_where_it_is_used(
    settings: Settings, tmp_path: Path
) -> None:
    broken, gone = tmp_path / "x.xlsx", tmp_path / "gone.csv"
    broken.write_bytes(ZIP + bytes(range(256)))
    with beginning(settings, broken, None) as early:
        assert early.original().size == len(ZIP) + 256
        with pytest.raises(UnreadableFileError):
            early.book()
    with beginning(settings, gone, None) as early:
        for asked in (early.original, early.book):
            with pytest.raises(UnreadableFileError) as fault:
                asked()
            assert fault.value.code == "file_unreadable"


def test_the_folder_is_held_meanwhile_and_let_go_afterwards(settings: Settings) -> None:
    left = settings.home / "staging" / "left"
    left.mkdir(parents=True)
    (settings.home / "staging" / "rows.csv").write_text("1,a\n")
    with beginning(settings, None, None):
        assert not list(left.parent.iterdir())
        with pytest.raises(StoreBusyError):
            Workspace(settings)
    Workspace(settings).close()


def test_a_word_is_loaded_when_it_is_asked_for_and_every_word_is_one() -> None:
    context = main.make_context("chanplan", ["--help"], resilient_parsing=True)
    found = {word: main.get_command(context, word) for word in WORDS}
    assert {word: command and command.name for word, command in found.items()} == {
        word: word for word in WORDS
    }
    assert main.get_command(context, "imprt") is None


def test_an_import_begins_before_what_takes_long_is_loaded() -> None:
    asked = (
        "import sys, chanplan.commands.importing.command;"
        "print({'pandas', 'pyarrow', 'duckdb'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "set()"


def test_only_the_first_of_several_files_is_on_its_way(tmp_path: Path) -> None:
    one, gone = tmp_path / "一.csv", tmp_path / "gone.csv"
    one.write_text(SALES)
    two = tmp_path / "二.csv"
    two.write_text(SALES.replace("2025-03", "2025-04"))
    done = chanplan("import", str(one), str(gone), str(two), "--home", str(tmp_path / "store"))
    assert done.code == 1
    assert done.out.count("1300") == 2
    assert "gone.csv" in done.err
