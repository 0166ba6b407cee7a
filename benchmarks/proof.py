"""`make proof`: the long proofs, far beyond what every test run repeats; writes docs/proof.md."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import proof_books, proof_fuzz, proof_kills, proof_polluted, proof_quiet

PAGE = Path(__file__).resolve().parents[1] / "docs" / "proof.md"
Result = tuple[str, int, int]
_HEAD = """# Proof

Written by `make proof`. Each line says what was tried, how often, and how often it went wrong.

| claim | tried | wrong |
| --- | ---: | ---: |
"""


def main() -> None:
    """Run every proof and write the table; exit 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=100)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--fuzzed", type=int, default=2000)
    parser.add_argument("--quiet", type=int, default=500, help="quiet companies")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = _side_by_side(
            (proof_polluted.prove, _inside(folder, "polluted")),
            (proof_quiet.prove, told.quiet),
            (proof_fuzz.prove, _inside(folder, "fuzzed"), told.fuzzed),
            (proof_kills.prove, _inside(folder, "kills"), told.kills),
            (proof_books.prove, _inside(folder, "books"), told.books),
        )
    rows = "\n".join(f"| {claim} | {tried:,} | {wrong:,} |" for claim, tried, wrong in results)
    PAGE.write_text(f"{_HEAD}{rows}\n", encoding="utf-8")
    print(rows)
    raise SystemExit(any(wrong for _, _, wrong in results))


def _side_by_side(*proofs: tuple[Any, ...]) -> list[Result]:
    """As many at once as there are processors, the longest first; told in their order."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=spawned) as pool:
        under_way = [pool.submit(_proved, *proof) for proof in proofs]
        return [result for one in under_way for result in one.result()]


def _proved(prove: Callable[..., Iterator[Result]], *told: object) -> list[Result]:
    results = list(prove(*told))
    for claim, tried, wrong in results:
        print(f"{claim}: {wrong} of {tried}", flush=True)
    return results


def _inside(folder: str, name: str) -> Path:
    inside = Path(folder) / name
    inside.mkdir()
    return inside


if __name__ == "__main__":
    main()
