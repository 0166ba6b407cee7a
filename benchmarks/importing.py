"""Import beside its floor and beside a script: whole processes, in turn, within one run.

Floor: copy the file with fsync, read it typed by bare DuckDB into a table on disk, checkpoint.
Script: what an analyst would write instead, pandas.read_csv and to_parquet.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_FLOOR = """
import os, shutil, sys, duckdb
source, folder = sys.argv[1:]
with open(source, "rb") as whole, open(folder + "/copy", "wb") as copy:
    shutil.copyfileobj(whole, copy, 4 * 1024 * 1024)
    copy.flush()
    os.fsync(copy.fileno())
engine = duckdb.connect(folder + "/floor.duckdb")
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


def measure(export: Path, folder: Path, runs: int) -> None:
    """Print medians and the ratio to the floor, run by run in turn."""
    ways: dict[str, Callable[[Path], list[str]]] = {
        "floor": lambda home: [sys.executable, "-c", _FLOOR, str(export), str(home)],
        "pandas": lambda home: [sys.executable, "-c", _SCRIPT, str(export), str(home)],
        "chanplan": lambda home: [
            *(sys.executable, "-m", "chanplan", "import", str(export), "--home", str(home)),
        ],
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, command in ways.items():
            seconds[name].append(_time(command, folder / name))
    floor = statistics.median(seconds["floor"])
    print("import             median s   ratio to floor (min to max, run by run)")
    for name, times in seconds.items():
        ratios = [t / f for t, f in zip(times, seconds["floor"], strict=True)]
        median = statistics.median(times)
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"  {name:<16} {median:8.2f}   {median / floor:.2f}  ({spread})")
    print()


def _time(command: Callable[[Path], list[str]], home: Path) -> float:
    home.mkdir()
    start = time.perf_counter()
    subprocess.run(command(home), check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - start
    shutil.rmtree(home)
    return took
