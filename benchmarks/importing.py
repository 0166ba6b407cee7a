"""Import beside its floor: whole processes, in turn, within one run, with their peak memory.

CSV: the floor copies the file with fsync, reads it typed by bare DuckDB into a table on disk and
checkpoints. GB18030: the same behind a strict incremental decoding. Workbook: fastexcel reads it
as text, and nothing else. Beside the CSV stands what an analyst would write instead:
pandas.read_csv and to_parquet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

_COPY = """
import codecs, os, shutil, sys, duckdb
source, folder = sys.argv[1:]
with open(source, "rb") as whole, open(folder + "/copy", "wb") as copy:
    shutil.copyfileobj(whole, copy, 4 * 1024 * 1024)
    copy.flush()
    os.fsync(copy.fileno())
"""
_DECODE = """
decoder = codecs.getincrementaldecoder("gb18030")("strict")
with open(source, "rb") as whole, open(folder + "/decoded", "wb") as text:
    while chunk := whole.read(4 * 1024 * 1024):
        text.write(decoder.decode(chunk).encode())
    text.write(decoder.decode(b"", final=True).encode())
source = folder + "/decoded"
"""
_READ = """
engine = duckdb.connect(folder + "/floor.duckdb")
engine.execute("set enable_progress_bar = false")
engine.execute('''create table lines as select * from read_csv(?, header = true, delim = ',',
    columns = {'d': 'date', 'channel': 'varchar', 'partner': 'varchar', 'region': 'varchar',
    'product': 'varchar', 'category': 'varchar', 'customer': 'varchar', 'salesperson': 'varchar',
    'order_number': 'varchar', 'quantity': 'decimal(18,4)', 'price': 'decimal(18,4)',
    'amount': 'decimal(18,4)', 'cost': 'decimal(18,4)', 'unit': 'varchar'})''', [source])
engine.execute("checkpoint")
"""
_SCRIPT = """
import sys, pandas
source, folder = sys.argv[1:]
pandas.read_csv(source, parse_dates=["日期"]).to_parquet(folder + "/lines.parquet")
"""
_BOOK = """
import sys, fastexcel
fastexcel.read_excel(sys.argv[1]).load_sheet(0, header_row=None, dtypes="string").to_arrow()
"""
# How often the memory of the running processes is looked at.
GLANCE_SECONDS = 0.05
MIB = 1024 * 1024


@dataclass(frozen=True)
class Way:
    """One way to bring a file in, run by run: seconds, and how many times those of the floor.

    work   seconds that processors worked, which other processes disturb far less
    peak   MiB
    goal   the ratio it should stay within; None for the floor and for ways only shown
    """

    name: str
    seconds: tuple[float, ...]
    ratios: tuple[float, ...]
    work: tuple[float, ...]
    work_ratios: tuple[float, ...]
    peak: int
    goal: float | None = None


def of_csv(export: Path, folder: Path, runs: int) -> list[Way]:
    """Floor, pandas and chanplan over a UTF-8 export."""
    floor = _python(_COPY + _READ, export)
    ways = {"floor": floor, "pandas": _python(_SCRIPT, export), "chanplan": _ours(export)}
    return _in_turn(ways, folder, runs, goal=2.0)


def of_gb18030(export: Path, folder: Path, runs: int) -> list[Way]:
    """Floor and chanplan over the same lines in GB18030."""
    ways = {"floor": _python(_COPY + _DECODE + _READ, export), "chanplan": _ours(export)}
    return _in_turn(ways, folder, runs, goal=2.0)


def of_workbook(book: Path, folder: Path, runs: int) -> list[Way]:
    """fastexcel and chanplan over a workbook."""
    ways = {"fastexcel": _python(_BOOK, book), "chanplan": _ours(book)}
    return _in_turn(ways, folder, runs, goal=1.8)


def measure(export: Path, folder: Path, runs: int) -> None:
    """Print what `of_csv` finds."""
    show("import", of_csv(export, folder, runs))


def show(title: str, ways: list[Way]) -> None:
    """Medians, ratios to the first way with their range run by run, peak memory."""
    print(f"{title}: median s, ratio to {ways[0].name} (run by run); of processor time; peak MiB")
    for way in ways:
        spent = f"{median(way.seconds):8.2f}  {ranged(way.ratios)}"
        worked = f"{median(way.work):8.2f}  {ranged(way.work_ratios)}"
        print(f"  {way.name:<10} {spent}  {worked}  {way.peak:,}")
    print()


def ranged(ratios: Sequence[float]) -> str:
    """2.10 (1.95 to 2.30)."""
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def _python(program: str, source: Path) -> list[str]:
    return [sys.executable, "-c", program, str(source)]


def _ours(source: Path) -> list[str]:
    return [sys.executable, "-m", "chanplan", "import", str(source), "--home"]


def _in_turn(ways: Mapping[str, list[str]], folder: Path, runs: int, goal: float) -> list[Way]:
    """Every way once a run: what else the machine does falls on all of them alike."""
    spent: dict[str, list[tuple[float, float, int]]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, command in ways.items():
            spent[name].append(_run(command, folder / name))
    floor = spent[next(iter(ways))]
    return [
        Way(
            name,
            tuple(took for took, _, _ in found),
            tuple(took / least for (took, _, _), (least, _, _) in zip(found, floor, strict=True)),
            tuple(work for _, work, _ in found),
            tuple(work / least for (_, work, _), (_, least, _) in zip(found, floor, strict=True)),
            max(peak for _, _, peak in found) // MIB,
            goal if name == "chanplan" else None,
        )
        for name, found in spent.items()
    ]


def _run(command: list[str], home: Path) -> tuple[float, float, int]:
    """Seconds, seconds of processor time, and the most bytes that the process and its children
    held at one glance."""
    home.mkdir()
    start, before, peak = time.perf_counter(), _worked(), 0
    with psutil.Popen([*command, str(home)], stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            peak = max(peak, _held(running))
            try:
                running.wait(GLANCE_SECONDS)
            except psutil.TimeoutExpired:
                continue
    took, work = time.perf_counter() - start, _worked() - before
    shutil.rmtree(home)
    if running.returncode:
        raise SystemExit(f"failed: {' '.join(command[-3:])}")
    return took, work, peak


def _worked() -> float:
    """Processor time of all processes that were started here and have ended."""
    told = os.times()
    return told.children_user + told.children_system


def _held(process: psutil.Process) -> int:
    held = 0
    for one in _family(process):
        try:
            held += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return held


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
