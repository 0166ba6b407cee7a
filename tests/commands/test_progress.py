"""Progress on the command line: one line, honest, only for a person who watches."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chanplan.commands.progress import Files, of_files, shown
from tests.commands.shell import ROOT, chanplan

pty = pytest.importorskip("pty")  # terminals to try with are POSIX's alone


def test_a_stage_counts_once_it_is_over_and_a_text_as_far_as_it_is_read() -> None:
    staged = [0]
    told = Files(None, (300, 100), lambda: staged[0])
    told.begin(0, "a.csv")
    assert told.share() == 0
    told.now("read")
    assert told.share() == 30 / 400
    staged[0] = 150
    assert told.share() == (30 + 45) / 400
    staged[0] = 10_000  # numbers of lines and packed files weigh more: never more than all of it
    assert told.share() == (30 + 90) / 400
    told.now("load")
    assert told.share() == (30 + 90) / 400
    told.begin(1, "b.csv")
    assert told.share() == 300 / 400
    assert "2/2 b.csv" in told.sentence() and "75%" in told.sentence()


def test_nobody_watches_a_file_of_errors(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert shown() is None
    with of_files((1,), lambda: 0, quiet=False).watching() as told:
        told.begin(0, "a.csv")
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def on_a_terminal(*words: str | Path) -> tuple[str, str]:
    """(output, what the terminal of the error stream showed) of a command."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "chanplan", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "CHANPLAN_LANGUAGE": "zh", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        encoding="utf-8",
        check=True,
    )
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:  # the other end is closed, and everything has been read
        pass
    finally:
        os.close(ours)
    return done.stdout, seen.decode()


def test_a_watched_import_tells_its_stages_and_leaves_nothing_on_the_screen(tmp_path) -> None:
    file = tmp_path / "大.csv"
    lines = (f"2024-01-{at % 28 + 1:02d},天猫,p{at % 50},{at}\n" for at in range(150_000))
    file.write_text("日期,渠道,产品,金额\n" + "".join(lines))
    out, seen = on_a_terminal("import", file, "--home", tmp_path / "home")
    assert "1/1 大.csv · " in seen and "%" in seen
    assert "\n" not in seen.split("nanobind")[0].strip("\r\n")
    assert out.startswith("大.csv: sales")
    out, seen = on_a_terminal("import", file, "--home", tmp_path / "home", "--quiet")
    assert out == "" and "%" not in seen


def test_quiet_says_faults_all_the_same(tmp_path) -> None:
    said = chanplan("import", tmp_path / "none.csv", "--home", tmp_path / "home", "--quiet")
    assert said.code == 1 and "none.csv" in said.err and said.out == ""
