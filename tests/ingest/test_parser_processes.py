"""The parser's processes: started early, used again, given up after a fault, ended when idle."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.reading import guard
from chanplan.ingest.reading.parser_process import HAS_LIMITS, ParserProcess
from tests.ingest.reading_room import only, read_bytes, rows

LINES = 400
ROOT = Path(__file__).resolve().parents[2]


def _book() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("一月")
        for at in range(LINES + 1):
            sheet.write_row(at, 0, [f"2024-01-{at % 28 + 1:02d}", f"水{at}", at])
    return out.getvalue()


BOOK = _book()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.xlsx"
    path.write_bytes(BOOK + os.urandom(guard.WORTH_A_START))
    return path


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[guard._Waiting]:
    """No child waits, and none that does is left."""
    fresh = guard._Waiting()
    monkeypatch.setattr(guard, "_waiting", fresh)
    yield fresh
    while len(fresh):
        fresh.take().end()


def _pid(waiting: guard._Waiting) -> int:
    child = waiting.take()
    waiting.keep(child)
    return child._child.pid


def test_a_parser_that_was_started_early_takes_this_workbook_and_the_next(
    tmp_path: Path, large: Path, waiting: guard._Waiting
) -> None:
    guard.expect(large)
    first = _pid(waiting)
    for _ in range(3):
        assert len(rows(only(read_bytes(tmp_path, BOOK, "一月.xlsx")), 1)) == LINES
        assert len(waiting) == 1
        assert _pid(waiting) == first


def test_a_parser_that_has_met_a_fault_reads_nothing_more(
    tmp_path: Path, waiting: guard._Waiting
) -> None:
    with pytest.raises(UnreadableFileError):
        read_bytes(tmp_path, BOOK[:-900] + os.urandom(900), "一月.xlsx")
    assert not len(waiting)


@pytest.mark.skipif(not HAS_LIMITS, reason="there the parent looks at its time")
def test_seconds_are_counted_for_each_workbook_anew() -> None:
    asked = (
        "import resource, time; from chanplan.ingest.reading.child import _limit\n"
        "_limit(2**40, 30)\n"
        "while time.process_time() < 1: pass\n"
        "_limit(2**40, 2)\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, cwd=ROOT)
    assert int(said.stdout) == 3


def test_one_that_was_ended_while_it_waited_is_not_asked(
    tmp_path: Path, large: Path, waiting: guard._Waiting
) -> None:
    guard.expect(large)
    gone = waiting.take()
    gone._child.kill()
    gone._child.wait()
    waiting.keep(gone)
    assert len(rows(only(read_bytes(tmp_path, BOOK, "一月.xlsx")), 1)) == LINES


def test_one_that_dies_of_a_workbook_is_told_and_the_next_is_read(
    tmp_path: Path, waiting: guard._Waiting
) -> None:
    dying = ParserProcess()
    request = json.dumps({"engine": "whole"})
    threading.Timer(0.3, dying._child.kill).start()
    dying._child.send_signal(signal.SIGSTOP)
    assert dying.ask(request, 1, 9) is None
    assert not dying.ran_out_of_time
    assert len(rows(only(read_bytes(tmp_path, BOOK, "一月.xlsx")), 1)) == LINES


def test_those_that_wait_too_long_or_are_too_many_end(
    large: Path, waiting: guard._Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = [ParserProcess() for _ in range(guard.MOST_IDLE + 1)]
    for child in children:
        waiting.keep(child)
    assert [child.lives() for child in children] == [False, *[True] * guard.MOST_IDLE]
    monkeypatch.setattr(guard, "IDLE_SECONDS", 0)
    waiting._end_idle()
    assert not any(child.lives() for child in children)
    assert not len(waiting)


def test_a_parser_that_waits_for_nothing_ends_with_what_it_listens_to(
    large: Path, waiting: guard._Waiting
) -> None:
    guard.expect(large)
    child = waiting.take()._child
    assert child.communicate(timeout=20)[0] == b""
    assert child.returncode == 0


def test_nothing_is_started_for_what_is_small_or_not_there(
    tmp_path: Path, waiting: guard._Waiting
) -> None:
    small = tmp_path / "small.xlsx"
    small.write_bytes(BOOK)
    for path in (small, tmp_path / "none.xlsx", tmp_path / ("x" * 300), tmp_path):
        guard.expect(path)
    assert not len(waiting)
