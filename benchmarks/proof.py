"""`make proof`: the long proofs, far beyond what every test run repeats; writes docs/proof.md."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path

from benchmarks import (
    proof_books,
    proof_closings,
    proof_fuzz,
    proof_kills,
    proof_polluted,
    proof_quiet,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "proof.md"
Result = tuple[str, int, int]
Prove = Callable[[Path, int], Iterator[Result]]
# Name → what runs it and how much it tries, the longest first.
PROOFS: Mapping[str, tuple[Prove, int]] = {
    "polluted": (proof_polluted.prove, proof_polluted.ALL),
    "quiet": (proof_quiet.prove, 500),
    "fuzzed": (proof_fuzz.prove, 2000),
    "kills": (proof_kills.prove, 300),
    "books": (proof_books.prove, 100),
    "closings": (proof_closings.prove, proof_closings.ALL),
}
_HEAD = """# Proof

Written by `make proof`; a part of it (`make proof ARGS="--only kills"`) leaves the other lines as
they are. Each line says what was tried, how often, how often it went wrong, and when.

| proof | claim | tried | wrong | on |
| --- | --- | ---: | ---: | --- |
"""
_ROW = re.compile(r"^\| (\w+) \| .* \|$")


def main() -> None:
    """Run the proofs and write the table; exit 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[*PROOFS], default=[*PROOFS])
    for name, (_, usual) in PROOFS.items():
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"default: {usual:,}")
    parser.add_argument("--jobs", type=int, help="processes of one proof; default: processors")
    told = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, one in _side_by_side(Path(folder), vars(told), told.only, told.jobs).items():
            results = one.result()
            wrong += sum(result[2] for result in results)
            _write(name, results)
    raise SystemExit(wrong > 0)


def _side_by_side(
    folder: Path, counts: Mapping[str, int], names: list[str], jobs: int | None
) -> dict[str, Future[list[Result]]]:
    """As many at once as there are processors."""
    pool = ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn"))
    under_way = {
        name: pool.submit(_proved, name, folder / name, counts[name], jobs) for name in names
    }
    pool.shutdown(wait=False)
    return under_way


def _proved(name: str, folder: Path, count: int, jobs: int | None) -> list[Result]:
    folder.mkdir()
    prove = PROOFS[name][0]
    if name == "polluted":
        prove = partial(proof_polluted.prove, jobs=jobs)
    results = list(prove(folder, count))
    for claim, tried, wrong in results:
        print(f"{claim}: {wrong} of {tried}", flush=True)
    return results


def _write(name: str, results: list[Result]) -> None:
    """The lines of one proof anew, the others as they stand."""
    rows: dict[str, list[str]] = {each: [] for each in PROOFS}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if (found := _ROW.match(line)) and found[1] in rows and found[1] != name:
            rows[found[1]].append(line)
    today = datetime.now().astimezone().date()
    rows[name] = [
        f"| {name} | {claim} | {tried:,} | {wrong:,} | {today} |" for claim, tried, wrong in results
    ]
    lines = "".join(f"{line}\n" for each in rows.values() for line in each)
    PAGE.write_text(_HEAD + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
