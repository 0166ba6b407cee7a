"""`make bench`: every benchmark, one after the other (ARGS="--lines 5000000" for a large one)."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import asking, importing, painting
from benchmarks.company import write_export

DEFAULT_LINES = 1_000_000


def main() -> None:
    """Write one export, import it beside its floor, ask beside bare SQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=DEFAULT_LINES)
    parser.add_argument("--runs", type=int, default=3)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.csv"
        write_export(export, told.lines)
        size = export.stat().st_size / 1e6
        print(f"export: {told.lines:,} lines, 14 columns, {size:,.0f} MB\n")
        importing.measure(export, Path(folder), told.runs)
        asking.measure(export, Path(folder))
        painting.measure(Path(folder), told.runs, told.lines)


if __name__ == "__main__":
    main()
