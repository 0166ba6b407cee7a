"""A hundred fuzzed files in every run of the tests; `make proof` sends two thousand."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

from benchmarks import proof_fuzz
from benchmarks.fuzzed import traps, whole
from chanplan.domain.errors import UnreadableFileError
from chanplan.ingest.read import read
from chanplan.settings import Limits


def test_fuzzed_files_are_read_or_refused_and_nothing_dies(tmp_path: Path) -> None:
    seen = proof_fuzz.send(tmp_path, range(100), seed=2024)
    assert seen.faults == {}
    assert max(seen.most.values()) <= proof_fuzz.MOST_BYTES
    assert max(seen.longest.values()) <= proof_fuzz.MOST_SECONDS
    assert seen.ends.total() == 100 and seen.ends["read"] >= 15


def test_every_format_is_read_whole_before_it_is_harmed(tmp_path: Path) -> None:
    """Else only refusals would be tried."""
    plain = [["日期", "渠道", "金额"], *([f"2024-03-{at:02d}", "天猫", "5"] for at in range(1, 9))]
    for name, write in whole.FORMATS.items():
        cells: set[str] = set()
        for seed in range(3):  # text comes in charsets that only a person can tell
            file = tmp_path / name
            file.write_bytes(write(plain, Random(seed)))
            with suppress(UnreadableFileError):
                sheet = read(file, name, tmp_path, Limits()).sheets[0]
                cells.update(sheet.header or (), *(map(str, row) for row in sheet.top))
            if {"渠道", "天猫"} <= cells:
                break
        assert (name, {"渠道", "天猫"} <= cells) == (name, True)


def test_a_file_is_the_same_at_every_run() -> None:
    assert [proof_fuzz.made(at, 1) for at in range(20)] == [
        proof_fuzz.made(at, 1) for at in range(20)
    ]
    assert proof_fuzz.made(3, 1) != proof_fuzz.made(3, 2)
    assert len(traps.TRAPS) > 10
