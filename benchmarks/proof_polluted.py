"""The whole corpus of polluted files: read right, or refused for the right reason."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.ingest.polluted.judging import Judge, cases

Result = tuple[str, int, int]
# More than the corpus has: all of it.
ALL = 1_000_000
# So many files come into one folder and database, one after the other.
_TOGETHER = 100


def prove(folder: Path, files: int, jobs: int | None = None) -> Iterator[Result]:
    """Every pollution alone and in pairs; each file's clean truth stands beside it.

    Fewer `files` than there are: so many, at even steps through all. So many processes at once
    as `jobs` says, else as there are processors.
    """
    ends, every = Counter[str](), sum(1 for _ in cases())
    chosen = range(0, every, max(1, -(-every // files)))
    lots = [chosen[at : at + _TOGETHER] for at in range(0, len(chosen), _TOGETHER)]
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs or os.cpu_count(), mp_context=spawned) as pool:
        for told in pool.map(partial(_judged, folder), lots):
            ends.update(told)
            print(f"polluted: {ends.total():,} of {len(chosen):,}, {dict(ends)}", flush=True)
    wrong = ends.total() - ends["right"] - ends["refused"]
    yield "a polluted file is read right, or refused for the right reason", ends.total(), wrong
    yield "… and never silently wrong", ends.total(), ends["silently_wrong"]


def _judged(folder: Path, numbers: range) -> Counter[str]:
    """What became of the cases of these numbers; in a process of its own."""
    corpus, ends = list(cases()), Counter[str]()
    with tempfile.TemporaryDirectory(dir=folder) as own:
        judge = Judge(Path(own))
        for verdict, case in ((judge.judge(corpus[at]), corpus[at]) for at in numbers):
            ends[verdict.kind] += 1
            if verdict.kind not in ("right", "refused"):
                print(f"polluted: {verdict.kind} {case.name}: {verdict.why}", flush=True)
    return ends
