"""A fault never reaches a person as a traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from chanplan.workspace import Workspace
from tests.conftest import ROOT
from tests.pages.conftest import Open

HOLDER = """
import sys
from pathlib import Path
from chanplan.workspace import Workspace

with Workspace.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held_home(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A store that another process holds open, and that process's id."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "open\n"
        yield tmp_path, process.pid
        process.communicate()


def test_a_held_store_is_told_with_its_process(
    open_page: Open, held_home: tuple[Path, int]
) -> None:
    home, pid = held_home
    app = open_page(home, "overview")
    assert not app.exception
    assert app.title[0].value == "暂时打不开数据"
    assert f"进程 {pid}" in app.error[0].value


def test_an_unforeseen_fault_is_one_calm_sentence(
    open_page: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(home: Path) -> Workspace:
        raise ZeroDivisionError(str(home))

    monkeypatch.setattr(Workspace, "open", broken)
    app = open_page(tmp_path, "channels", "en")
    assert not app.exception
    said = app.error[0].value
    assert said.startswith("Something unexpected") and "Traceback" not in said
    reference = said.rsplit("reference ", 1)[1].rstrip(".")
    assert reference in caplog.text
