"""`make performance`: imports beside their floors, on large files; writes docs/performance.md."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median

import psutil

from benchmarks import importing
from benchmarks.company import write_book, write_export
from benchmarks.importing import Way

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
_HEAD = """# Performance

Written by `make performance` (`benchmarks/importing.py` says what each floor is). Whole processes,
started one after the other, {runs} × each, on {cores} cores with {memory:.0f} GiB, while {load:.1f}
processes were waiting or running on average: seconds hold for that hour of that machine. Ratios
are of the first way of the same file, median and range run by run. The goal is for the ratio of
seconds on a machine with nothing else to do; processor time is what other processes disturb least.
Memory is the most that a process and its children held at one glance.

| file | way | s | ratio | goal | processor s | ratio | peak MiB |
| --- | --- | ---: | --- | ---: | ---: | --- | ---: |
"""


def main() -> None:
    """Write the files, measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=5_000_000)
    parser.add_argument("--rows", type=int, default=300_000, help="of the workbook")
    parser.add_argument("--runs", type=int, default=3)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        results = _measured(Path(name), told.lines, told.rows, told.runs)
    rows = [_row(title, way) for title, ways in results.items() for way in ways]
    head = _HEAD.format(
        runs=told.runs,
        cores=psutil.cpu_count(),
        memory=psutil.virtual_memory().total / 2**30,
        load=psutil.getloadavg()[2],
    )
    PAGE.write_text("\n".join([head.rstrip("\n"), *rows, ""]), encoding="utf-8")


def _measured(folder: Path, lines: int, rows: int, runs: int) -> dict[str, list[Way]]:
    """Title → ways; each file is gone before the next is written."""
    results = {}
    book = folder / "book.xlsx"
    write_book(book, rows)
    title = f"workbook, {rows:,} rows × 8"
    results[title] = importing.of_workbook(book, folder, runs)
    importing.show(title, results[title])
    for encoding, measured in (
        ("utf-8", importing.of_csv),
        ("gb18030", importing.of_gb18030),
    ):
        export = folder / "export.csv"
        write_export(export, lines, encoding)
        title = f"CSV in {encoding.upper()}, {lines:,} lines × 14"
        results[title] = measured(export, folder, runs)
        importing.show(title, results[title])
        export.unlink()
    return results


def _row(title: str, way: Way) -> str:
    goal = f"{way.goal:.1f}" if way.goal else ""
    spent = f"{median(way.seconds):.1f} | {importing.ranged(way.ratios)}"
    worked = f"{median(way.work):.1f} | {importing.ranged(way.work_ratios)}"
    return f"| {title} | {way.name} | {spent} | {goal} | {worked} | {way.peak:,} |"


if __name__ == "__main__":
    main()
